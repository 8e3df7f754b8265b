import type { StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { distanceText } from '@/lib/format';
import { Icon } from '@/ui/icon';
import { servicesOf } from '../model';
import './store.scss';

export interface StoreRowProps {
  store: StoreCard;
  isCurrent?: boolean;
  onTap(): void;
  onCall?(): void;
}

/** One store: name, open or not, how far, what it offers. */
export function StoreRow({ store, isCurrent, onTap, onCall }: StoreRowProps) {
  return (
    <View
      className={`store-row ${isCurrent ? 'store-row-on' : ''}`}
      hoverClass="card-pressed"
      role="button"
      data-testid={`store-row-${store.id}`}
      onClick={onTap}
    >
      <View className="row between gap-2">
        <Text className="store-row-name one-line">{store.name}</Text>
        {store.distanceM !== null ? (
          <Text className="store-row-far digits">{distanceText(store.distanceM)}</Text>
        ) : null}
      </View>
      <View className={`row gap-1 small ${store.isOpenNow ? 'store-open' : 'soft'}`}>
        <View className="dot" />
        <Text>{store.openText}</Text>
      </View>
      <View className="small soft two-lines">
        {store.city}
        {store.district} · {store.address}
      </View>
      <View className="row gap-2 wrap store-row-tags">
        {isCurrent ? <Text className="tag">当前门店</Text> : null}
        {servicesOf(store).map((service) => (
          <Text key={service} className="tag tag-off">
            {service}
          </Text>
        ))}
      </View>
      {onCall && store.phone ? (
        <View
          className="text-tap store-row-call"
          role="button"
          aria-label={`打电话给${store.name}`}
          data-testid={`call-${store.id}`}
          onClick={(event) => {
            event.stopPropagation();
            onCall();
          }}
        >
          <Icon name="phone" size={16} />
          {store.phone}
        </View>
      ) : null}
    </View>
  );
}
