import { cell } from '@/lib/state';

/** What is about to be bought: pages of different packages hand it over here, not through a URL. */
export interface CheckoutDraft {
  storeId: string;
  lines: { skuId: string; qty: number }[];
  from: 'cart' | 'now';
  /** Scanned in the store and taken along: nothing to choose about how it gets to the person. */
  isScanAndGo?: boolean;
  /** The order of a group, a bargain or a presale. */
  activity?: { promotionId: string; sessionId?: string };
  /** Others must join before the goods leave: the page after the payment says how. */
  isOfGroup?: boolean;
}

export const checkoutDraft = cell<CheckoutDraft | null>(null);

/** The order of a group that has just been placed in this visit. */
export const groupOrder = cell<string | null>(null);
