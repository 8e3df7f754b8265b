import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import type { Store } from './types';

/** Every store in my scope, for pickers; a brand has dozens to a few thousand, fetched once and kept. */
export function useAllStores() {
  return useQuery({
    queryKey: ['stores', 'all'],
    staleTime: 300_000,
    queryFn: async () => {
      const all: Store[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.console.stores({ query: { limit: 100, cursor } });
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor && all.length < 5000);
      return all;
    },
  });
}

export const useCategories = () =>
  useQuery({ queryKey: ['categories'], queryFn: () => api.console.categories(), staleTime: 300_000 });
