import type { Cart } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type CartLine = Cart['lines'][number];

/** Can this line be bought here as it stands? */
export const isBuyable = (line: CartLine): boolean =>
  line.problem !== 'NOT_LISTED' && line.problem !== 'OUT_OF_STOCK' && line.available > 0;

/** What changed since it was put in, in words; the server's words win. */
export function problemOf(line: CartLine): { text: string; tone: 'warn' | 'bad' } | null {
  if (line.problem === null) {
    if (line.priceFen < line.addedPriceFen)
      return { text: `比加入时便宜了 ${priceText(line.addedPriceFen - line.priceFen)}`, tone: 'warn' };
    return null;
  }
  switch (line.problem) {
    case 'NOT_LISTED':
      return { text: line.problemText ?? '这家店没有上架', tone: 'bad' };
    case 'OUT_OF_STOCK':
      return { text: line.problemText ?? '这家店已售罄', tone: 'bad' };
    case 'NOT_ENOUGH':
      return { text: line.problemText ?? `只剩 ${line.available} 件了`, tone: 'warn' };
    case 'PRICE_CHANGED':
      return {
        text: line.problemText ?? `价格有变：${priceText(line.addedPriceFen)} → ${priceText(line.priceFen)}`,
        tone: 'warn',
      };
  }
}

export interface CartView {
  buyable: CartLine[];
  gone: CartLine[];
  chosen: CartLine[];
  isAllChosen: boolean;
  canCheckOut: boolean;
  blockedText: string | null;
}

/** Splits the cart into what can be bought here and what cannot, and says whether the checkout may open. */
export function cartView(cart: Cart): CartView {
  const buyable = cart.lines.filter(isBuyable);
  const chosen = buyable.filter((line) => line.isSelected);
  const tooMany = chosen.find((line) => line.qty > line.available);
  return {
    buyable,
    gone: cart.lines.filter((line) => !isBuyable(line)),
    chosen,
    isAllChosen: buyable.length > 0 && chosen.length === buyable.length,
    canCheckOut: chosen.length > 0 && !tooMany,
    blockedText: tooMany ? `「${tooMany.name}」只剩 ${tooMany.available} 件，请调整数量` : null,
  };
}
