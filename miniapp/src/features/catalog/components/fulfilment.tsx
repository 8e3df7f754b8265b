import type { FulfilOptions, StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { priceText, timeText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';

function pickupNote(store: StoreCard, options: FulfilOptions | null): string {
  const where = `${store.district}${store.address}`;
  const pickup = options?.pickup;
  if (pickup && !pickup.isOffered) return `${pickup.text} · ${where}`;
  if (!pickup?.readyAt) return `${store.hours.open}–${store.hours.close} · ${where}`;
  const ready = timeText(pickup.readyAt, clock.now());
  return options?.isOpenNow ? `${ready} 起可取 · ${where}` : `门店休息中，可预订，${ready} 起可取 · ${where}`;
}

function deliveryNote(options: FulfilOptions | null): string {
  const minFen = options?.delivery.minFen ?? 0;
  return minFen > 0 ? `满 ${priceText(minFen)} 起送，按约好的时段送达` : '按约好的时段送达';
}

/** How it gets to the person from this store, and from when. */
export function Fulfilment({ store }: { store: StoreCard }) {
  const options = useQuery(`fulfil:${store.id}`, () => api.mall.fulfilOptions({ params: { id: store.id }, query: {} }));
  return (
    <View className="card card-flush" data-testid="fulfilment">
      {store.canShip ? (
        <Cell
          icon="truck"
          title="门店发货"
          note={
            store.deliveryFeeFen > 0
              ? `运费 ${priceText(store.deliveryFeeFen)}，由${store.name}发出`
              : `包邮，由${store.name}发出`
          }
        />
      ) : null}
      {store.canPickup ? (
        <Cell icon="store" title="到店自提" note={pickupNote(store, options.data)} testId="pickup-note" />
      ) : null}
      {store.canDeliver ? (
        <Cell icon="clock" title="同城配送" note={deliveryNote(options.data)} testId="delivery-note" />
      ) : null}
      {!store.canPickup && !store.canShip ? (
        <Cell icon="info" title="这家店暂时只能到店选购" note={store.address} />
      ) : null}
    </View>
  );
}
