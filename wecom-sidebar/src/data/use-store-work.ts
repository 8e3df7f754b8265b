import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './queries';

const MOST = 20;
interface Page {
  items: unknown[];
  nextCursor: string | null;
}
/** "3", or "20+" when there are more than one look shows; null when there is nothing or nothing is known. */
const countOf = (page: Page | undefined): string | null =>
  !page || page.items.length === 0 ? null : `${page.items.length}${page.nextCursor ? '+' : ''}`;

/** What waits for the store besides customers of the morning pack. */
export function useStoreWork(): { afterSales: string | null; tickets: string | null; toShip: string | null } {
  const common = { staleTime: 60_000, refetchOnWindowFocus: true } as const;
  const afterSales = useQuery({
    ...common,
    queryKey: keys.afterSales('count'),
    queryFn: () => api.guide.afterSales({ query: { waitingOnly: true, limit: MOST } }),
  });
  const tickets = useQuery({
    ...common,
    queryKey: keys.tickets('count'),
    queryFn: () => api.guide.reviewTickets({ query: { state: 'OPEN', limit: MOST } }),
  });
  const toShip = useQuery({
    ...common,
    queryKey: keys.storeOrders('count'),
    queryFn: () => api.guide.storeOrders({ query: { state: 'TO_SHIP', limit: MOST } }),
  });
  return { afterSales: countOf(afterSales.data), tickets: countOf(tickets.data), toShip: countOf(toShip.data) };
}
