import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { useQuery } from '@/lib/use-query';
import { Failed } from '@/ui/notice';
import { BlockSkeleton } from '@/ui/skeleton';

export interface ExchangePickerProps {
  productId: string;
  storeId: string;
  value: string | null;
  onChange(skuId: string): void;
}

/** Another size or colour of the same product that this store has. */
export function ExchangePicker({ productId, storeId, value, onChange }: ExchangePickerProps) {
  const product = useQuery(`product:${storeId}:${productId}`, () =>
    api.mall.product({ params: { id: productId }, query: { storeId } }),
  );
  if (!product.data)
    return product.trouble ? (
      <Failed trouble={product.trouble} onRetry={() => void product.reload()} />
    ) : (
      <BlockSkeleton />
    );
  return (
    <View className="chips" role="radiogroup">
      {product.data.skus.map((sku) => (
        <View
          key={sku.id}
          className={`chip ${sku.id === value ? 'chip-on' : ''} ${sku.available > 0 ? '' : 'chip-off'}`}
          role="radio"
          aria-checked={sku.id === value}
          aria-disabled={sku.available <= 0}
          data-testid={`exchange-${sku.id}`}
          onClick={() => (sku.available > 0 ? onChange(sku.id) : undefined)}
        >
          {sku.colour} {sku.size}
        </View>
      ))}
    </View>
  );
}
