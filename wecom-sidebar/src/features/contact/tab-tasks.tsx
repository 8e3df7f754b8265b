import type { UseQueryResult } from '@tanstack/react-query';
import type { MorningPack, PackItem } from '../../data/types';
import { Button } from '../../design/button';
import { isOpenItem, stateLook } from '../../design/item-state';
import { Thumb } from '../../design/pictures';
import { BoneRows, Empty, ProblemPane } from '../../design/states';

interface Props {
  query: UseQueryResult<MorningPack>;
  externalUserId: string;
  pickedId: string | null;
  onPick: (item: PackItem) => void;
}

/** This customer's items of the morning pack. */
export function TabTasks({ query, externalUserId, pickedId, onPick }: Props) {
  if (query.isPending) return <BoneRows count={2} />;
  if (query.isError && !query.data) return <ProblemPane error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data?.items.filter((item) => item.externalUserId === externalUserId) ?? [];
  if (items.length === 0)
    return (
      <Empty icon="done" title="今天没有要做的">
        早间任务每天 08:30 更新
      </Empty>
    );
  return (
    <div data-testid="contact-tasks">
      {items.map((item) => (
        <article key={item.id} className="section">
          <div className="row g8">
            <h3 className="grow">{item.title}</h3>
            <span className={stateLook(item.state)}>{item.stateText}</span>
          </div>
          <p className="weak">{item.reason}</p>
          <p className="quote">{item.words}</p>
          <div className="row g12">
            {item.productName ? (
              <>
                <Thumb url={item.imageUrl} size={36} />
                <span className="small ellipsis grow">{item.productName}</span>
              </>
            ) : (
              <span className="grow" />
            )}
            {isOpenItem(item.state) ? (
              <Button
                look={pickedId === item.id ? 'soft' : 'calm'}
                onClick={() => onPick(item)}
                data-testid="task-pick"
              >
                {pickedId === item.id ? '已备好' : '放进发送栏'}
              </Button>
            ) : null}
          </div>
        </article>
      ))}
    </div>
  );
}
