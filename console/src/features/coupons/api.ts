import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, newKey } from '../../lib/api';
import { usePages } from '../../lib/query';
import type {
  CouponRedemption,
  CouponTemplate,
  CouponTemplateDetail,
  CouponTemplateInput,
  IssuedCoupon,
} from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const COUPON_FILTERS = ['tab', 'q', 'status', 'kind', 'store', 'from', 'to', 'state', 'code'] as const;
type CouponFilters = Filters<(typeof COUPON_FILTERS)[number]>;
type CouponSettings = Awaited<ReturnType<typeof api.console.couponSettings>>;

export const useTemplates = (filters: CouponFilters) =>
  usePages<CouponTemplate>(['coupon-templates', { q: filters.q, status: filters.status, kind: filters.kind }], (page) =>
    api.console.couponTemplates({
      query: {
        ...page,
        q: filters.q,
        status: filters.status as CouponTemplate['status'] | undefined,
        kind: filters.kind as CouponTemplate['face']['kind'] | undefined,
      },
    }),
  );

export const useTemplate = (id: string) =>
  useQuery({
    queryKey: ['coupon-template', id],
    queryFn: () => api.console.couponTemplate({ params: { id } }),
    enabled: id !== '',
  });

const SETTLE_MS = 350;

/** Asks the server for the worst case and contradictions a moment after the last change. */
export function useTemplateCheck(input: CouponTemplateInput | null) {
  const text = input === null ? '' : JSON.stringify(input);
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['coupon-check', settled],
    queryFn: () => api.console.checkCouponTemplate({ body: JSON.parse(settled) as CouponTemplateInput }),
    enabled: settled !== '',
    staleTime: 0,
  });
  /** Only an answer about exactly what is on the screen counts. */
  const isCurrent = text !== '' && settled === text;
  return { check: isCurrent ? query.data : undefined, error: isCurrent ? query.error : null, refetch: query.refetch };
}

export const useIssuedCoupons = (filters: { templateId?: string; state?: string; code?: string }) =>
  usePages<IssuedCoupon>(['issued-coupons', filters], (page) =>
    api.console.issuedCoupons({
      query: {
        ...page,
        templateId: filters.templateId,
        state: filters.state as IssuedCoupon['state'] | undefined,
        code: filters.code,
      },
    }),
  );

export const useIssuedCoupon = (id: string) =>
  useQuery({ queryKey: ['issued-coupon', id], queryFn: () => api.console.issuedCoupon({ params: { id } }) });

export const useRedemptions = (filters: CouponFilters) =>
  usePages<CouponRedemption>(
    ['coupon-redemptions', { store: filters.store, from: filters.from, to: filters.to }],
    (page) =>
      api.console.couponRedemptions({
        query: { ...page, storeId: filters.store, from: filters.from, to: filters.to },
      }),
  );

export function useSaveTemplate() {
  const client = useQueryClient();
  return async (id: string | null, body: CouponTemplateInput) => {
    const saved = id
      ? await api.console.updateCouponTemplate({ params: { id }, body })
      : await api.console.createCouponTemplate({ body });
    client.setQueryData(['coupon-template', saved.id], saved);
    await client.invalidateQueries({ queryKey: ['coupon-templates'] });
    return saved;
  };
}

/** What may be done with a template and the coupons that came of it. */
export function useTemplateActs(id: string) {
  const client = useQueryClient();
  // One key per intended issue, so that a press repeated after a lost answer gives nothing twice.
  const issueKey = useRef({ of: '', key: '' });
  const params = { id };
  const again = () =>
    Promise.all(
      [['coupon-templates'], ['coupon-template', id], ['issued-coupons']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  return {
    setStatus: async (status: 'ACTIVE' | 'PAUSED' | 'ENDED') => {
      const detail: CouponTemplateDetail = await api.console.setCouponTemplateStatus({ params, body: { status } });
      client.setQueryData(['coupon-template', id], detail);
      await client.invalidateQueries({ queryKey: ['coupon-templates'] });
    },
    join: async (isIn: boolean) => {
      await api.console.joinCouponTemplate({ params, body: { isIn } });
      await again();
    },
    issue: async (memberIds: string[], reason: string) => {
      const of = JSON.stringify([memberIds, reason]);
      if (issueKey.current.of !== of) issueKey.current = { of, key: newKey() };
      const answer = await api.console.issueCoupons({
        params,
        body: { memberIds, reason },
        idempotencyKey: issueKey.current.key,
      });
      issueKey.current = { of: '', key: '' };
      await again();
      return answer;
    },
    importCodes: async (codes: string[]) => {
      const answer = await api.console.importCouponCodes({ params, body: { codes } });
      await again();
      return answer;
    },
    revoke: async (reason: string, couponIds?: string[]) => {
      const answer = await api.console.revokeCoupons({ params, body: { reason, ...(couponIds ? { couponIds } : {}) } });
      await again();
      return answer;
    },
  };
}

export const useCouponSettings = (isAsked: boolean) =>
  useQuery({ queryKey: ['coupon-settings'], queryFn: () => api.console.couponSettings(), enabled: isAsked });

export function useSetCouponSettings() {
  const client = useQueryClient();
  return async (body: CouponSettings) => {
    client.setQueryData(['coupon-settings'], await api.console.setCouponSettings({ body }));
  };
}
export type { CouponSettings };
