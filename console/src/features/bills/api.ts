import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { BillDifference } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const BILL_FILTERS = ['status', 'class', 'mine', 'store', 'from', 'to'] as const;
export type BillFilters = Filters<(typeof BILL_FILTERS)[number]>;

/** Open ones unless asked otherwise: what is closed is history. */
export const useDifferences = (filters: BillFilters) =>
  usePages<BillDifference>(['bill-differences', filters], (page) =>
    api.console.billDifferences({
      query: {
        ...page,
        status: filters.status === 'ALL' ? undefined : ((filters.status ?? 'OPEN') as BillDifference['status']),
        class: filters.class as BillDifference['class'] | undefined,
        isMine: filters.mine === '1' ? true : undefined,
        storeId: filters.store,
        from: filters.from,
        to: filters.to,
      },
    }),
  );

export const useDifference = (id: string) =>
  useQuery({ queryKey: ['bill-difference', id], queryFn: () => api.console.billDifference({ params: { id } }) });

export const useBillDays = () => useQuery({ queryKey: ['bill-days'], queryFn: () => api.console.billDays() });

/** Headquarters' people, to whom a difference may be given. */
export const useColleagues = () =>
  useQuery({
    queryKey: ['desk-users'],
    queryFn: () => api.console.deskUsers(),
    select: (users) => users.filter((user) => user.role === 'HQ'),
  });

export function useRefreshBills() {
  const client = useQueryClient();
  return async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      const keys = ['bill-differences', 'bill-difference', 'bill-days', 'invariants', 'overview'];
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
}
