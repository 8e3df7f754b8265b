import type { Cart } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type CartLine = Cart['lines'][number];

/** Can this line be bought here as it stands? */
export const isBuyable = (line: CartLine): boolean =>
  line.problem !== 'NOT_LISTED' &&
  line.problem !== 'OUT_OF_STOCK' &&
  (line.available > 0 || line.fromElsewhere !== undefined);

/** The most that the stepper offers: what is here, or as many as another store may be asked for. */
const ASKED_ELSEWHERE = 99;
export const mostOf = (line: CartLine): number => (line.fromElsewhere ? ASKED_ELSEWHERE : Math.max(line.available, 1));

/** Who else has it or sends it, in words; null when there is nothing to add. */
export const elsewhereText = ({ fromElsewhere, nearbyCount }: CartLine): string | null => {
  if (fromElsewhere) return `这家店没货了，由${fromElsewhere.storeName}发快递`;
  return nearbyCount ? `附近 ${nearbyCount} 店有货` : null;
};

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

/** What would be bought now: here, and selected. */
export const chosenOf = (cart: Cart | null): CartLine[] =>
  (cart?.lines ?? []).filter((line) => isBuyable(line) && line.isSelected);

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
  const chosen = chosenOf(cart);
  const tooMany = chosen.find((line) => line.qty > line.available && !line.fromElsewhere);
  return {
    buyable,
    gone: cart.lines.filter((line) => !isBuyable(line)),
    chosen,
    isAllChosen: buyable.length > 0 && chosen.length === buyable.length,
    canCheckOut: chosen.length > 0 && !tooMany,
    blockedText: tooMany ? `「${tooMany.name}」只剩 ${tooMany.available} 件，请调整数量` : null,
  };
}

export interface LineChange {
  skuId: string;
  name: string;
  spec: string;
  text: string;
  tone: 'good' | 'warn' | 'bad';
}

const isHere = (line: CartLine): boolean => line.problem !== 'NOT_LISTED' && line.problem !== 'OUT_OF_STOCK';

function changeOf(before: CartLine, after: CartLine): { text: string; tone: LineChange['tone'] } | null {
  if (!isHere(after)) {
    if (!isHere(before)) return null;
    return { text: after.problem === 'NOT_LISTED' ? '这家店没有上架' : '这家店已售罄', tone: 'bad' };
  }
  if (!isHere(before)) return { text: `这家店有货，${priceText(after.priceFen)}`, tone: 'good' };
  const difference = after.priceFen - before.priceFen;
  const price = `${priceText(before.priceFen)} → ${priceText(after.priceFen)}`;
  if (difference !== 0)
    return difference > 0
      ? { text: `贵了 ${priceText(difference)}（${price}）`, tone: 'warn' }
      : { text: `便宜了 ${priceText(-difference)}（${price}）`, tone: 'good' };
  if (after.qty > after.available && !after.fromElsewhere) return { text: `只剩 ${after.available} 件`, tone: 'warn' };
  return null;
}

/** What another store makes of the same cart, line by line; what stays the same is left out. */
export function switchChanges(before: Cart, after: Cart): LineChange[] {
  return after.lines.flatMap((line) => {
    const old = before.lines.find((one) => one.skuId === line.skuId);
    const change = old ? changeOf(old, line) : null;
    return change ? [{ skuId: line.skuId, name: line.name, spec: `${line.colour} · ${line.size}`, ...change }] : [];
  });
}
