import type { CheckoutPreview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { distanceText, priceText, timeText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Strip } from '@/ui/notice';
import type { Place } from '../use-checkout';

/** Local delivery: how far, what it costs, and the slot in which it comes. */
export function DeliveryPlace(props: {
  preview: CheckoutPreview;
  place: Place;
  slot: string | null;
  onSlot(slot: string): void;
}) {
  const { preview, place, slot } = props;
  const { id } = preview.store;
  const options = useQuery(`delivery:${id}:${place.latitude},${place.longitude}:${preview.goodsFen}`, () =>
    api.mall.fulfilOptions({ params: { id }, query: { ...place, goodsFen: preview.goodsFen } }),
  );
  const offer = options.data?.delivery;
  if (!offer) return null;
  if (!offer.isOffered) return <Strip tone="warn">{offer.text}</Strip>;
  const now = clock.now();
  return (
    <View className="card" data-testid="delivery-slots">
      <View className="card-title">什么时候送到</View>
      <View className="small mid">
        {[
          offer.distanceM === null ? null : distanceText(offer.distanceM),
          offer.feeFen ? `配送费 ${priceText(offer.feeFen)}` : '免配送费',
        ]
          .filter(Boolean)
          .join(' · ')}
      </View>
      <View className="chips spacer-top" role="radiogroup">
        {offer.slots.map((one) => {
          const day = timeText(`${one.day}T${one.from}:00+08:00`, now).split(' ')[0];
          return (
            <View
              key={one.id}
              className={`chip ${one.id === slot ? 'chip-on' : ''} ${one.left <= 0 ? 'chip-off' : ''}`}
              role="radio"
              aria-checked={one.id === slot}
              data-testid={`slot-${one.id}`}
              onClick={() => one.left > 0 && props.onSlot(one.id)}
            >
              {day} {one.from}–{one.to}
            </View>
          );
        })}
      </View>
    </View>
  );
}
