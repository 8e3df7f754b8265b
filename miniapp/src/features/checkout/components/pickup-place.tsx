import type { CheckoutPreview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';
import { Strip } from '@/ui/notice';

/** Where and when to fetch it: hours, from when, for how long it is kept, and that a closed store takes it for later. */
export function PickupPlace({ preview }: { preview: CheckoutPreview }) {
  const { store } = preview;
  const options = useQuery(`fulfil:${store.id}`, () => api.mall.fulfilOptions({ params: { id: store.id }, query: {} }));
  const pickup = options.data?.pickup;
  const now = clock.now();
  const until = pickup?.holdUntil ? `，为你留到 ${timeText(pickup.holdUntil, now)}` : '';
  return (
    <>
      <View className="card card-flush" data-testid="pickup-store">
        <Cell icon="store" title={store.name} note={`${store.district}${store.address} · ${store.openText}`} />
        {pickup?.readyAt ? (
          <Cell
            icon="clock"
            title={`${timeText(pickup.readyAt, now)} 起可取${until}`}
            note={`自提时间 ${pickup.hours}`}
          />
        ) : preview.pickupHint && pickup?.isOffered !== false ? (
          <Cell icon="clock" title={preview.pickupHint} />
        ) : null}
      </View>
      {pickup?.isOffered === false ? (
        <Strip tone="warn" testId="pickup-not-now">
          {pickup.text}
        </Strip>
      ) : pickup?.isPreorder ? (
        <Strip tone="info" testId="pickup-preorder">
          {options.data?.isOpenNow
            ? '今天来不及备好了，先帮你留货，明天就能取。'
            : '门店现在休息，先帮你留货，开门后就能取。'}
        </Strip>
      ) : null}
    </>
  );
}
