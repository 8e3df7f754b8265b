import { groupedText } from '@shuke/shared/kernel';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../data/api';
import { compactCode } from '../../data/shown-code';
import type { PointsExchange } from '../../data/types';
import { useHandedOver, useHandOver } from '../../data/use-hand-over';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { CodeDesk } from '../../design/code-desk';
import { Icon } from '../../design/icon';
import { Thumb } from '../../design/pictures';
import { problemText } from '../../design/states';
import { UndoHandOver } from '../../design/undo-hand-over';

const exchangeCode = (text: string) => /^[0-9A-Z]{6,12}$/.exec(compactCode(text).toUpperCase())?.[0] ?? null;

function Found({ one, code, onClose }: { one: PointsExchange; code: string; onClose: () => void }) {
  const handedOver = useHandedOver();
  const look = useMutation({ mutationFn: () => api.guide.exchangeByCode({ params: { code } }) });
  const handOver = useMutation({
    mutationFn: () => api.guide.handOverExchange({ params: { code } }),
    onSuccess: () => handedOver(one.id),
    // A colleague may have been quicker, or this very tap has worked and only its answer was lost.
    onError: () => look.mutate(),
  });
  const handOverOnce = useOnce<void>(handOver);
  const shown = handOver.data ?? look.data ?? one;
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
            {shown.qty} 份 · {groupedText(shown.points)} 积分
          </p>
          <p className="weak">{shown.memberName ?? '客人'}</p>
        </div>
        <span className="chip">{isUndone ? handed.stateText : shown.stateText}</span>
      </div>
      {handOver.isError ? (
        <p className="problem-line" role="alert">
          {shown.state === 'TO_PICKUP'
            ? problemText(handOver.error)
            : `这一份已经是「${shown.stateText}」了，没有再记一次`}
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
            isBusy={handOver.isPending || look.isPending}
            onClick={() => handOverOnce()}
            data-testid="exchange-hand-over"
          >
            已交给客人
          </Button>
        ) : isHanded && !isUndone ? (
          <span className="row g4 weak">
            <Icon name="done" />
            已领走
          </span>
        ) : null}
      </div>
    </section>
  );
}

/** Goods of the points mall, handed over once. */
export function ExchangeDesk() {
  return (
    <CodeDesk<PointsExchange>
      own="EXCHANGE"
      label="兑换码"
      hint="客人「积分商城 → 我的兑换」里的码"
      read={exchangeCode}
      find={(code) => api.guide.exchangeByCode({ params: { code } })}
      found={(one, code, restart) => <Found one={one} code={code} onClose={restart} />}
      testId="exchange"
    />
  );
}
