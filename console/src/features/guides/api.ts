import { useQuery } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Guide } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const useGuides = (filters: Filters<'store' | 'q'>) =>
  usePages<Guide>(['guides', filters], (page) =>
    api.console.guides({ query: { ...page, q: filters.q, storeId: filters.store } }),
  );

export const useGuide = (id: string) =>
  useQuery({ queryKey: ['guides', 'one', id], queryFn: () => api.console.guide({ params: { id } }) });

export const useGuideWork = (id: string) =>
  useQuery({ queryKey: ['guides', 'work', id], queryFn: () => api.console.guideWork({ params: { id } }) });

/** The guide's own row of the scores, or null for one whom nobody rated yet. */
export const useGuideScore = (id: string) =>
  useQuery({
    queryKey: ['guide-scores'],
    queryFn: () => api.console.guideScores(),
    select: ({ items }) => items.find((one) => one.guideId === id) ?? null,
  });
