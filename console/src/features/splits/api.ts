import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { SplitRow } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const SPLIT_FILTERS = ['store', 'state', 'from', 'to', 'q'] as const;

export const useSplits = (filters: Filters<(typeof SPLIT_FILTERS)[number]>) =>
  usePages<SplitRow>(['splits', filters], (page) =>
    api.console.splits({
      query: {
        ...page,
        storeId: filters.store,
        state: filters.state as SplitRow['state'] | undefined,
        from: filters.from,
        to: filters.to,
        q: filters.q,
      },
    }),
  );

export const useOrderSplit = (orderId: string) =>
  useQuery({
    queryKey: ['order-split', orderId],
    queryFn: () => api.console.orderSplit({ params: { id: orderId } }),
    retry: false,
  });
