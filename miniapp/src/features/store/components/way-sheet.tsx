import type { StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { copyText } from '@/lib/copy';
import type { Position } from '@/platform/wx-types';
import { Button } from '@/ui/button';
import { Picture } from '@/ui/picture';
import { Sheet } from '@/ui/sheet';
import { placeOf } from '../model';
import { StoreFar } from './store-far';
import './store.scss';

/** The way to a store where no map can be opened: what it looks like, where it is, and the address to take along. */
export function WaySheet(props: { store: StoreCard | null; from: Position | null; onClose(): void }) {
  const { store, from, onClose } = props;
  if (!store) return null;
  const { address } = placeOf(store);
  return (
    <Sheet
      isOpen
      title={`去${store.name}`}
      onClose={onClose}
      testId="way-sheet"
      footer={
        <Button
          isBlock
          testId="way-copy"
          onTap={() => {
            void copyText(address, '地址已复制');
            onClose();
          }}
        >
          复制地址
        </Button>
      }
    >
      {store.imageUrl ? <Picture url={store.imageUrl} className="store-front way-front" label={store.name} /> : null}
      <View className="way-address">{address}</View>
      <StoreFar store={store} from={from} />
      <View className="small soft way-note">这里打不开地图。复制地址，粘贴到手机的地图里就能导航。</View>
    </Sheet>
  );
}
