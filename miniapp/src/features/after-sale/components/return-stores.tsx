import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { useQuery } from '@/lib/use-query';
import { Empty, Failed } from '@/ui/notice';
import { BlockSkeleton } from '@/ui/skeleton';
import { Choice } from './choice';

/** Stores that take the goods in. */
export function ReturnStores(props: { orderId: string; value: string | null; onChange(storeId: string): void }) {
  const id = props.orderId;
  const stores = useQuery(`return-stores:${id}`, () => api.mall.returnStores({ params: { id } }));
  if (!stores.data)
    return stores.trouble ? (
      <Failed trouble={stores.trouble} onRetry={() => void stores.reload()} />
    ) : (
      <BlockSkeleton />
    );
  if (stores.data.items.length === 0) return <Empty icon="store" title="附近没有能收退货的门店" text="可以选择寄回" />;
  return (
    <View role="radiogroup">
      {stores.data.items.map((store) => (
        <Choice
          key={store.id}
          text={store.name}
          hint={store.address}
          isOn={store.id === props.value}
          onTap={() => props.onChange(store.id)}
          testId={`return-store-${store.id}`}
        />
      ))}
    </View>
  );
}
