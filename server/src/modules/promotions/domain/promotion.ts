import type { GoodsScopeInput, PlayKind } from '@shuke/shared/contracts';
import type { BrandId, Fen, Id, StoreId } from '@shuke/shared/kernel';
import type { GoodsScope, PriceBearer, PricedPromotion, Stacking } from '@shuke/shared/rules';
import type { Terms } from './play.js';
import { ACTIVITY_KINDS, playOf } from './plays/all-plays.js';

export type PromotionId = Id<'promotion'>;
/** What is stored; whether a published one has begun or is over follows from the clock. */
export type StoredState = 'DRAFT' | 'PUBLISHED' | 'PAUSED' | 'ENDED';
export type ShownState = 'DRAFT' | 'SCHEDULED' | 'LIVE' | 'PAUSED' | 'ENDED';

export interface Promotion {
  brandId: BrandId;
  id: PromotionId;
  kind: PlayKind;
  name: string;
  state: StoredState;
  /** Whose promotion it is; null: headquarters'. */
  franchiseeId: Id<'franchisee'> | null;
  terms: Terms;
  scope: GoodsScopeInput;
  /** Where it runs; null: in every store of its owner. */
  storeIds: readonly StoreId[] | null;
  optedOut: readonly StoreId[];
  stacking: Stacking;
  priority: number;
  bearers: readonly PriceBearer[];
  startsAt: Date;
  endsAt: Date;
  memberLimit: number | null;
  totalLimit: number | null;
  budgetFen: Fen | null;
  dayBudgetFen: Fen | null;
  storeBudgetFen: Fen | null;
  createdBy: string;
  createdAt: Date;
  publishedAt: Date | null;
  version: number;
  usedCount: number;
  usedFen: Fen;
}

/** A published promotion, ready to price. */
export interface LivePromotion extends PricedPromotion {
  promotion: Promotion;
}

const STATE_TEXT: Record<ShownState, string> = {
  DRAFT: '草稿',
  SCHEDULED: '未开始',
  LIVE: '进行中',
  PAUSED: '已暂停',
  ENDED: '已结束',
};
export const stateText = (state: ShownState): string => STATE_TEXT[state];

/** The state that people see at an instant. */
export function stateAt(
  { state, startsAt, endsAt }: Pick<Promotion, 'state' | 'startsAt' | 'endsAt'>,
  now: Date,
): ShownState {
  if (state === 'DRAFT') return 'DRAFT';
  if (state === 'ENDED' || now >= endsAt) return 'ENDED';
  if (state === 'PAUSED') return 'PAUSED';
  return now < startsAt ? 'SCHEDULED' : 'LIVE';
}

/** The goods of a promotion; a play without a scope of its own choice takes the SKUs that its terms name. */
export function scopeOf(promotion: Pick<Promotion, 'kind' | 'scope' | 'terms'>): GoodsScope {
  const play = playOf(promotion.kind);
  const { scope } = promotion;
  if (play.hasScope)
    return { kind: scope.kind, ids: new Set(scope.ids), exceptProductIds: new Set(scope.exceptProductIds ?? []) };
  return { kind: 'SKUS', ids: new Set(play.skuIds(promotion.terms)), exceptProductIds: new Set() };
}

/** Groups, bargains and presales stand alone in their order, and a new member's item counts once in a life. */
const ALONE: Stacking = { mode: 'EXCLUSIVE', group: 'ACTIVITY', allowsCoupons: false, allowsPoints: false };

export const stackingOf = (promotion: Pick<Promotion, 'kind' | 'stacking'>): Stacking =>
  ACTIVITY_KINDS.has(promotion.kind) ? ALONE : promotion.stacking;

export const memberLimitOf = ({ kind, memberLimit }: Pick<Promotion, 'kind' | 'memberLimit'>): number | null =>
  playOf(kind).isOncePerPerson ? 1 : memberLimit;

/** Makes a promotion ready to price; done once per snapshot, so that pricing reads sets and numbers only. */
export function readyToPrice(promotion: Promotion): LivePromotion {
  const play = playOf(promotion.kind);
  const chosen = scopeOf(promotion);
  // An add-on prices goods outside the goods that it counts.
  const scope: GoodsScope =
    promotion.kind === 'ADD_ON' ? { kind: 'ALL', ids: new Set(), exceptProductIds: new Set() } : chosen;
  const budgetLeftFen =
    promotion.budgetFen === null ? null : (Math.max(0, promotion.budgetFen - promotion.usedFen) as Fen);
  return {
    promotion,
    id: promotion.id,
    label: play.label,
    name: promotion.name,
    stage: play.stage,
    rank: play.rank,
    priority: promotion.priority,
    scope,
    stacking: stackingOf(promotion),
    bearers: promotion.bearers,
    memberLimit: memberLimitOf(promotion),
    ...(play.isOncePerPerson ? { onlyOneOf: play.kind } : {}),
    budgetLeftFen,
    price: (view) => play.price(promotion.terms, view, chosen),
  };
}

/** Facts about a store that decide whether a promotion reaches it. */
export interface StoreFacts {
  id: StoreId;
  franchiseeId: Id<'franchisee'> | null;
}

/** True when a promotion runs in a store: a franchisee's only in its own stores, none where the store has opted out. */
export function reaches(
  promotion: Pick<Promotion, 'franchiseeId' | 'storeIds' | 'optedOut'>,
  store: StoreFacts,
): boolean {
  if (promotion.optedOut.includes(store.id)) return false;
  if (promotion.franchiseeId !== null && promotion.franchiseeId !== store.franchiseeId) return false;
  return promotion.storeIds === null || promotion.storeIds.includes(store.id);
}
