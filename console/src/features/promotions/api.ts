import type { PromotionInput } from '@shuke/shared/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Promotion, PromotionDetail, PromotionSession } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const PROMOTION_FILTERS = ['tab', 'store', 'state', 'kind', 'q', 'month'] as const;
type PromotionFilters = Filters<(typeof PROMOTION_FILTERS)[number]>;

export const usePromotions = (filters: PromotionFilters) =>
  usePages<Promotion>(
    ['promotions', { store: filters.store, state: filters.state, kind: filters.kind, q: filters.q }],
    (page) =>
      api.console.promotions({
        query: {
          ...page,
          storeId: filters.store,
          state: filters.state as Promotion['state'] | undefined,
          kind: filters.kind as Promotion['kind'] | undefined,
          q: filters.q,
        },
      }),
  );

export const usePlays = () =>
  useQuery({ queryKey: ['promotion-plays'], queryFn: () => api.console.promotionPlays(), staleTime: 3_600_000 });

export const usePromotion = (id: string) =>
  useQuery({
    queryKey: ['promotion', id],
    queryFn: () => api.console.promotion({ params: { id } }),
    enabled: id !== '',
  });

export const usePromotionEffect = (id: string) =>
  useQuery({ queryKey: ['promotion-effect', id], queryFn: () => api.console.promotionEffect({ params: { id } }) });

export const usePromotionSessions = (id: string) =>
  usePages<PromotionSession>(['promotion-sessions', id], (page) =>
    api.console.promotionSessions({ params: { id }, query: page }),
  );

export const useEnvelopes = (month: string) =>
  useQuery({
    queryKey: ['promotion-envelopes', month],
    queryFn: () => api.console.promotionEnvelopes({ query: { month } }),
  });

/** Drafts: created or changed, then known everywhere. */
export function useSavePromotion() {
  const client = useQueryClient();
  return async (draft: { id: string; version: number } | null, promotion: PromotionInput) => {
    const saved = draft
      ? await api.console.updatePromotion({ params: { id: draft.id }, body: { version: draft.version, promotion } })
      : await api.console.createPromotion({ body: promotion });
    client.setQueryData(['promotion', saved.id], saved);
    await client.invalidateQueries({ queryKey: ['promotions'] });
    return saved;
  };
}

/** What may be done with a promotion; every act leaves the screen with what the server says now. */
export function usePromotionActs(id: string) {
  const client = useQueryClient();
  const params = { id };
  const again = () =>
    Promise.all([['promotions'], ['promotion', id]].map((queryKey) => client.invalidateQueries({ queryKey })));
  const take = async (detail: PromotionDetail) => {
    client.setQueryData(['promotion', id], detail);
    await client.invalidateQueries({ queryKey: ['promotions'] });
  };
  return {
    run: async (days: number) => {
      const run = await api.console.runPromotion({ params, body: { days }, timeoutMs: 60_000 });
      await again();
      return run;
    },
    publish: async (reason: string | null) =>
      take(await api.console.publishPromotion({ params, body: reason ? { acceptsBelowFloor: true, reason } : {} })),
    pause: async () => take(await api.console.pausePromotion({ params })),
    resume: async () => take(await api.console.resumePromotion({ params })),
    end: async () => take(await api.console.endPromotion({ params })),
    extend: async (endsAt: string) => take(await api.console.extendPromotion({ params, body: { endsAt } })),
    remove: async () => {
      await api.console.deletePromotion({ params });
      await client.invalidateQueries({ queryKey: ['promotions'] });
    },
    setStore: async (storeId: string, takesPart: boolean) => {
      await api.console.setPromotionStore({ params: { id, storeId }, body: { takesPart } });
      await again();
    },
  };
}

export function useSetEnvelope() {
  const client = useQueryClient();
  return async (franchiseeId: string, month: string, budgetFen: number) => {
    await api.console.setPromotionEnvelope({ params: { franchiseeId }, body: { month, budgetFen } });
    await client.invalidateQueries({ queryKey: ['promotion-envelopes', month] });
  };
}
