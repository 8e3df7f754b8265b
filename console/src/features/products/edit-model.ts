import type { api } from '../../lib/api';
import type { Answer } from '../../lib/types';
import { type Corridor, corridorProblem } from './model';

export type Editor = Answer<'product'>;
export type ProductInput = Parameters<typeof api.console.createProduct>[0]['body'];
export type SkuInput = ProductInput['skus'][number];
/** What is being written: an amount that nobody has typed yet is nothing, not zero. */
export type ProductDraft = Omit<ProductInput, keyof Corridor> & Corridor;

export const EMPTY: ProductDraft = {
  code: '',
  categoryId: '',
  name: '',
  subtitle: '',
  description: '',
  images: [],
  sellingPoints: [],
  attributes: [],
  care: '',
  sizeTable: [],
  colours: [],
  badge: null,
  listPriceFen: null,
  floorFen: null,
  ceilingFen: null,
  rankScore: 0,
  skus: [],
};

/** The editor's answer as it is sent back: the same without what only the server says. */
export function inputOf(product: Editor): ProductInput {
  const { id: _i, status: _s, ownerFranchiseeId: _o, ownerName: _n, version: _v, ...input } = product;
  return input;
}

/** One SKU per colour and size. Those that exist keep their id and code; none is dropped, because orders refer to them. */
export function skusOf(
  code: string,
  colours: readonly string[],
  sizes: readonly string[],
  have: readonly SkuInput[],
): SkuInput[] {
  const key = (colour: string, size: string) => `${colour}\n${size}`;
  const known = new Set(have.map((sku) => key(sku.colour, sku.size)));
  const codes = new Set(have.map((sku) => sku.code));
  const fresh: SkuInput[] = [];
  colours.forEach((colour, at) => {
    for (const size of sizes) {
      if (known.has(key(colour, size))) continue;
      const tail = size.replace(/[^0-9A-Za-z]/g, '') || String(sizes.indexOf(size) + 1);
      let skuCode = `${code}-${at + 1}-${tail}`;
      for (let more = 2; codes.has(skuCode); more += 1) skuCode = `${code}-${at + 1}-${tail}-${more}`;
      codes.add(skuCode);
      fresh.push({ code: skuCode, colour, size });
    }
  });
  return [...have, ...fresh];
}

/** What is missing or wrong; null when it can be saved. */
export function productProblem(input: ProductDraft): string | null {
  if (input.name.trim().length < 2) return '名称至少两个字';
  if (input.code === '') return '写上款号';
  if (!/^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$/.test(input.code)) return '款号只能用字母、数字和 . _ -';
  if (!input.categoryId) return '选一个品类';
  if (input.images.length === 0) return '至少传一张图片';
  if (input.colours.length === 0) return '至少加一个颜色';
  const blank = input.colours.find((colour) => !colour.imageUrl);
  if (blank) return `「${blank.name}」还没有图片`;
  if (new Set(input.colours.map((colour) => colour.name)).size !== input.colours.length) return '有两个颜色同名';
  if (input.skus.length === 0) return '至少要有一个规格，写上尺码后点「生成规格」';
  if (new Set(input.skus.map((sku) => sku.code)).size !== input.skus.length) return '有两个规格的货号相同';
  return corridorProblem(input);
}

/** The draft as it is sent; null while something is missing or wrong. */
export function readyInput({ listPriceFen, floorFen, ceilingFen, ...rest }: ProductDraft): ProductInput | null {
  if (listPriceFen === null || floorFen === null || ceilingFen === null) return null;
  const input = { ...rest, listPriceFen, floorFen, ceilingFen };
  return productProblem(input) === null ? input : null;
}
