import type { PlayKind } from '@shuke/shared/contracts';
import { type BrandId, ZERO_FEN } from '@shuke/shared/kernel';
import type { Terms } from '../domain/play.js';
import type { Promotion, PromotionId } from '../domain/promotion.js';

/** A published promotion with plain values, for tests and benchmarks to change. */
export function plainPromotion(kind: PlayKind, terms: Terms, more: Partial<Promotion> = {}): Promotion {
  return {
    brandId: '1' as BrandId,
    id: '1' as PromotionId,
    kind,
    name: kind,
    state: 'PUBLISHED',
    franchiseeId: null,
    terms,
    scope: { kind: 'ALL', ids: [] },
    storeIds: null,
    optedOut: [],
    stacking: { mode: 'JOINT', group: 'A', allowsCoupons: true, allowsPoints: true },
    priority: 0,
    bearers: [{ party: 'HQ', bp: 10_000 }],
    startsAt: new Date('2026-11-01T00:00:00Z'),
    endsAt: new Date('2026-12-01T00:00:00Z'),
    memberLimit: null,
    totalLimit: null,
    budgetFen: null,
    dayBudgetFen: null,
    storeBudgetFen: null,
    createdBy: '总部',
    createdAt: new Date('2026-11-01T00:00:00Z'),
    publishedAt: null,
    version: 0,
    usedCount: 0,
    usedFen: ZERO_FEN,
    ...more,
  };
}
