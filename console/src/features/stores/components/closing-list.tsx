import { useNavigate } from 'react-router';
import { useAllStores } from '../../../lib/stores';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { useClosings } from '../mall-api';
import { ClosingCard } from './closing-card';
import { StoreChoice } from './closing-tab';

/** Stores on their way out, and where the next one begins. */
export function ClosingList() {
  const closings = useClosings();
  const stores = useAllStores();
  const go = useNavigate();
  return (
    <Loaded query={closings}>
      {() => (
        <div className="stack">
          {closings.rows.map((one) => (
            <ClosingCard key={one.id} id={one.id} />
          ))}
          <Card title={closings.rows.length === 0 ? '没有正在关的店' : '再关一家'}>
            <Empty
              title="要关哪家店？"
              hint="先看清还欠着什么，再开始。"
              action={
                <StoreChoice
                  stores={(stores.data ?? []).filter((one) => one.status !== 'CLOSED')}
                  onPick={(id) => void go(`/stores/${id}?tab=closing`)}
                />
              }
            />
          </Card>
        </div>
      )}
    </Loaded>
  );
}
