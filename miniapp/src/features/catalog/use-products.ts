import type { ProductCard } from '@shuke/shared/contracts';
import { api } from '@/lib/api-client';
import { type Pages, usePages } from '@/lib/use-pages';
import type { SortKey } from './model';

export interface ProductFilter {
  storeId: string | null;
  categoryId?: string;
  q?: string;
  sort: SortKey;
  inStockOnly: boolean;
}

/** A growing list of what this store sells; without a store it waits. */
export function useProducts(filter: ProductFilter): Pages<ProductCard> {
  const { storeId, categoryId, q, sort, inStockOnly } = filter;
  const key = storeId === null ? null : [storeId, categoryId, q, sort, inStockOnly].join('|');
  return usePages<ProductCard>(key, (cursor) =>
    api.mall.products({
      query: {
        storeId: storeId ?? '',
        sort,
        ...(categoryId ? { categoryId } : {}),
        ...(q ? { q } : {}),
        ...(inStockOnly ? { inStockOnly } : {}),
        ...(cursor ? { cursor } : {}),
      },
    }),
  );
}
