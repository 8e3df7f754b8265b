import { cell } from '@/lib/state';

/** What is about to be bought: pages of different packages hand it over here, not through a URL. */
export interface CheckoutDraft {
  storeId: string;
  lines: { skuId: string; qty: number }[];
  from: 'cart' | 'now';
  /** The order of a group, a bargain or a presale. */
  activity?: { promotionId: string; sessionId?: string };
}

export const checkoutDraft = cell<CheckoutDraft | null>(null);
