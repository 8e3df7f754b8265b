import type { ProductDetail } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type Sku = ProductDetail['skus'][number];
export interface Choice {
  colour: string;
  size: string | null;
}

const FEW = 5;

/** Stock in honest words; null when there is plenty and nothing needs saying. */
export function stockText(available: number): string | null {
  if (available <= 0) return '已售罄';
  return available <= FEW ? `仅剩 ${available} 件` : null;
}

/** The first colour that has anything left; sizes are never chosen for the person. */
export function firstChoice(product: ProductDetail): Choice {
  const inStock = product.colours.find(({ name }) =>
    product.skus.some((sku) => sku.colour === name && sku.available > 0),
  );
  const only = product.sizes.length === 1 ? (product.sizes[0] ?? null) : null;
  return { colour: (inStock ?? product.colours[0])?.name ?? '', size: only };
}

export const skuOf = (product: ProductDetail, choice: Choice): Sku | null =>
  product.skus.find((sku) => sku.colour === choice.colour && sku.size === choice.size) ?? null;

/** Sizes of a colour with what is left of each. */
export function sizesOf(product: ProductDetail, colour: string): { size: string; available: number }[] {
  return product.sizes.map((size) => ({ size, available: skuOf(product, { colour, size })?.available ?? 0 }));
}

export const isColourOut = (product: ProductDetail, colour: string): boolean =>
  product.skus.filter((sku) => sku.colour === colour).every((sku) => sku.available <= 0);

/** Pictures to leaf through: the chosen colour first, nothing twice. */
export function galleryOf(product: ProductDetail, colour: string): string[] {
  const own = product.colours.find((one) => one.name === colour)?.imageUrl;
  return [...new Set([...(own ? [own] : []), ...product.images])].filter(Boolean);
}

export interface PriceStory {
  priceFen: number;
  listPriceFen: number;
  isFrom: boolean;
  text: string;
}

/** What it costs here and why: this SKU's price once it is known, the lowest before. */
export function priceStory(product: ProductDetail, sku: Sku | null, storeName: string): PriceStory {
  const prices = product.skus.map((one) => one.priceFen);
  const priceFen = sku?.priceFen ?? product.priceFen;
  const listPriceFen = sku?.listPriceFen ?? product.listPriceFen;
  const isFrom = sku === null && prices.some((price) => price !== priceFen);
  const saved = listPriceFen - priceFen;
  const text = !product.isListed
    ? `${storeName}还没有上架，价格仅供参考`
    : saved > 0
      ? `吊牌价 ${priceText(listPriceFen)}，${storeName}优惠 ${priceText(saved)}`
      : `${storeName}与全国吊牌价一致`;
  return { priceFen, listPriceFen, isFrom, text };
}

/** What still has to be chosen before buying. */
export function missingText(choice: Choice, sku: Sku | null): string | null {
  if (!choice.colour) return '请选择颜色';
  if (!choice.size) return '请选择尺码';
  if (!sku) return '这个颜色没有这个尺码';
  return sku.available > 0 ? null : '这个尺码在本店已售罄';
}

export const SORTS = [
  { key: 'recommended', label: '推荐' },
  { key: 'newest', label: '新品' },
  { key: 'sales', label: '销量' },
  { key: 'price-asc', label: '价格从低到高' },
  { key: 'price-desc', label: '价格从高到低' },
] as const;
export type SortKey = (typeof SORTS)[number]['key'];

/** What a tap on 价格 does: cheapest first, then dearest first, and so on. */
export const nextPriceSort = (now: SortKey): SortKey => (now === 'price-asc' ? 'price-desc' : 'price-asc');

/** Search words kept for next time: newest first, no repeats, ten at most. */
export function rememberWord(words: readonly string[], word: string): string[] {
  const trimmed = word.trim();
  if (!trimmed) return [...words];
  return [trimmed, ...words.filter((one) => one !== trimmed)].slice(0, 10);
}
