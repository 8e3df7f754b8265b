import { Text, View } from '@tarojs/components';
import type { CurrentStore } from '@/session/current-store';
import { Icon } from '@/ui/icon';
import { reasonText } from '../model';
import './store.scss';

/** Keeps the bar's place while the store is being found, so that the page below does not move. */
function Waiting() {
  return (
    <View className="store-bar" aria-label="正在找门店">
      <View className="bone store-bar-icon" />
      <View className="grow">
        <View className="bone bone-line bone-short" />
      </View>
    </View>
  );
}

/** Which store am I in, is it open, and why this one; a tap opens the switch sheet. */
export function StoreBar({ current, onSwitch }: { current: CurrentStore; onSwitch(): void }) {
  const { store } = current;
  if (!store) return current.status === 'resolving' ? <Waiting /> : null;
  return (
    <View
      className="store-bar"
      hoverClass="card-pressed"
      role="button"
      aria-label={`当前门店 ${store.name}，轻点切换`}
      data-testid="store-bar"
      onClick={onSwitch}
    >
      <View className="store-bar-icon">
        <Icon name="store" />
      </View>
      <View className="grow">
        <View className="store-bar-name">
          <Text className="one-line" data-testid="store-name">
            {store.name}
          </Text>
          <Icon name="down" size={14} className="soft" />
        </View>
        <View className="store-bar-line">
          <View className={`row gap-1 ${store.isOpenNow ? 'store-open' : 'soft'}`} style={{ flex: 'none' }}>
            <View className="dot" />
            <Text data-testid="store-open-text">{store.isOpenNow ? '营业中' : '休息中'}</Text>
          </View>
          <Text className="soft one-line" data-testid="store-reason">
            {reasonText(current.rule, current.reason)}
          </Text>
        </View>
      </View>
    </View>
  );
}
