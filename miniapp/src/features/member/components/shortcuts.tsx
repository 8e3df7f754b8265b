import type { MyHome } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Icon } from '@/ui/icon';
import { shortcutsOf } from '../model';
import './member.scss';

export function Shortcuts({ counts }: { counts: MyHome['orderCounts'] }) {
  return (
    <View className="card shortcuts" data-testid="order-shortcuts">
      {shortcutsOf(counts).map(({ tab, label, icon, count }) => (
        <View
          key={tab}
          className="shortcut"
          hoverClass="card-pressed"
          role="link"
          aria-label={count > 0 ? `${label} ${count} 单` : label}
          data-testid={`orders-${tab}`}
          onClick={() => go(pageUrl.orders(tab))}
        >
          <View className="shortcut-icon">
            <Icon name={icon} size={24} />
            {count > 0 ? <View className="shortcut-count">{count > 99 ? '99+' : count}</View> : null}
          </View>
          {label}
        </View>
      ))}
    </View>
  );
}
