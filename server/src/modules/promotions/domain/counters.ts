import { businessDay, type Fen, fen, type MemberId, type StoreId, sumFen } from '@shuke/shared/kernel';
import type { PromotionUse } from '@shuke/shared/rules';
import { playOf } from './plays/all-plays.js';
import { memberLimitOf, type Promotion } from './promotion.js';

/** One limited quantity of a promotion with what an order adds to it. `promotionId` is 0 for a franchisee's month. */
export interface CounterUse {
  promotionId: string;
  counter: string;
  count: number;
  fen: Fen;
  limitCount: number | null;
  limitFen: Fen | null;
  /** What to tell the consumer when it is used up. */
  text: string;
}

export interface UseFacts {
  memberId: MemberId;
  storeId: StoreId;
  at: Date;
}

/** What an order adds to the limits of one promotion; a promotion without limits is not counted at all. */
export function countersOf(promotion: Promotion, uses: readonly PromotionUse[], facts: UseFacts): CounterUse[] {
  const { totalLimit, budgetFen, dayBudgetFen, storeBudgetFen } = promotion;
  const total = sumFen(uses.map((use) => use.fen));
  const pieces = uses.reduce((sum, use) => sum + use.qty, 0);
  const counters: CounterUse[] = [];
  const add = (counter: string, limitCount: number | null, limitFen: Fen | null, count: number, text: string) =>
    counters.push({ promotionId: promotion.id, counter, count, fen: total, limitCount, limitFen, text });
  const used = `「${promotion.name}」的名额刚刚用完了`;
  if (totalLimit !== null || budgetFen !== null) add('ALL', totalLimit, budgetFen, 1, used);
  if (dayBudgetFen !== null) add(`D:${businessDay(facts.at.getTime())}`, null, dayBudgetFen, 1, `${used}，明天再来`);
  if (storeBudgetFen !== null) add(`S:${facts.storeId}`, null, storeBudgetFen, 1, used);
  const memberLimit = memberLimitOf(promotion);
  if (memberLimit !== null) {
    // Pieces for plays that price pieces, orders for the others: "two per person" and "once per person".
    const count = playOf(promotion.kind).stage === 'UNIT' ? pieces : 1;
    const unit = playOf(promotion.kind).stage === 'UNIT' ? '件' : '次';
    add(`M:${facts.memberId}`, memberLimit, null, count, `「${promotion.name}」每人限 ${memberLimit} ${unit}`);
  }
  for (const use of uses) {
    const slice = use.skuId === null ? null : playOf(promotion.kind).sliceQty(promotion.terms, use.skuId);
    if (slice !== null) {
      const text = `「${promotion.name}」抢光了，下次早点来`;
      counters.push({
        promotionId: promotion.id,
        counter: `K:${facts.storeId}:${use.skuId}`,
        count: use.qty,
        fen: use.fen,
        limitCount: slice,
        limitFen: null,
        text,
      });
    }
  }
  return counters;
}

/** A franchisee's own promotions draw on what headquarters allows it for the month. */
export const envelopeUse = (promotion: Promotion, total: Fen, at: Date, budgetFen: Fen): CounterUse => ({
  promotionId: '0',
  counter: `F:${promotion.franchiseeId}:${monthOf(at)}`,
  count: 1,
  fen: total,
  limitCount: null,
  limitFen: budgetFen,
  text: `「${promotion.name}」本月的名额用完了`,
});

export const monthOf = (at: Date): string => businessDay(at.getTime()).slice(0, 7);

/** Adds up what goes to the same counter, in the order in which rows are locked. */
export function merged(list: readonly CounterUse[]): CounterUse[] {
  const byKey = new Map<string, CounterUse>();
  for (const one of list) {
    const key = `${one.promotionId}|${one.counter}`;
    const had = byKey.get(key);
    byKey.set(key, had ? { ...one, count: had.count + one.count, fen: fen(had.fen + one.fen) } : one);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
