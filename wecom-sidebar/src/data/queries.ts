import { ApiError } from '@shuke/shared/api';
import { QueryClient } from '@tanstack/react-query';
import { clock } from '../platform/clock';
import { shortMemory } from '../platform/storage';
import { CONTACT_PREFIX } from '../session/session';
import { api } from './api';
import type { ContactView } from './types';

export const keys = {
  me: ['me'] as const,
  contact: (id: string) => ['contact', id] as const,
  contactOrders: (id: string) => ['contact-orders', id] as const,
  contactTrail: (id: string) => ['contact-trail', id] as const,
  contacts: (q: string) => ['contacts', q] as const,
  tags: ['tag-library'] as const,
  products: (q: string) => ['products', q] as const,
  pack: ['morning-pack'] as const,
  storeOrders: (state: string) => ['store-orders', state] as const,
  earnings: ['earnings'] as const,
  inStorePayments: ['in-store-payments'] as const,
  redemptions: ['redemptions'] as const,
  handOvers: ['hand-overs'] as const,
  handOver: (subjectId: string) => ['hand-overs', subjectId] as const,
  couponBank: (id: string) => ['coupon-bank', id] as const,
  couponSends: (id: string) => ['coupon-sends', id] as const,
  afterSales: (which: string) => ['after-sales', which] as const,
  afterSale: (id: string) => ['after-sale', id] as const,
  tickets: (state: string) => ['review-tickets', state] as const,
  reviews: ['store-reviews'] as const,
  score: ['score'] as const,
};

/** Only lost connections are worth a second try; an answer from the server will not change by asking again. */
const isLost = (error: unknown) => error instanceof ApiError && error.status === 0;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 1 && isLost(error),
        retryDelay: 800,
        // Cached content is shown when offline, and the request still says so.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

interface Remembered {
  at: number;
  view: ContactView;
}
/** The last view of a contact, for the moment before the network answers and for when it does not. */
export const rememberedContact = (id: string): Remembered | null =>
  shortMemory.get<Remembered>(`${CONTACT_PREFIX}${id}`);

const WECOM_LOOK_MS = 2500;
const WECOM_LOOKS = 8;
/** A tag on its way to WeCom is looked after for a while, until WeCom has answered. */
const lookAfterTags = ({ state }: { state: { data: ContactView | undefined; dataUpdateCount: number } }) =>
  state.dataUpdateCount < WECOM_LOOKS && state.data?.tags.some((tag) => tag.wecom?.state === 'WAITING')
    ? WECOM_LOOK_MS
    : (false as const);

/** One request for the whole first screen; kept for the next opening. */
export const contactQuery = (id: string) => ({
  queryKey: keys.contact(id),
  queryFn: async (): Promise<ContactView> => {
    const view = await api.guide.contact({ params: { externalUserId: id } });
    shortMemory.set(`${CONTACT_PREFIX}${id}`, { at: clock.elapsed(), view } satisfies Remembered);
    return view;
  },
  refetchInterval: lookAfterTags,
});

const PAGE = 20;
interface Paged {
  nextCursor: string | null;
}
/** What every endless list shares. */
export function pagedBy<T extends Paged>(load: (query: { cursor?: string; limit: number }) => Promise<T>) {
  return {
    initialPageParam: '',
    queryFn: ({ pageParam }: { pageParam: string }) =>
      load(pageParam ? { cursor: pageParam, limit: PAGE } : { limit: PAGE }),
    getNextPageParam: (last: T): string | undefined => last.nextCursor ?? undefined,
  };
}
