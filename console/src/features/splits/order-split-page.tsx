import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { PageFrame } from '../../ui/page';
import { useOrderSplit } from './api';
import { OrderSplitPanel } from './components/order-split-panel';

export default function OrderSplitPage() {
  const { orderId = '' } = useParams();
  const go = useNavigate();
  const split = useOrderSplit(orderId);
  return (
    <PageFrame
      title={
        <span className="row">
          <Button
            type="text"
            icon={<ArrowLeftOutlined aria-hidden />}
            aria-label="返回"
            onClick={() => void go(-1)}
            className="no-print"
          />
          这笔钱怎么分
        </span>
      }
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
