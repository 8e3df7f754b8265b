import type { ProductDetail } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { distanceText } from '@/lib/format';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Strip } from '@/ui/notice';

/** This store does not sell it: who does, nearest first. */
export function NotListed(props: {
  product: ProductDetail;
  storeName: string;
  isBusy: boolean;
  onGo(storeId: string): void;
}) {
  const { alternatives } = props.product;
  return (
    <View className="card" data-testid="not-listed">
      <Strip tone="warn">{props.storeName}暂时没有上架这一款。</Strip>
      {alternatives.length === 0 ? (
        <View className="soft">其他门店也还没有上架，可以问问你的导购什么时候到货。</View>
      ) : null}
      {alternatives.map((store) => (
        <Cell
          key={store.storeId}
          icon="store"
          title={store.storeName}
          note={store.distanceM === null ? '有售' : `有售 · 距离 ${distanceText(store.distanceM)}`}
          value={
            <Button
              kind="soft"
              isSmall
              isBusy={props.isBusy}
              onTap={() => props.onGo(store.storeId)}
              testId={`go-store-${store.storeId}`}
            >
              去这家店
            </Button>
          }
        />
      ))}
    </View>
  );
}
