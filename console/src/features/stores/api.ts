import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Store } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const STORE_FILTERS = ['q', 'city', 'franchisee'] as const;

export const useStores = (filters: Filters<(typeof STORE_FILTERS)[number]>) =>
  usePages<Store>(['stores', 'list', filters], (page) =>
    api.console.stores({ query: { ...page, q: filters.q, city: filters.city, franchiseeId: filters.franchisee } }),
  );

export const useFranchisees = (enabled: boolean) =>
  useQuery({ queryKey: ['franchisees'], queryFn: () => api.console.franchisees(), enabled, staleTime: 300_000 });

type StoreUpdate = Parameters<typeof api.console.updateStore>[0]['body'];

export function useSaveStore() {
  const client = useQueryClient();
  return async (id: string, body: StoreUpdate) => {
    try {
      return await api.console.updateStore({ params: { id }, body });
    } finally {
      // After a refusal too: somebody else's newer version must be what the person opens next.
      await client.invalidateQueries({ queryKey: ['stores'] });
    }
  };
}
