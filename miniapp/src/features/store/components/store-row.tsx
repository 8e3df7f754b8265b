import type { StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Position } from '@/platform/wx-types';
import { Picture } from '@/ui/picture';
import { servicesOf } from '../model';
import { StoreFar } from './store-far';
import './store.scss';

/** Whether a store is open, where it is, what it offers. */
export function StoreFacts({ store, isCurrent, far }: { store: StoreCard; isCurrent?: boolean; far?: ReactNode }) {
  return (
    <>
      <View className="row between gap-2">
        <View className={`row gap-1 small ${store.isOpenNow ? 'store-open' : 'soft'}`}>
          <View className="dot" />
          <Text>{store.openText}</Text>
        </View>
        {far}
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
    </>
  );
}

export interface StoreRowProps {
  store: StoreCard;
  from?: Position | null;
  isCurrent?: boolean;
  onTap(): void;
}

/** One store to choose: what it looks like, name, open or not, how far and which way, what it offers. */
export function StoreRow({ store, from, isCurrent, onTap }: StoreRowProps) {
  return (
    <View
      className={`store-row ${isCurrent ? 'store-row-on' : ''}`}
      hoverClass="card-pressed"
      role="button"
      data-testid={`store-row-${store.id}`}
      onClick={onTap}
    >
      {store.imageUrl ? <Picture url={store.imageUrl} className="store-thumb" /> : null}
      <View className="grow">
        <View className="row between gap-2">
          <Text className="store-row-name one-line">{store.name}</Text>
          <StoreFar store={store} from={from} />
        </View>
        <StoreFacts store={store} isCurrent={isCurrent} />
      </View>
    </View>
  );
}
