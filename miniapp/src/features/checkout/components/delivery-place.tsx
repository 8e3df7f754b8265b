import type { CheckoutPreview, FulfilOptions } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { dayName, distanceText, priceText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Icon } from '@/ui/icon';
import { Strip } from '@/ui/notice';
import type { Place } from '../use-checkout';
import type { RefusedPlace } from '../use-way';

/** The store does not deliver to the place that was picked: where, why, and the way to try another. */
export function PlaceRefused({ refused, onPlace }: { refused: RefusedPlace; onPlace(): void }) {
  return (
    <Strip tone="warn" testId="delivery-refused">
      <View>
        {refused.name ? `「${refused.name}」` : '这个地点'}不能同城配送：{refused.reason}。已经帮你换成别的方式。
      </View>
      <View className="text-tap" role="button" data-testid="other-place" onClick={onPlace}>
        换个地点
      </View>
    </Strip>
  );
}

type Slot = FulfilOptions['delivery']['slots'][number];

/** Slots by their day, in the words of today: 今天, 明天, 11月25日. */
function daysOf(slots: readonly Slot[], nowMs: number): { day: string; slots: Slot[] }[] {
  const days = [...new Set(slots.map((one) => one.day))];
  return days.map((day) => ({ day: dayName(day, nowMs), slots: slots.filter((one) => one.day === day) }));
}

/** Local delivery: how far, what it costs, and the slot in which it comes. */
export function DeliveryPlace(props: {
  preview: CheckoutPreview;
  place: Place;
  slot: string | null;
  onSlot(slot: string): void;
  /** Asks for another place on the map. */
  onPlace(): void;
}) {
  const { preview, place, slot } = props;
  const { id } = preview.store;
  const options = useQuery(`delivery:${id}:${place.latitude},${place.longitude}:${preview.goodsFen}`, () =>
    api.mall.fulfilOptions({
      params: { id },
      query: { latitude: place.latitude, longitude: place.longitude, goodsFen: preview.goodsFen },
    }),
  );
  const offer = options.data?.delivery;
  if (!offer) return null;
  if (!offer.isOffered) return <Strip tone="warn">{offer.text}</Strip>;
  const now = clock.now();
  // What the order is charged, discounts and level included, and not only what the distance costs.
  const feeFen = preview.freightFen;
  return (
    <View className="card" data-testid="delivery-slots">
      <View className="row between">
        <View className="row gap-1 grow">
          <Icon name="pin" size={16} />
          <View className="strong one-line">{place.name}</View>
        </View>
        <View className="text-tap" role="button" data-testid="change-place" onClick={props.onPlace}>
          换个地点
        </View>
      </View>
      <View className="small mid">
        {[
          offer.distanceM === null ? null : distanceText(offer.distanceM),
          feeFen > 0 ? `配送费 ${priceText(feeFen)}` : '免配送费',
        ]
          .filter(Boolean)
          .join(' · ')}
      </View>
      <View className="card-title spacer-top">什么时候送到</View>
      <View role="radiogroup" aria-label="什么时候送到">
        {daysOf(offer.slots, now).map(({ day, slots }) => (
          <View key={day}>
            <View className="small mid spacer-top">{day}</View>
            <View className="chips">
              {slots.map((one) => (
                <View
                  key={one.id}
                  className={`chip ${one.id === slot ? 'chip-on' : ''} ${one.left <= 0 ? 'chip-off' : ''}`}
                  role="radio"
                  aria-checked={one.id === slot}
                  data-testid={`slot-${one.id}`}
                  onClick={() => one.left > 0 && props.onSlot(one.id)}
                >
                  {one.from}–{one.to}
                </View>
              ))}
            </View>
          </View>
        ))}
      </View>
    </View>
  );
}
