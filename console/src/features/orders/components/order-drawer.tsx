import { Drawer, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { ORDER_TONE } from '../../../lib/tones';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { useOrder } from '../api';
import { OrderFacts } from './order-facts';
import { OrderTimeline } from './order-timeline';
import { RefundPanel } from './refund-panel';

interface DrawerContentProps {
  id: string;
  renderSplit: (orderId: string) => ReactNode;
}

function DrawerContent({ id, renderSplit }: DrawerContentProps) {
  const order = useOrder(id);
  const [tab, setTab] = useState('facts');
  return (
    <Loaded query={order} rows={10}>
      {(view) => (
        <>
          <div className="between">
            <div>
              <b className="num" style={{ fontSize: 16 }}>
                {view.orderNo}
              </b>
              <div className="muted">{view.storeName}</div>
            </div>
            <Status tone={ORDER_TONE[view.state]}>{view.stateText}</Status>
          </div>
          <Tabs
            activeKey={tab}
            onChange={setTab}
            destroyOnHidden
            items={[
              { key: 'facts', label: '订单内容', children: <OrderFacts order={view} /> },
              { key: 'timeline', label: '进度', children: <OrderTimeline order={view} /> },
              {
                key: 'refund',
                label: view.refunds.length > 0 ? `退款（${view.refunds.length}）` : '退款',
                children: <RefundPanel order={view} />,
              },
              {
                key: 'split',
                label: <span data-testid="tab-split">这笔钱怎么分</span>,
                children: renderSplit(view.id),
              },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}

interface OrderDrawerProps {
  id: string | null;
  onClose: () => void;
  renderSplit: (orderId: string) => ReactNode;
}

export function OrderDrawer({ id, onClose, renderSplit }: OrderDrawerProps) {
  return (
    <Drawer title="订单详情" open={id !== null} onClose={onClose} size={760} destroyOnHidden data-testid="order-drawer">
      {id ? <DrawerContent key={id} id={id} renderSplit={renderSplit} /> : null}
    </Drawer>
  );
}
