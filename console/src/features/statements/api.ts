import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Answer, Payable, Payout, Statement, StatementDetail } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const STATEMENT_FILTERS = ['franchisee', 'state', 'from', 'to'] as const;

export const useStatements = (filters: Filters<(typeof STATEMENT_FILTERS)[number]>) =>
  usePages<Statement>(['statements', filters], (page) =>
    api.console.statements({
      query: {
        ...page,
        franchiseeId: filters.franchisee,
        state: filters.state as Statement['state'] | undefined,
        from: filters.from,
        to: filters.to,
      },
    }),
  );

export const useStatement = (franchiseeId: string, day: string) =>
  useQuery({
    queryKey: ['statement', franchiseeId, day],
    queryFn: () => api.console.statement({ params: { franchiseeId, day } }),
  });

/** A decision is shown at once and in the lists. */
export function useRefreshStatements() {
  const client = useQueryClient();
  return async (act: Promise<StatementDetail>): Promise<StatementDetail> => {
    try {
      const detail = await act;
      client.setQueryData(['statement', detail.franchiseeId, detail.day], detail);
      return detail;
    } finally {
      await Promise.all(
        ['statement', 'statements', 'payables', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      );
    }
  };
}

export const useFranchisees = (enabled: boolean) =>
  useQuery({ queryKey: ['franchisees'], queryFn: () => api.console.franchisees(), enabled, staleTime: 300_000 });

/** The proof: its file name and the text of the file, which must be saved as it is, because its seal covers every byte. */
export const loadProof = (franchiseeId: string, day: string) =>
  api.console.proof({ params: { franchiseeId, day }, timeoutMs: 60_000 });

export type PayableDay = Answer<'payableDays'>[number];

export const usePayables = () => usePages<Payable>(['payables'], (page) => api.console.payables({ query: page }));

export const usePayableDays = (franchiseeId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['payables', franchiseeId, 'days'],
    queryFn: () => api.console.payableDays({ params: { franchiseeId } }),
    enabled,
  });

export const usePayouts = (franchiseeId: string | undefined) =>
  usePages<Payout>(['payouts', franchiseeId], (page) => api.console.payouts({ query: { ...page, franchiseeId } }));

/** A payout changes what is owed, and the statements that it paid. */
export function useRefreshPayouts() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      const keys = ['payables', 'payouts', 'statement', 'statements', 'overview'];
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
}
