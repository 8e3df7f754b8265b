import { ApiError } from '@shuke/shared/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { OrderDetail } from '../../data/types';
import { useHandOver } from '../../data/use-hand-over';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { OrderLines } from '../../design/order-row';
import { Price } from '../../design/price';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { UndoHandOver } from '../../design/undo-hand-over';
import { When } from '../../design/when';
import { useWecom } from '../../platform/wecom-context';

const CODE = /^[0-9]{6,12}$/;

function lookupText(error: unknown): string {
  if (error instanceof ApiError && error.status === 404) return '没有这个取货码，请和客人再核对一遍';
  return problemText(error);
}

interface FoundProps {
  order: OrderDetail;
  code: string;
  onDone: (order: OrderDetail) => void;
  onClose: () => void;
}
/** Look at the goods before handing over: names, sizes, pieces. */
function Found({ order, code, onDone, onClose }: FoundProps) {
  const verify = useMutation({
    mutationFn: (wanted: string) => api.guide.verifyPickup({ params: { code: wanted } }),
    onSuccess: onDone,
  });
  const handOver = useOnce(verify);
  const canHandOver = order.state === 'TO_PICKUP';
  return (
    <section className="card pickup-found" data-testid="pickup-order">
      <div className="row g8">
        <b className="grow ellipsis">{order.memberName ?? '客人'}</b>
        <span className="chip">{order.stateText}</span>
      </div>
      <p className="weak">
        单号 {order.orderNo} · <When at={order.createdAt} />
      </p>
      <OrderLines lines={order.lines} />
      <p className="row pickup-total">
        <span className="weak grow">共 {order.lineCount} 件，已付</span>
        <Price fen={order.totalFen} />
      </p>
      {verify.isError ? (
        <p className="problem-line" role="alert">
          {problemText(verify.error)}
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
            isBusy={verify.isPending}
            onClick={() => handOver(code)}
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
      <Icon name="done" />
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

/** Enter or scan a pickup code, see the order, hand the goods over. */
export function PickupDesk() {
  const wecom = useWecom();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [receipt, setReceipt] = useState<OrderDetail | null>(null);
  const find = useMutation({ mutationFn: (wanted: string) => api.guide.pickup({ params: { code: wanted } }) });
  const restart = () => {
    setReceipt(null);
    setCode('');
    find.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (CODE.test(code) && !find.isPending) find.mutate(code);
  };
  const scan = async () => {
    try {
      const digits = /\d{6,12}/.exec((await wecom.scanCode()) ?? '')?.[0];
      if (digits) {
        setCode(digits);
        find.mutate(digits);
      }
    } catch (error) {
      snack(problemText(error));
    }
  };
  if (receipt) return <Receipt order={receipt} onClose={restart} />;
  if (find.data)
    return (
      <Found
        order={find.data}
        code={code}
        onClose={restart}
        onDone={(order) => {
          setReceipt(order);
          void client.invalidateQueries({ queryKey: ['store-orders'] });
          void client.invalidateQueries({ queryKey: keys.handOvers });
        }}
      />
    );
  return (
    <form className="card pickup-desk" onSubmit={submit}>
      <div className="row g8">
        <input
          className="field num pickup-code grow"
          inputMode="numeric"
          autoComplete="off"
          placeholder="取货码"
          aria-label="取货码"
          maxLength={12}
          value={code}
          onChange={(e) => setCode(e.target.value.replace(/\D/g, ''))}
          data-testid="pickup-code"
        />
        {wecom.isInside ? (
          <Button look="icon" aria-label="扫码" onClick={() => void scan()} data-testid="pickup-scan">
            <Icon name="scan" />
          </Button>
        ) : null}
        <Button look="main" type="submit" isBusy={find.isPending} disabled={!CODE.test(code)} data-testid="pickup-find">
          查单
        </Button>
      </div>
      <p className="weak">扫客人订单里的取货码，或扫码购的出门码</p>
      {find.isError ? (
        <p className="problem-line" role="alert" data-testid="pickup-problem">
          {lookupText(find.error)}
        </p>
      ) : null}
    </form>
  );
}
