import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { PointsExchange } from '../../data/types';
import { useHandOver } from '../../data/use-hand-over';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Thumb } from '../../design/pictures';
import { problemText } from '../../design/states';
import { UndoHandOver } from '../../design/undo-hand-over';
import { CodeDesk } from './code-desk';

const pickupCode = (text: string) => /[0-9A-Z]{6,12}/.exec(text.toUpperCase().replace(/\s/g, ''))?.[0] ?? null;

function Found({ one, code, onClose }: { one: PointsExchange; code: string; onClose: () => void }) {
  const client = useQueryClient();
  const handOver = useMutation({
    mutationFn: (wanted: string) => api.guide.handOverExchange({ params: { code: wanted } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.handOvers }),
  });
  const handOverOnce = useOnce(handOver);
  const shown = handOver.data ?? one;
  const isHanded = shown.state === 'DONE';
  const handed = useHandOver(shown.id, isHanded);
  const isUndone = isHanded && handed?.state === 'UNDONE';
  return (
    <section className="card counter-found" data-testid="exchange-found">
      <div className="row g12">
        <Thumb url={shown.imageUrl} size={60} />
        <div className="grow">
          <b>{shown.name}</b>
          <p className="weak">
            {shown.qty} 份 · {shown.points} 积分 · {shown.memberName ?? '客人'}
          </p>
        </div>
        <span className="chip">{isUndone ? handed.stateText : shown.stateText}</span>
      </div>
      {handOver.isError ? (
        <p className="problem-line" role="alert">
          {problemText(handOver.error)}
        </p>
      ) : null}
      {isUndone ? <p className="weak">货收回来，客人还能用原来的兑换码来领</p> : null}
      {isHanded ? <UndoHandOver one={handed} /> : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          {handOver.data ? '下一位' : '关闭'}
        </Button>
        {shown.state === 'TO_PICKUP' ? (
          <Button
            look="main"
            className="grow"
            isBusy={handOver.isPending}
            onClick={() => handOverOnce(code)}
            data-testid="exchange-hand-over"
          >
            已交给客人
          </Button>
        ) : isUndone ? null : (
          <span className="row g4 weak">
            <Icon name="done" />
            已领走
          </span>
        )}
      </div>
    </section>
  );
}

/** Goods of the points mall, handed over once. */
export function ExchangeDesk() {
  return (
    <CodeDesk<PointsExchange>
      label="兑换码"
      hint="客人「积分商城 → 我的兑换」里的自提码"
      read={pickupCode}
      find={(code) => api.guide.exchangeByCode({ params: { code } })}
      found={(one, code, restart) => <Found one={one} code={code} onClose={restart} />}
      testId="exchange"
    />
  );
}
