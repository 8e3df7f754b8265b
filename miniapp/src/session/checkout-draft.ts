import { cell } from '@/lib/state';

/** What is about to be bought: pages of different packages hand it over here, not through a URL. */
export interface CheckoutDraft {
  storeId: string;
  lines: { skuId: string; qty: number }[];
  from: 'cart' | 'now';
}

export const checkoutDraft = cell<CheckoutDraft | null>(null);
