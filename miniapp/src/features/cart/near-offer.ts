import type { CheckoutPreview, PromotionCard } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type NearPromotion = NonNullable<NonNullable<CheckoutPreview['offers']>['nearPromotions']>[number];

const nearOf = (best: CheckoutPreview | null): readonly NearPromotion[] => best?.offers?.nearPromotions ?? [];

/** The offer that the least money is missing for; nobody is asked to buy more than once again what is chosen. */
export function nearestOffer(best: CheckoutPreview, except: readonly string[]): NearPromotion | null {
  const near = nearOf(best).flatMap((one) =>
    one.lackFen !== null && one.lackFen <= best.goodsFen && !except.includes(one.promotionId)
      ? [{ one, lackFen: one.lackFen }]
      : [],
  );
  return near.sort((a, b) => a.lackFen - b.lackFen)[0]?.one ?? null;
}

/** How far a cart is from an add-on: what is missing, that one may be chosen, or what the chosen one saves. */
export function addOnWords(card: PromotionCard, best: CheckoutPreview | null): string {
  const near = nearOf(best).find((one) => one.promotionId === card.id);
  if (near) return near.failing;
  const step = best?.steps.find((one) => one.label === card.label && one.explain.startsWith(`${card.name}：`));
  return step && step.amountFen < 0 ? `已换购，省 ${priceText(-step.amountFen)}` : card.text;
}
