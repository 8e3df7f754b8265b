import { businessDay, type Fen, fen, type MemberId, type StoreId, sumFen } from '@shuke/shared/kernel';
import type { PromotionUse } from '@shuke/shared/rules';
import { playOf } from './plays/all-plays.js';
import { memberLimitOf, type Promotion } from './promotion.js';

/** Stands for the promotion in counters that no single promotion has. */
export const NO_PROMOTION = '0';

/** The counters of a person: of one promotion, and of what a person takes once whichever promotion offers it. */
export const memberCounter = (memberId: string): string => `M:${memberId}`;
export const onceCounter = (memberId: string): string => `N:${memberId}`;
export const isPersonal = (counter: string): boolean => /^[MN]:/.test(counter);
/** The same counter of another person: a merge gives orders to another account, and their limits with them. */
export const personalOf = (counter: string, memberId: string): string => `${counter.slice(0, 2)}${memberId}`;

/** One limited quantity of a promotion with what an order adds to it, or one that promotions share. */
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
  if (playOf(promotion.kind).isOncePerPerson) counters.push(onceUse(promotion, total, facts.memberId));
  else if (memberLimit !== null) {
    // Pieces for plays that price pieces, orders for the others: "two per person" and "once per person".
    const count = playOf(promotion.kind).stage === 'UNIT' ? pieces : 1;
    const unit = playOf(promotion.kind).stage === 'UNIT' ? '件' : '次';
    add(memberCounter(facts.memberId), memberLimit, null, count, `「${promotion.name}」每人限 ${memberLimit} ${unit}`);
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

/** Two offers for new members side by side are one chance: whoever has an order with one cannot take the other. */
const onceUse = (promotion: Promotion, total: Fen, memberId: MemberId): CounterUse => ({
  promotionId: NO_PROMOTION,
  counter: onceCounter(memberId),
  count: 1,
  fen: total,
  limitCount: 1,
  limitFen: null,
  text: `${playOf(promotion.kind).label}每人只有一次，你已经有一笔在用；取消那一笔，才能换「${promotion.name}」`,
});

/** A franchisee's own promotions draw on what headquarters allows it for the month. */
export const envelopeUse = (promotion: Promotion, total: Fen, at: Date, budgetFen: Fen): CounterUse => ({
  promotionId: NO_PROMOTION,
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
