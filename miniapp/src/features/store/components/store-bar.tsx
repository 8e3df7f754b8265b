import { Text, View } from '@tarojs/components';
import type { CurrentStore } from '@/session/current-store';
import { Icon } from '@/ui/icon';
import { reasonText } from '../model';
import './store.scss';

/** Which store am I in, is it open, and why this one; a tap opens the switch sheet. */
export function StoreBar({ current, onSwitch }: { current: CurrentStore; onSwitch(): void }) {
  const { store } = current;
  if (!store) return null;
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
