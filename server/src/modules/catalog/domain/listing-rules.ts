import type { Id, StoreId } from '@shuke/shared/kernel';
import type { CategoryId, ProductId } from './types.js';

export type ListingEffect = 'ALLOW' | 'DENY' | 'MUST_LIST';
export interface ListingRule {
  id: Id<'rule'>;
  effect: ListingEffect;
  /** Null parts match everything. */
  storeId: StoreId | null;
  storeKind: string | null;
  categoryId: CategoryId | null;
  productId: ProductId | null;
}
export interface ListingStore {
  id: StoreId;
  kind: string;
  franchiseeId: string | null;
}
export interface ListingProduct {
  id: ProductId;
  categoryId: CategoryId;
  /** Goods of a franchisee's own; null for headquarters' catalogue. */
  ownerFranchiseeId: string | null;
}
export type Verdict = ListingEffect | 'OWN_ELSEWHERE' | null;

const STRENGTH: Record<ListingEffect, number> = { DENY: 2, MUST_LIST: 1, ALLOW: 0 };

const matches = (rule: ListingRule, store: ListingStore, product: ListingProduct): boolean =>
  (rule.storeId === null || rule.storeId === store.id) &&
  (rule.storeKind === null || rule.storeKind === store.kind) &&
  (rule.categoryId === null || rule.categoryId === product.categoryId) &&
  (rule.productId === null || rule.productId === product.id);

/** A rule about one product says more than one about its category, and then one store says more than a kind of stores. */
const narrowness = (rule: ListingRule): number =>
  (rule.productId ? 8 : rule.categoryId ? 4 : 0) + (rule.storeId ? 2 : rule.storeKind ? 1 : 0);

/**
 * What headquarters says about a product on a store's shelf (reference/features.md B1, rule 4): the narrowest rule wins,
 * among equally narrow ones DENY before MUST_LIST before ALLOW; null when nobody says anything. Another owner's own goods
 * are never listed.
 */
export function listingVerdict(rules: readonly ListingRule[], store: ListingStore, product: ListingProduct): Verdict {
  if (product.ownerFranchiseeId !== null && product.ownerFranchiseeId !== store.franchiseeId) return 'OWN_ELSEWHERE';
  const [first] = rules
    .filter((rule) => matches(rule, store, product))
    .sort((a, b) => narrowness(b) - narrowness(a) || STRENGTH[b.effect] - STRENGTH[a.effect]);
  return first?.effect ?? null;
}
