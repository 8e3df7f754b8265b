import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { Fulfil } from '../model';

const WAYS: { key: Fulfil; label: string; note: string }[] = [
  { key: 'SHIP', label: '送到家', note: '门店发货' },
  { key: 'PICKUP', label: '到店自提', note: '备好通知你' },
  { key: 'DELIVERY', label: '同城配送', note: '按时段送达' },
];

/** The ways this store offers to get the goods; nothing to choose with only one. */
export function Ways({
  store,
  value,
  onChange,
}: {
  store: CheckoutPreview['store'];
  value: Fulfil;
  onChange(way: Fulfil): void;
}) {
  const offered = WAYS.filter(({ key }) =>
    key === 'SHIP' ? store.canShip : key === 'PICKUP' ? store.canPickup : Boolean(store.canDeliver),
  );
  if (offered.length < 2) return null;
  return (
    <View className="segments" role="radiogroup">
      {offered.map(({ key, label, note }) => (
        <View
          key={key}
          className={`segment ${key === value ? 'segment-on' : ''}`}
          role="radio"
          aria-checked={key === value}
          data-testid={`fulfil-${key}`}
          onClick={() => onChange(key)}
        >
          {label}
          <Text className="small soft">{note}</Text>
        </View>
      ))}
    </View>
  );
}
