import { Link } from 'react-router';
import { countText, moneyText } from '../../../lib/money';
import type { Overview } from '../../../lib/types';

interface Figure {
  name: string;
  value: string;
  note: string;
  to?: string;
  isDue?: boolean;
}

function figuresOf(view: Overview, isHq: boolean): Figure[] {
  const figures: Figure[] = [
    {
      name: '成交',
      value: moneyText(view.paidFen),
      note: `${countText(view.orderCount)} 单`,
      to: `/orders?from=${view.day}&to=${view.day}`,
    },
    {
      name: '退款',
      value: moneyText(view.refundedFen),
      note: '今天成交里退掉的',
      to: `/orders?from=${view.day}&to=${view.day}`,
    },
    { name: '待发货', value: countText(view.toShip), note: '去处理', to: '/orders?state=TO_SHIP' },
    { name: '待自提', value: countText(view.toPickup), note: '等顾客到店', to: '/orders?state=TO_PICKUP' },
    // Members belong to the brand; a franchisee has no count of its own.
    ...(isHq
      ? [{ name: '会员', value: countText(view.memberCount), note: `今天新增 ${countText(view.newMemberCount)}` }]
      : []),
    {
      name: '任务带来的下单',
      value: countText(view.taskOrdered),
      note: `今天发出 ${countText(view.taskSent)} 次`,
      to: isHq ? '/tasks' : undefined,
    },
    {
      name: '需要处理的分账',
      value: countText(view.splitAttention),
      note: view.splitAttention > 0 ? '去看下一步' : '都在正常进行',
      to: '/splits?state=ATTENTION',
      isDue: view.splitAttention > 0,
    },
  ];
  return figures;
}

/** Key figures; each leads to the rows behind it. */
export function Figures({ view, isHq }: { view: Overview; isHq: boolean }) {
  const figures = figuresOf(view, isHq);
  return (
    <div className={`figures${figures.length === 7 ? ' seven' : ''}`} data-testid="figures">
      {figures.map((figure) => {
        const body = (
          <>
            <div className="figure-name">{figure.name}</div>
            <div className={`figure-value num${figure.isDue ? ' danger' : ''}`}>{figure.value}</div>
            <div className="figure-note">{figure.note}</div>
          </>
        );
        return figure.to ? (
          <Link key={figure.name} to={figure.to} className="figure">
            {body}
          </Link>
        ) : (
          <div key={figure.name} className="figure">
            {body}
          </div>
        );
      })}
    </div>
  );
}
