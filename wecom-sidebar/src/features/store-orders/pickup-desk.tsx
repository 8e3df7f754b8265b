import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { codeKind, compactCode } from '../../data/shown-code';
import type { OrderDetail } from '../../data/types';
import { useHandedOver, useHandOver } from '../../data/use-hand-over';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { CodeDesk } from '../../design/code-desk';
import { Icon } from '../../design/icon';
import { OrderLines } from '../../design/order-row';
import { Price } from '../../design/price';
import { problemText } from '../../design/states';
import { UndoHandOver } from '../../design/undo-hand-over';
import { When } from '../../design/when';

const pickupCode = (text: string) => (codeKind(text) === 'PICKUP' ? compactCode(text) : null);

interface FoundProps {
  order: OrderDetail;
  code: string;
  onDone: (order: OrderDetail) => void;
  onClose: () => void;
}
/** Look at the goods before handing over: names, sizes, pieces. */
function Found({ order, code, onDone, onClose }: FoundProps) {
  const look = useMutation({ mutationFn: () => api.guide.pickup({ params: { code } }) });
  const verify = useMutation({
    mutationFn: () => api.guide.verifyPickup({ params: { code } }),
    onSuccess: onDone,
    // A colleague may have been quicker, or this very tap has worked and only its answer was lost.
    onError: () => look.mutate(),
  });
  const handOver = useOnce<void>(verify);
  const shown = look.data ?? order;
  const canHandOver = shown.state === 'TO_PICKUP';
  return (
    <section className="card pickup-found" data-testid="pickup-order">
      <div className="row g8">
        <b className="grow">{shown.memberName ?? '客人'}</b>
        <span className="chip">{shown.stateText}</span>
      </div>
      <p className="weak">
        单号 {shown.orderNo} · <When at={shown.createdAt} />
      </p>
      <OrderLines lines={shown.lines} />
      <p className="row pickup-total">
        <span className="weak grow">共 {shown.lineCount} 件，已付</span>
        <Price fen={shown.totalFen} />
      </p>
      {verify.isError ? (
        <p className="problem-line" role="alert" data-testid="pickup-refused">
          {canHandOver ? problemText(verify.error) : `这一单已经是「${shown.stateText}」了，没有再记一次`}
        </p>
      ) : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          {canHandOver ? '不是这单' : '关闭'}
        </Button>
        {canHandOver ? (
          <Button
            look="main"
            className="grow"
            isBusy={verify.isPending || look.isPending}
            onClick={() => handOver()}
            data-testid="pickup-verify"
          >
            货已交给客人
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Receipt({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const last = order.timeline.at(-1);
  const handed = useHandOver(order.id);
  const isUndone = handed?.state === 'UNDONE';
  return (
    <section className="card receipt" data-testid="pickup-receipt">
      <Icon name={isUndone ? 'undo' : 'done'} />
      <h2>{handed?.stateText ?? '已交付'}</h2>
      <p className="weak">
        {order.memberName ?? '客人'} · {order.lineCount} 件 · <Price fen={order.totalFen} />
      </p>
      <p className="weak num">单号 {order.orderNo}</p>
      {isUndone ? <p className="weak">货收回来，客人还能用原来的取货码来取</p> : null}
      {last && !isUndone ? (
        <p className="weak">
          {last.text} · <When at={last.at} />
        </p>
      ) : null}
      <UndoHandOver one={handed} />
      <Button look="calm" onClick={onClose} data-testid="pickup-next">
        下一位
      </Button>
    </section>
  );
}

function Pickup({ order, code, onClose }: Omit<FoundProps, 'onDone'>) {
  const handedOver = useHandedOver();
  const [handed, setHanded] = useState<OrderDetail | null>(null);
  if (handed) return <Receipt order={handed} onClose={onClose} />;
  const done = (after: OrderDetail) => {
    handedOver(after.id);
    setHanded(after);
  };
  return <Found order={order} code={code} onClose={onClose} onDone={done} />;
}

/** Enter or scan a pickup code, see the order, hand the goods over. */
export function PickupDesk() {
  return (
    <CodeDesk<OrderDetail>
      own="PICKUP"
      label="取货码"
      hint="扫客人订单里的取货码，或扫码购的出门码"
      missing="没有这个取货码，或者不在这家店取，请和客人再核对一遍"
      read={pickupCode}
      isDigits
      find={(code) => api.guide.pickup({ params: { code } })}
      found={(order, code, restart) => <Pickup order={order} code={code} onClose={restart} />}
      testId="pickup"
    />
  );
}
