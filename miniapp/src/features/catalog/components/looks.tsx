import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { useQuery } from '@/lib/use-query';
import { ProductCard } from './product-card';
import './catalog.scss';

/** What the brand wears this piece with, of what this store has; nothing when it has none of it. */
export function Looks({ productId, storeId }: { productId: string; storeId: string }) {
  const looks = useQuery(`looks:${productId}:${storeId}`, () =>
    api.mall.looks({ params: { id: productId }, query: { storeId } }),
  );
  // An extra of this page: when it cannot be had, the page does without.
  const items = looks.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <View className="card looks" data-testid="looks">
      <View className="card-title">搭配着穿</View>
      <View className="looks-row">
        {items.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </View>
    </View>
  );
}
