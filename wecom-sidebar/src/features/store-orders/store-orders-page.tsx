import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { OrderSummary } from '../../data/types';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { OrderRow } from '../../design/order-row';
import { Empty } from '../../design/states';
import { Tabs } from '../../design/tabs';
import { PickupDesk } from './pickup-desk';
import { ShipSheet } from './ship-sheet';
import './store-orders.css';

const STATES = [
  { key: 'TO_SHIP', label: '待发货' },
  { key: 'TO_PICKUP', label: '待自提' },
  { key: 'SHIPPED', label: '已发货' },
] as const;
type State = (typeof STATES)[number]['key'];

const EMPTY_TEXT: Record<State, [string, string]> = {
  TO_SHIP: ['没有待发货的订单', '新订单付款后会马上出现在这里'],
  TO_PICKUP: ['没有等着来取的订单', '客人报来的取货码可以在上面直接查'],
  SHIPPED: ['还没有发出的订单', '发货后会出现在这里，直到客人确认收货'],
};

/** My store's orders: ship, hand over, look up. */
export function StoreOrdersPage() {
  const [state, setState] = useState<State>('TO_SHIP');
  const [shipping, setShipping] = useState<OrderSummary | null>(null);
  const query = useInfiniteQuery({
    queryKey: keys.storeOrders(state),
    ...pagedBy((query) => api.guide.storeOrders({ query: { ...query, state } })),
    refetchOnWindowFocus: true,
  });
  return (
    <div>
      <h1 className="page-title">门店订单</h1>
      <Tabs items={STATES} active={state} onChange={setState} label="订单状态" look="segment" idPrefix="orders" />
      {state === 'TO_PICKUP' ? <PickupDesk /> : null}
      <EndlessList
        query={query}
        keyOf={(order) => order.id}
        testId="store-order-list"
        row={(order) => (
          <div className="card store-order">
            <OrderRow order={order} />
            <div className="row g8">
              <span className="weak grow num ellipsis">单号 {order.orderNo}</span>
              {state === 'TO_SHIP' ? (
                <Button look="main" onClick={() => setShipping(order)} data-testid="ship-open">
                  发货
                </Button>
              ) : null}
            </div>
          </div>
        )}
        empty={
          <Empty icon="truck" title={EMPTY_TEXT[state][0]}>
            {EMPTY_TEXT[state][1]}
          </Empty>
        }
      />
      <ShipSheet key={shipping?.id ?? 'none'} order={shipping} onClose={() => setShipping(null)} />
    </div>
  );
}
