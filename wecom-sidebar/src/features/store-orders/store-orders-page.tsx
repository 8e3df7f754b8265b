import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { StoreOrder } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { useStoreWork } from '../../data/use-store-work';
import { distanceText } from '../../data/words';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { Icon } from '../../design/icon';
import { OrderRow } from '../../design/order-row';
import { snack } from '../../design/snackbar';
import { Empty, problemText } from '../../design/states';
import { Tabs } from '../../design/tabs';
import { Until } from '../../design/when';
import { PickupDesk } from './pickup-desk';
import { ReceiverBlock } from './receiver-block';
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

/** A local delivery that has arrived. */
function Delivered({ id }: { id: string }) {
  const client = useQueryClient();
  const arrive = useMutation({
    mutationFn: () => api.guide.delivered({ params: { id } }),
    onSuccess: () => {
      snack('已记为送达');
      void client.invalidateQueries({ queryKey: ['store-orders'] });
    },
    onError: (error) => snack(problemText(error)),
  });
  const arriveOnce = useOnce<void>(arrive);
  return (
    <Button isBusy={arrive.isPending} onClick={() => arriveOnce()} data-testid="delivered">
      已送达
    </Button>
  );
}

function Card({ order, onShip }: { order: StoreOrder; onShip: () => void }) {
  return (
    <div className="card store-order">
      <OrderRow order={order} />
      {order.delivery ? (
        <p className="row g8" data-testid="delivery-slot">
          <Icon name="clock" />
          <b className="grow">
            <Until at={`${order.delivery.day}T${order.delivery.from}:00+08:00`} /> 起送
          </b>
          <span className="weak num">{distanceText(order.delivery.distanceM)}</span>
        </p>
      ) : null}
      {order.receiver ? <ReceiverBlock orderId={order.id} masked={order.receiver} /> : null}
      {order.remark ? <p className="remark">客人留言：{order.remark}</p> : null}
      <div className="row g8">
        <span className="weak grow store-order-no">
          {order.memberName ? <span className="ellipsis">{order.memberName}</span> : null}
          <span className="num">{order.orderNo}</span>
        </span>
        {order.state === 'TO_SHIP' ? (
          <Button look="main" onClick={onShip} data-testid="ship-open">
            {order.fulfil === 'DELIVERY' ? '送出' : '发货'}
          </Button>
        ) : null}
        {order.state === 'SHIPPED' && order.fulfil === 'DELIVERY' ? <Delivered id={order.id} /> : null}
      </div>
    </div>
  );
}

/** My store's orders: ship, hand over, look up. */
export function StoreOrdersPage() {
  const [state, setState] = useState<State>('TO_SHIP');
  const [shipping, setShipping] = useState<StoreOrder | null>(null);
  const { afterSales } = useStoreWork();
  const query = useInfiniteQuery({
    queryKey: keys.storeOrders(state),
    ...pagedBy((query) => api.guide.storeOrders({ query: { ...query, state } })),
    refetchOnWindowFocus: true,
  });
  return (
    <div>
      <h1 className="page-title">门店订单</h1>
      <Tabs items={STATES} active={state} onChange={setState} label="订单状态" look="segment" idPrefix="orders" />
      <Link className="card desk-link row g8" to="/after-sales" data-testid="to-after-sales">
        <Icon name="undo" />
        <span className="grow">售后</span>
        {afterSales ? <span className="chip chip-amber">{afterSales} 单等你处理</span> : null}
        <Icon name="next" />
      </Link>
      {state === 'TO_PICKUP' ? <PickupDesk /> : null}
      <EndlessList
        query={query}
        keyOf={(order) => order.id}
        testId="store-order-list"
        row={(order) => <Card order={order} onShip={() => setShipping(order)} />}
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
