import type { StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { Position } from '@/platform/wx-types';
import { Picture } from '@/ui/picture';
import { StoreActions } from './store-actions';
import { StoreFar } from './store-far';
import { StoreFacts } from './store-row';
import './store.scss';

export interface StorePlaceProps {
  store: StoreCard;
  from: Position | null;
  isCurrent: boolean;
  onTap(): void;
  onLost(): void;
}

/** A store as a place to go to: its front, where it is, how to get there. The one shopped in is shown large. */
export function StorePlace({ store, from, isCurrent, onTap, onLost }: StorePlaceProps) {
  const hasFront = Boolean(store.imageUrl);
  return (
    <View
      className={`card store-place ${isCurrent ? 'store-place-on' : ''}`}
      hoverClass="card-pressed"
      role="button"
      data-testid={`store-row-${store.id}`}
      onClick={onTap}
    >
      {isCurrent && hasFront ? (
        <Picture url={store.imageUrl ?? null} className="store-front" label={`${store.name}的门面`} />
      ) : null}
      <View className="store-place-body">
        {!isCurrent && hasFront ? <Picture url={store.imageUrl ?? null} className="store-thumb" /> : null}
        <View className="grow">
          <View className="row between gap-2">
            <Text className="store-row-name two-lines">{store.name}</Text>
            {isCurrent ? <StoreFar store={store} from={from} /> : null}
          </View>
          <StoreFacts
            store={store}
            isCurrent={isCurrent}
            far={isCurrent ? null : <StoreFar store={store} from={from} />}
          />
        </View>
      </View>
      <StoreActions store={store} onLost={onLost} />
    </View>
  );
}
