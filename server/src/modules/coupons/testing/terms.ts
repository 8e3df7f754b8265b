import type { CouponTerms } from '../domain/types.js';

/** A plain coupon of 50 off, from which tests differ. */
export const terms = (more: Partial<CouponTerms> = {}): CouponTerms => ({
  kind: 'AMOUNT',
  valueFen: 5000,
  payBp: 0,
  maxFen: 0,
  thresholdFen: 0,
  scope: { mode: 'ALL', categoryIds: [], productIds: [], excludedProductIds: [], withPromotion: true },
  stores: { mode: 'ALL', regionIds: [], storeIds: [], franchise: 'ALL' },
  channels: { online: true, offline: true },
  validity: { mode: 'RELATIVE', afterDays: 0, days: 7 },
  windows: [],
  stack: { mode: 'JOINT', category: 'gift', perOrder: 2 },
  bearers: [
    { party: 'HQ', bp: 6000 },
    { party: 'FRANCHISEE', bp: 4000 },
  ],
  canGive: true,
  isRefundable: true,
  birthMonthOnly: false,
  ...more,
});
