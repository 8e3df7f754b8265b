import { View } from '@tarojs/components';
import { Icon } from './icon';

/** The round mark of a choice; it fills where what stands around it says `check-on`. */
export function Tick() {
  return (
    <View className="check-mark">
      <Icon name="check" size={14} />
    </View>
  );
}
