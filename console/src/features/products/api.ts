import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Product } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const PRODUCT_FILTERS = ['q', 'category', 'status'] as const;

export const useProducts = (filters: Filters<(typeof PRODUCT_FILTERS)[number]>) =>
  usePages<Product>(['products', filters], (page) =>
    api.console.products({
      query: {
        ...page,
        q: filters.q,
        categoryId: filters.category,
        status: filters.status as Product['status'] | undefined,
      },
    }),
  );

type ProductUpdate = Parameters<typeof api.console.updateProduct>[0]['body'];

export function useSaveProduct() {
  const client = useQueryClient();
  return async (id: string, body: ProductUpdate) => {
    try {
      return await api.console.updateProduct({ params: { id }, body });
    } finally {
      // After a refusal too: somebody else's newer version must be what the person opens next.
      await Promise.all([
        client.invalidateQueries({ queryKey: ['products'] }),
        client.invalidateQueries({ queryKey: ['listings'] }),
      ]);
    }
  };
}
