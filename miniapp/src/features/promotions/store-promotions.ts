import type { PromotionCard } from '@shuke/shared/contracts';
import { useEffect } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { cell, useCell } from '@/lib/state';

interface Known {
  storeId: string | null;
  cards: PromotionCard[];
  at: number;
}

const known = cell<Known>({ storeId: null, cards: [], at: 0 });
const FRESH_MS = 60_000;
let asking: string | null = null;

async function ask(storeId: string): Promise<void> {
  const { storeId: had, at } = known.get();
  if (asking === storeId || (had === storeId && clock.elapsed() - at < FRESH_MS)) return;
  asking = storeId;
  try {
    const { items } = await api.mall.promotions({ query: { storeId } });
    known.set({ storeId, cards: items, at: clock.elapsed() });
  } catch {
    // Tags are an extra: without them a product shows its price as before, and the checkout knows the truth.
    if (known.get().storeId !== storeId) known.set({ storeId, cards: [], at: 0 });
  } finally {
    asking = null;
  }
}

/** What runs in a store, asked for once a minute and shared by all cards of all pages. */
export function useStorePromotions(storeId: string | null): PromotionCard[] {
  const shown = useCell(known);
  useEffect(() => {
    if (storeId) void ask(storeId);
  }, [storeId]);
  return storeId !== null && shown.storeId === storeId ? shown.cards : [];
}

/** Whether it is known what runs in a store; a question that failed counts, since nothing more comes of it. */
export const usePromotionsKnown = (storeId: string): boolean => useCell(known).storeId === storeId;

/** What is known already; cards of a list do not ask for themselves. */
export const useKnownPromotions = (): PromotionCard[] => useCell(known).cards;
