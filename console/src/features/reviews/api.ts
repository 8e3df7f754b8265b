import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { usePages } from '../../lib/query';
import type { Review, ReviewRules, ReviewTicket } from '../../lib/types';
import type { Filters } from '../../lib/url-state';

export const REVIEW_FILTERS = ['tab', 'store', 'state', 'stars', 'open', 'q'] as const;
type ReviewFilters = Filters<(typeof REVIEW_FILTERS)[number]>;

export const useReviews = (filters: ReviewFilters) =>
  usePages<Review>(['reviews', filters], (page) =>
    api.console.reviews({
      query: {
        ...page,
        storeId: filters.store,
        state: filters.state as Review['state'] | undefined,
        stars: filters.stars ? Number(filters.stars) : undefined,
        unansweredOnly: filters.open === '1' ? true : undefined,
        q: filters.q,
      },
    }),
  );

export const useTickets = (filters: ReviewFilters) =>
  usePages<ReviewTicket>(['review-tickets', filters.store], (page) =>
    api.console.reviewTickets({ query: { ...page, storeId: filters.store } }),
  );

export const useGuideScores = () => useQuery({ queryKey: ['guide-scores'], queryFn: () => api.console.guideScores() });

export const useReviewRules = () => useQuery({ queryKey: ['review-rules'], queryFn: () => api.console.reviewRules() });

export function useSetReviewRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReviewRules) => api.console.setReviewRules({ body }),
    onSuccess: (rules) => client.setQueryData(['review-rules'], rules),
  });
}

export function useReviewActs(id: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['reviews'] });
  const params = { id };
  return {
    reply: async (text: string) => {
      await api.console.replyReview({ params, body: { text } });
      await refresh();
    },
    hide: async (reason: 'PERSONAL_DATA' | 'ILLEGAL' | 'ABUSE' | 'ADVERTISING' | 'COURT_ORDER', note: string) => {
      await api.console.hideReview({ params, body: { reason, note } });
      await refresh();
    },
    show: async (note: string) => {
      await api.console.showReview({ params, body: { note } });
      await refresh();
    },
  };
}
