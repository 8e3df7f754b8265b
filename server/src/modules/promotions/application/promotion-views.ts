import type { ConsolePromotion, PromotionDetail, PromotionRun } from '@shuke/shared/contracts';
import type { Fen } from '@shuke/shared/kernel';
import { playOf } from '../domain/plays/all-plays.js';
import { type Promotion, stateAt, stateText } from '../domain/promotion.js';

export interface Totals {
  count: number;
  fen: Fen;
}

/** A promotion as a row of the console's list. */
export function promotionView(
  promotion: Promotion,
  now: Date,
  ownerName: string,
  totals: Totals | undefined,
  canEdit: boolean,
): ConsolePromotion {
  const state = stateAt(promotion, now);
  const play = playOf(promotion.kind);
  return {
    id: promotion.id,
    kind: promotion.kind,
    label: play.label,
    name: promotion.name,
    text: play.text(promotion.terms),
    startsAt: promotion.startsAt.toISOString(),
    endsAt: promotion.endsAt.toISOString(),
    state,
    stateText: stateText(state),
    owner: {
      kind: promotion.franchiseeId ? 'FRANCHISEE' : 'HQ',
      franchiseeId: promotion.franchiseeId,
      name: ownerName,
    },
    storeCount: promotion.storeIds?.length ?? null,
    optedOutStoreIds: [...promotion.optedOut],
    usedCount: totals?.count ?? 0,
    usedFen: totals?.fen ?? 0,
    budgetFen: promotion.budgetFen,
    canEdit,
    version: promotion.version,
  };
}

/** A promotion with everything that its form and its page show. */
export function promotionDetail(
  row: ConsolePromotion,
  promotion: Promotion,
  lastRun: PromotionRun | null,
  publishProblems: string[],
): PromotionDetail {
  return {
    ...row,
    terms: promotion.terms,
    scope: promotion.scope,
    storeIds: promotion.storeIds === null ? null : [...promotion.storeIds],
    stacking: promotion.stacking,
    priority: promotion.priority,
    bearers: promotion.bearers as PromotionDetail['bearers'],
    memberLimit: promotion.memberLimit,
    totalLimit: promotion.totalLimit,
    dayBudgetFen: promotion.dayBudgetFen,
    storeBudgetFen: promotion.storeBudgetFen,
    createdBy: promotion.createdBy,
    createdAt: promotion.createdAt.toISOString(),
    publishedAt: promotion.publishedAt?.toISOString() ?? null,
    lastRun,
    publishProblems,
  };
}
