import { View } from '@tarojs/components';
import { type CurrentStore, forgetMove } from '@/session/current-store';
import { Icon } from '@/ui/icon';
import './store.scss';

/** The store is another one than last time: say so, once, because prices and stock differ. */
export function MovedNotice({ current }: { current: CurrentStore }) {
  if (!current.movedFrom || !current.store) return null;
  return (
    <View className="strip strip-info" data-testid="moved-from">
      <Icon name="info" size={16} />
      <View className="grow">
        已从{current.movedFrom}换到{current.store.name}，价格和库存以这家店为准。
      </View>
      <View className="store-move-ok" role="button" onClick={forgetMove}>
        知道了
      </View>
    </View>
  );
}
