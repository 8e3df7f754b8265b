import { addFen, type Fen, fen, moneyText, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type AppliedShare, applyPromotions, Basket, type BasketLine, bearerFen } from '@shuke/shared/rules';
import { ACTIVITY_KINDS, playOf } from './plays/all-plays.js';
import { type LivePromotion, reaches, type StoreFacts } from './promotion.js';

/** A paid order of the past as a draft would have met it. */
export interface PastOrder {
  orderNo: string;
  store: StoreFacts;
  isFirst: boolean;
  isPickup: boolean;
  lines: readonly BasketLine[];
}

export interface WhatIfSample {
  orderNo: string;
  goodsFen: Fen;
  beforeFen: Fen;
  afterFen: Fen;
  text: string;
}

const SAMPLES = 8;
type Party = 'HQ' | 'STORE' | 'FRANCHISEE';

/** Adds up what a draft would have cost on past orders; orders are fed one by one, so that memory stays small. */
export class WhatIf {
  orderCount = 0;
  changedCount = 0;
  discountFen = ZERO_FEN;
  readonly byBearer = new Map<Party, Fen>();
  readonly byStore = new Map<string, { changedCount: number; discountFen: Fen }>();
  readonly samples: WhatIfSample[] = [];

  constructor(
    private readonly draft: LivePromotion,
    private readonly others: readonly LivePromotion[],
  ) {}

  /** Prices one order with today's promotions, and again with the draft; the difference is the draft's. */
  add(order: PastOrder): void {
    this.orderCount += 1;
    if (!reaches(this.draft.promotion, order.store)) return;
    const buyer = { isNewMember: order.isFirst, isPickup: order.isPickup };
    const { startsAt, endsAt, budgetFen } = this.draft.promotion;
    const around = this.others.filter(
      ({ promotion }) => promotion.startsAt < endsAt && startsAt < promotion.endsAt && reaches(promotion, order.store),
    );
    const start = Basket.of(order.lines);
    const before = applyPromotions(start, around, buyer).basket;
    const draft =
      budgetFen === null ? this.draft : { ...this.draft, budgetLeftFen: subFen(budgetFen, this.discountFen) };
    const after = this.apply(start, around, draft, buyer);
    const saved = subFen(before.leftFen(), after.leftFen());
    const mine = after.lines.flatMap((line) => line.applied.filter((one) => one.id === this.draft.id));
    if (mine.length === 0) return;
    this.note(order, start.leftFen(), before.leftFen(), after.leftFen(), mine, saved);
  }

  private apply(
    start: Basket,
    around: readonly LivePromotion[],
    draft: LivePromotion,
    buyer: { isNewMember: boolean },
  ) {
    if (!ACTIVITY_KINDS.has(draft.promotion.kind)) return applyPromotions(start, [...around, draft], buyer).basket;
    // Whoever bought the SKU would have come through the group, bargain or presale.
    for (const { line } of start.lines) {
      const price = playOf(draft.promotion.kind).skuPriceFen(draft.promotion.terms, line.skuId, line.unitPriceFen);
      if (price === null) continue;
      const activity = { promotionId: draft.id, sessionId: null, skuId: line.skuId, unitPriceFen: price };
      return applyPromotions(start, [draft], buyer, activity).basket;
    }
    return start;
  }

  private note(order: PastOrder, goodsFen: Fen, beforeFen: Fen, afterFen: Fen, mine: AppliedShare[], saved: Fen): void {
    const cost = sumFen(mine.map((one) => one.fen));
    this.changedCount += 1;
    this.discountFen = addFen(this.discountFen, cost);
    for (const share of mine)
      for (const { party, fen: part } of bearerFen(share.fen, share.bearers))
        this.byBearer.set(party as Party, addFen(this.byBearer.get(party as Party) ?? ZERO_FEN, part));
    const store = this.byStore.get(order.store.id) ?? { changedCount: 0, discountFen: ZERO_FEN };
    this.byStore.set(order.store.id, {
      changedCount: store.changedCount + 1,
      discountFen: addFen(store.discountFen, cost),
    });
    if (this.samples.length >= SAMPLES) return;
    const replaced = subFen(cost, fen(Math.max(0, saved)));
    const instead = replaced > 0 ? `，其中 ${moneyText(replaced)} 顶替了别的活动` : '';
    const text = `这个活动优惠 ${moneyText(cost)}${instead}`;
    this.samples.push({ orderNo: order.orderNo, goodsFen, beforeFen, afterFen, text });
  }
}
