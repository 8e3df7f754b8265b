import type { StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { distanceText } from '@/lib/format';
import type { Position } from '@/platform/wx-types';
import { Icon } from '@/ui/icon';
import { directionTo } from '../direction';
import './store.scss';

/** How far a store is, and which way: the arrow points as on a map, north up. Nothing while the place is unknown. */
export function StoreFar({ store, from }: { store: StoreCard; from?: Position | null }) {
  if (store.distanceM === null || !from) return null;
  const way = directionTo(store, from);
  const far = distanceText(store.distanceM);
  return (
    <View className="store-far" aria-label={way ? `在你${way.name}边 ${far}` : `离你 ${far}`} data-testid="store-far">
      {way ? (
        <>
          <View className="store-needle" style={{ transform: `rotate(${way.degrees}deg)` }}>
            <Icon name="needle" size={14} />
          </View>
          <Text>{way.name}</Text>
        </>
      ) : null}
      <Text className="digits">{far}</Text>
    </View>
  );
}
