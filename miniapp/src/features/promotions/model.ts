import type { PlayKind, ProductDetail, PromotionCard, PromotionItem } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

/** What a play asks the person to do with one of its goods. */
export type PlayAction = 'buy' | 'group' | 'bargain' | 'presale' | 'cart' | 'look';

const ACTIONS: Record<PlayKind, PlayAction> = {
  SECKILL: 'buy',
  LIMITED_DISCOUNT: 'buy',
  NEW_MEMBER: 'buy',
  GROUP_BUY: 'group',
  BARGAIN: 'bargain',
  PRESALE: 'presale',
  BUNDLE: 'cart',
  ADD_ON: 'cart',
  FULL_REDUCTION: 'look',
  N_FOR_X: 'look',
};
const WORDS: Record<PlayAction, string> = {
  buy: '马上抢',
  group: '去开团',
  bargain: '去砍价',
  presale: '预订',
  cart: '加入购物车',
  look: '去看看',
};
const ICONS: Record<PlayKind, string> = {
  SECKILL: 'clock',
  LIMITED_DISCOUNT: 'tag',
  NEW_MEMBER: 'heart',
  GROUP_BUY: 'user',
  BARGAIN: 'gift',
  PRESALE: 'bag',
  BUNDLE: 'bag',
  ADD_ON: 'plus',
  FULL_REDUCTION: 'ticket',
  N_FOR_X: 'ticket',
};

export const actionOf = (kind: PlayKind): PlayAction => ACTIONS[kind];
export const iconOf = (kind: PlayKind): string => ICONS[kind];

/** A presale that takes a deposit first, told by its own words: 「定金 ¥50 抵 ¥100」. */
export const hasDeposit = (card: PromotionCard): boolean => card.kind === 'PRESALE' && card.text.startsWith('定金');

const isGone = (item: PromotionItem): boolean => item.leftQty !== null && item.leftQty <= 0;

/** Whether a piece can be taken now, and what its button says. */
export function takeOf(card: PromotionCard, item: PromotionItem): { canTake: boolean; text: string } {
  if (card.state === 'SCHEDULED') return { canTake: false, text: '还没开始' };
  if (card.state === 'ENDED') return { canTake: false, text: '已结束' };
  if (isGone(item)) return { canTake: false, text: '抢完了' };
  if (hasDeposit(card)) return { canTake: true, text: '付定金' };
  // Goods of a presale come later, so an empty shelf says nothing of them.
  if (!item.isHere && card.kind !== 'PRESALE') return { canTake: false, text: '本店没货' };
  return { canTake: true, text: WORDS[actionOf(card.kind)] };
}

/** Pieces of the slice in words; null when the promotion has no slice of its own. */
export function leftPiecesText(item: PromotionItem): string | null {
  if (item.leftQty === null) return null;
  if (item.leftQty <= 0) return '已抢完';
  return item.sliceQty && item.leftQty * 5 <= item.sliceQty ? `只剩 ${item.leftQty} 件` : `还有 ${item.leftQty} 件`;
}

/** Share of the slice that is taken, in whole percent for the bar. */
export const takenPercent = (item: PromotionItem): number =>
  item.sliceQty && item.leftQty !== null ? Math.trunc(((item.sliceQty - item.leftQty) * 100) / item.sliceQty) : 0;

/** What a countdown counts to: the begin of what has not begun, else the end. */
export const countsTo = (card: PromotionCard): { instant: string; label: string } =>
  card.state === 'SCHEDULED' ? { instant: card.startsAt, label: '距开始' } : { instant: card.endsAt, label: '距结束' };

const TAG_ORDER: readonly PlayKind[] = [
  'SECKILL',
  'NEW_MEMBER',
  'LIMITED_DISCOUNT',
  'GROUP_BUY',
  'BARGAIN',
  'PRESALE',
  'BUNDLE',
  'N_FOR_X',
  'FULL_REDUCTION',
  'ADD_ON',
];

export interface CardTag {
  key: string;
  text: string;
}

/** At most two tags for a product's card. What holds for the whole store is said once on the page, not on each card. */
export function tagsOf(cards: readonly PromotionCard[], productId: string): CardTag[] {
  const tags: CardTag[] = [];
  for (const kind of TAG_ORDER)
    for (const card of cards) {
      if (card.kind !== kind || card.state !== 'LIVE') continue;
      const mine = card.items.filter((item) => item.productId === productId && !isGone(item));
      // What an add-on counts may be half the store: only the pieces that cost less with it say so.
      const isNamed = kind !== 'ADD_ON' && card.productIds.includes(productId);
      if (mine.length === 0 && !isNamed) continue;
      const lowest = mine.reduce<number | null>(
        (low, item) => (low === null || item.priceFen < low ? item.priceFen : low),
        null,
      );
      const hasPrice = lowest !== null && kind !== 'BUNDLE' && kind !== 'PRESALE';
      tags.push({ key: card.id, text: hasPrice ? `${card.label} ${priceText(lowest)}` : card.text });
    }
  return tags.slice(0, 2);
}

export interface Deal {
  card: PromotionCard;
  item: PromotionItem;
}

/** The offer that a product's page puts under its price: of the chosen SKU, or of any while none is chosen. */
export function dealOf(cards: readonly PromotionCard[], productId: string, skuId: string | null): Deal | null {
  const priced: readonly PlayKind[] = ['SECKILL', 'NEW_MEMBER', 'LIMITED_DISCOUNT'];
  let best: Deal | null = null;
  for (const card of cards) {
    if (!priced.includes(card.kind)) continue;
    for (const item of card.items) {
      if (item.productId !== productId || (skuId !== null && item.skuId !== skuId)) continue;
      if (item.priceFen >= item.shelfPriceFen) continue;
      if (!best || item.priceFen < best.item.priceFen) best = { card, item };
    }
  }
  return best;
}

/** The product with the pieces that a running seckill sells beside those at the usual price. */
export function withSlices(product: ProductDetail, cards: readonly PromotionCard[]): ProductDetail {
  const left = new Map<string, number>();
  for (const card of cards)
    if (card.state === 'LIVE')
      for (const { skuId, leftQty } of card.items) left.set(skuId, (left.get(skuId) ?? 0) + (leftQty ?? 0));
  const skus = product.skus.map((sku) => ({ ...sku, available: sku.available + (left.get(sku.id) ?? 0) }));
  return { ...product, skus };
}

/** Percent of a bargain that is already cut. */
export const cutPercent = (one: { startFen: number; nowFen: number; floorFen: number }): number =>
  one.startFen > one.floorFen ? Math.trunc(((one.startFen - one.nowFen) * 100) / (one.startFen - one.floorFen)) : 100;
