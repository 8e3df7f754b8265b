import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../data/api';
import type { StoreOrder } from '../../data/types';
import { ParcelForm } from '../../design/parcel-form';
import { Sheet } from '../../design/sheet';
import { snack } from '../../design/snackbar';
import { CourierForm } from './courier-form';
import { ReceiverBlock } from './receiver-block';

/** Sends an order: a parcel with courier and number, or a local delivery with whoever takes it there. */
export function ShipSheet({ order, onClose }: { order: StoreOrder | null; onClose: () => void }) {
  const client = useQueryClient();
  const isLocal = order?.fulfil === 'DELIVERY';
  const done = () => {
    snack(isLocal ? '已送出，客人会看到配送中' : '已发货，客人会收到通知');
    void client.invalidateQueries({ queryKey: ['store-orders'] });
    onClose();
  };
  const params = { id: order?.id ?? '' };
  return (
    <Sheet title={isLocal ? '同城送出' : '填写物流'} isOpen={order !== null} onClose={onClose} testId="ship-sheet">
      {order?.receiver ? <ReceiverBlock orderId={order.id} masked={order.receiver} /> : null}
      {isLocal ? (
        <CourierForm run={(body) => api.guide.sendOut({ params, body })} onDone={done} />
      ) : (
        <ParcelForm buttonText="确认发货" run={(body) => api.guide.ship({ params, body })} onDone={done} />
      )}
    </Sheet>
  );
}
