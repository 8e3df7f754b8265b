import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { OrderRow } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const ORDER_FILTERS = ['store', 'state', 'channel', 'from', 'to', 'q'] as const;
export type OrderFilters = Filters<(typeof ORDER_FILTERS)[number]>;

export const useOrders = (filters: OrderFilters) =>
  usePages<OrderRow>(['orders', filters], (page) =>
    api.console.orders({
      query: {
        ...page,
        storeId: filters.store,
        state: filters.state as OrderRow['state'] | undefined,
        channel: filters.channel as OrderRow['channel'] | undefined,
        from: filters.from,
        to: filters.to,
        q: filters.q,
      },
    }),
  );

export const useOrder = (id: string) =>
  useQuery({ queryKey: ['order', id], queryFn: () => api.console.order({ params: { id } }) });

/** What the split says today, to preview who gives back how much. */
export const useOrderLegs = (id: string) =>
  useQuery({ queryKey: ['order-split', id], queryFn: () => api.console.orderSplit({ params: { id } }), retry: false });

function useRefresh(id: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [['order', id], ['orders'], ['order-split', id], ['splits'], ['overview']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

export function useShip(id: string) {
  const refresh = useRefresh(id);
  return useMutation({
    mutationFn: (body: { company: string; trackingNo: string }) => api.console.shipOrder({ params: { id }, body }),
    onSuccess: refresh,
  });
}

interface RefundOrder {
  lines?: { lineId: string; qty: number }[];
  reason: string;
  key: string;
}

export function useRefund(id: string) {
  const refresh = useRefresh(id);
  return useMutation({
    mutationFn: ({ key, ...body }: RefundOrder) =>
      api.console.refundOrder({ params: { id }, body, idempotencyKey: key, timeoutMs: 30_000 }),
    onSettled: refresh,
  });
}
