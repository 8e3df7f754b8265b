import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { PageFrame } from '../../ui/page';
import { useOrderSplit } from './api';
import { OrderSplitPanel } from './components/order-split-panel';

export default function OrderSplitPage() {
  const { orderId = '' } = useParams();
  const split = useOrderSplit(orderId);
  return (
    <PageFrame
      back="/splits"
      title="这笔钱怎么分"
      hint={
        split.data ? (
          <>
            订单{' '}
            <Link className="link num" to={`/orders?order=${orderId}`}>
              {split.data.orderNo}
            </Link>{' '}
            · {split.data.storeName}
          </>
        ) : (
          ' '
        )
      }
      actions={
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <OrderSplitPanel orderId={orderId} />
    </PageFrame>
  );
}
