import { api } from './api';
import { usePages } from './query';
import type { Listing } from './types';

/** What a store sells, by name or category. */
export const useListings = (storeId: string | undefined, filters: { q?: string; category?: string }) =>
  usePages<Listing>(
    ['listings', storeId, filters],
    (page) =>
      api.console.listings({
        params: { id: storeId ?? '' },
        query: { ...page, q: filters.q, categoryId: filters.category },
      }),
    { enabled: storeId !== undefined, limit: 30 },
  );
