import { type Fen, fen, negFen } from '../../kernel/index.js';
import type { Basket } from './basket.js';
import type {
  Gift,
  PlayOffer,
  PlayRefusal,
  PricedPromotion,
  PriceStepText,
  PromotionUse,
  UnusedPromotion,
} from './price-types.js';

/** Collects what the stages do, so that they read as rules. */
export class StageOutcome {
  readonly uses = new Map<string, PromotionUse>();
  readonly gifts: Gift[] = [];
  readonly steps: PriceStepText[] = [];
  readonly unused = new Map<string, UnusedPromotion>();

  take(basket: Basket, promotion: PricedPromotion, at: number, wanted: Fen): Fen {
    return basket.take(at, wanted, shareOf(promotion));
  }

  use(promotion: PricedPromotion, skuId: string | null, qty: number, amount: Fen): void {
    const key = `${promotion.id}:${skuId ?? ''}`;
    const had = this.uses.get(key);
    this.uses.set(key, {
      promotionId: promotion.id,
      skuId,
      qty: (had?.qty ?? 0) + qty,
      fen: fen((had?.fen ?? 0) + amount),
    });
  }

  step(promotion: PricedPromotion, amount: Fen, explain: string): void {
    this.steps.push({ label: promotion.label, amountFen: negFen(amount), explain: `${promotion.name}：${explain}` });
  }

  give(promotion: PricedPromotion, offer: PlayOffer): void {
    for (const gift of offer.gifts) this.gifts.push({ ...gift, promotionId: promotion.id });
  }

  refuse(promotion: PricedPromotion, why: PlayRefusal): void {
    if (!why.isNear) return;
    const { id, label, name } = promotion;
    this.unused.set(id, { promotionId: id, label, name, failing: why.failing, lackFen: why.lackFen });
  }
}

/** A promotion as the shares that it makes are kept with. */
export const shareOf = (promotion: PricedPromotion) => ({
  kind: 'PROMOTION' as const,
  id: promotion.id,
  name: promotion.name,
  bearers: promotion.bearers,
});
