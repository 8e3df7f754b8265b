import type { OrderLine, OrderSummary } from '../data/types';
import { CHANNEL_TEXT, FULFIL_TEXT } from '../data/words';
import { Thumb } from './pictures';
import { Price } from './price';
import { When } from './when';

export function OrderLines({ lines }: { lines: OrderLine[] }) {
  return (
    <ul className="order-lines">
      {lines.map((line) => (
        <li key={line.id} className="row g12">
          <Thumb url={line.imageUrl} size={44} />
          <div className="grow">
            <p className="ellipsis">{line.name}</p>
            <p className="weak ellipsis">
              {line.spec ? `${line.spec} · ` : ''}
              {line.qty} 件{line.refundedQty > 0 ? ` · 已退 ${line.refundedQty} 件` : ''}
            </p>
          </div>
          <Price fen={line.payableFen} className="small" />
        </li>
      ))}
    </ul>
  );
}

/** One order of any channel: when and where, what, how much, in which state. */
export function OrderRow({ order }: { order: OrderSummary }) {
  const shown = order.lines.slice(0, 2);
  return (
    <article className="order-row" data-testid="order-row">
      <header className="row g8">
        <span className="weak ellipsis grow">
          <When at={order.createdAt} /> · {CHANNEL_TEXT[order.channel]} · {order.storeName}
        </span>
        <span className="chip">{order.stateText}</span>
      </header>
      <OrderLines lines={shown} />
      <footer className="row g8">
        <span className="weak grow">
          {order.lines.length > shown.length ? `还有 ${order.lines.length - shown.length} 种 · ` : ''}
          {FULFIL_TEXT[order.fulfil]}
        </span>
        <span className="weak">共 {order.lineCount} 件</span>
        <Price fen={order.totalFen} />
      </footer>
    </article>
  );
}
