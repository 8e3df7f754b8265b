import type { StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { copyText } from '@/lib/copy';
import { wx } from '@/platform/wx';
import { Icon } from '@/ui/icon';
import { placeOf } from '../model';
import './store.scss';

/** Getting to a store: the way on the phone's map, a call, the address to paste elsewhere. */
export function StoreActions({ store, onLost }: { store: StoreCard; onLost(): void }) {
  const place = placeOf(store);
  const actions = [
    { key: 'go', icon: 'needle', text: '导航', run: () => wx.openPlace(place).catch(onLost) },
    ...(store.phone
      ? [{ key: 'call', icon: 'phone', text: '电话', run: () => wx.call(store.phone).catch(() => undefined) }]
      : []),
    { key: 'copy', icon: 'copy', text: '复制地址', run: () => copyText(place.address, '地址已复制') },
  ];
  return (
    <View className="store-actions">
      {actions.map(({ key, icon, text, run }) => (
        <View
          key={key}
          className="store-action"
          hoverClass="card-pressed"
          role="button"
          aria-label={`${store.name}，${text}`}
          data-testid={`${key}-${store.id}`}
          onClick={(event) => {
            // The card around it switches to the store.
            event.stopPropagation();
            void run();
          }}
        >
          <Icon name={icon} size={16} />
          {text}
        </View>
      ))}
    </View>
  );
}
