import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { AfterSaleDetail, AfterSaleRow, AfterSaleRules } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const AFTER_SALE_FILTERS = ['store', 'state', 'kind', 'overdue', 'q'] as const;
type AfterSaleFilters = Filters<(typeof AFTER_SALE_FILTERS)[number]>;

export const useAfterSales = (filters: AfterSaleFilters) =>
  usePages<AfterSaleRow>(['after-sales', filters], (page) =>
    api.console.afterSales({
      query: {
        ...page,
        storeId: filters.store,
        state: filters.state as AfterSaleRow['state'] | undefined,
        kind: filters.kind as AfterSaleRow['kind'] | undefined,
        overdueOnly: filters.overdue === '1' ? true : undefined,
        q: filters.q,
      },
    }),
  );

export const useAfterSale = (id: string) =>
  useQuery({ queryKey: ['after-sale', id], queryFn: () => api.console.afterSale({ params: { id } }) });

/** What may be done with a case; every act answers with the case as it is then. */
export function useAfterSaleActs(id: string) {
  const client = useQueryClient();
  const take = async (detail: AfterSaleDetail) => {
    client.setQueryData(['after-sale', id], detail);
    await Promise.all(
      [['after-sales'], ['orders'], ['order', detail.orderId]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  };
  const params = { id };
  return {
    approve: async (text: string, isMerchantFault: boolean) =>
      take(await api.console.approveAfterSale({ params, body: { isMerchantFault, ...(text ? { text } : {}) } })),
    refuse: async (text: string) => take(await api.console.refuseAfterSale({ params, body: { text } })),
    receive: async () => take(await api.console.receiveAfterSale({ params, body: {} })),
    resend: async (company: string, trackingNo: string) =>
      take(await api.console.resendAfterSale({ params, body: { company, trackingNo } })),
    retry: async () => take(await api.console.retryAfterSaleRefund({ params, timeoutMs: 30_000 })),
    message: async (text: string, asksEvidence: boolean) =>
      take(await api.console.messageAfterSale({ params, body: asksEvidence ? { text, asksEvidence } : { text } })),
  };
}

export const useAfterSaleRules = () =>
  useQuery({ queryKey: ['after-sale-rules'], queryFn: () => api.console.afterSaleRules() });

export function useSetAfterSaleRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AfterSaleRules) => api.console.setAfterSaleRules({ body }),
    onSuccess: (rules) => client.setQueryData(['after-sale-rules'], rules),
  });
}
