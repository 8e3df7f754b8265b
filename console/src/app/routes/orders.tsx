import { OrdersPage } from '../../features/orders/orders-page';
import { OrderSplitPanel } from '../../features/splits/components/order-split-panel';

/** The order drawer shows the split of the order; the two features meet only here. */
export default function OrdersRoute() {
  return <OrdersPage renderSplit={(orderId) => <OrderSplitPanel orderId={orderId} />} />;
}
