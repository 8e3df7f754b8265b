import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './queries';
import type { HandOver } from './types';

/** The last time that an order or an exchange was handed over in this store; null until it was. */
export function useHandOver(subjectId: string, isAsked = true): HandOver | null {
  const { data } = useQuery({
    queryKey: keys.handOver(subjectId),
    queryFn: () => api.guide.handOvers({ query: { subjectId, limit: 1 } }),
    enabled: isAsked,
  });
  return data?.items[0] ?? null;
}

/** Goods have just been handed over: lists are read again, and what was known of an earlier, undone time is forgotten. */
export function useHandedOver() {
  const client = useQueryClient();
  return (subjectId: string): void => {
    client.removeQueries({ queryKey: keys.handOver(subjectId) });
    void client.invalidateQueries({ queryKey: keys.handOvers });
    void client.invalidateQueries({ queryKey: ['store-orders'] });
  };
}

/** Undoes a hand-over; whatever shows it, and the orders that wait, are read again. */
export function useUndoHandOver() {
  const client = useQueryClient();
  return async (id: string, reason: string): Promise<void> => {
    await api.guide.undoHandOver({ params: { id }, body: { reason } });
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.handOvers }),
      client.invalidateQueries({ queryKey: ['store-orders'] }),
    ]);
  };
}
