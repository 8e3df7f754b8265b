import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { ClearingEntry } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const CLEARING_FILTERS = ['from', 'to', 'tab', 'party', 'with'] as const;
export type ClearingFilters = Filters<(typeof CLEARING_FILTERS)[number]>;
type Days = { from?: string; to?: string };

export const useMatrix = ({ from, to }: Days) =>
  useQuery({
    queryKey: ['clearing-matrix', from, to],
    queryFn: () => api.console.clearingMatrix({ query: { from, to } }),
  });

export const useClearingDays = ({ from, to }: Days) =>
  useQuery({
    queryKey: ['clearing-days', from, to],
    queryFn: () => api.console.clearingDays({ query: { from, to } }),
  });

export const useEntries = ({ from, to, party }: Days & { party?: string }) =>
  usePages<ClearingEntry>(['clearing-entries', from, to, party], (page) =>
    api.console.clearingEntries({ query: { ...page, from, to, party } }),
  );

export const exportClearing = ({ from, to }: Days) => api.console.clearingExport({ query: { from, to } });
