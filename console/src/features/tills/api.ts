import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Till } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const TILL_FILTERS = ['store', 'state', 'q'] as const;
type TillFilters = Filters<(typeof TILL_FILTERS)[number]>;

const matches = (till: Till, { store, state, q }: TillFilters): boolean =>
  (!store || till.storeId === store) &&
  (!state || till.state === state) &&
  (!q || `${till.name}${till.deviceNo}${till.storeName}`.toLowerCase().includes(q.toLowerCase()));

export const useAllTills = () =>
  useQuery({ queryKey: ['tills', 'all'], queryFn: () => api.console.posDevices(), refetchInterval: 30_000 });

/** A brand has as many tills as counters: they come at once and are narrowed here. */
export const useTills = (filters: TillFilters) =>
  usePages<Till>(['tills', filters], async () => ({
    items: (await api.console.posDevices()).filter((till) => matches(till, filters)),
    nextCursor: null,
  }));

/** Stock that tills and ERPs report; whoever sees several stores sees all of them. */
export const useStockFeeds = () =>
  useQuery({ queryKey: ['tills', 'feeds'], queryFn: () => api.console.stockFeeds({ query: {} }) });

export const useTill = (id: string) =>
  useQuery({ queryKey: ['till', id], queryFn: () => api.console.posDevice({ params: { id } }) });

export const useConnectors = (isOn: boolean) =>
  useQuery({ queryKey: ['pos-connectors'], queryFn: () => api.console.posConnectors(), enabled: isOn });

export const useCounterRules = (isAsked: boolean) =>
  useQuery({ queryKey: ['counter-rules'], queryFn: () => api.console.counterRules(), enabled: isAsked });

export function useSetCounterRules() {
  const client = useQueryClient();
  return async (undoMinutes: number) => {
    client.setQueryData(['counter-rules'], await api.console.setCounterRules({ body: { undoMinutes } }));
  };
}

export function useRefreshTills() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await Promise.all(['tills', 'till'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
}
