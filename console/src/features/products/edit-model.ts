import type { api } from '../../lib/api';
import { moneyText } from '../../lib/money';
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

/** Texts typed one by one, without blanks, each no longer than it may be. */
export const shortTexts = (texts: readonly string[], most: number): string[] => [
  ...new Set(texts.map((text) => text.trim().slice(0, most)).filter(Boolean)),
];

/** The editor's answer without what only the server says; a SKU at the list price follows it and has none of its own. */
export function inputOf(product: Editor): ProductInput {
  const { id: _i, status: _s, ownerFranchiseeId: _o, ownerName: _n, version: _v, ...input } = product;
  const skus = input.skus.map(({ listPriceFen, ...sku }) =>
    listPriceFen === product.listPriceFen ? sku : { ...sku, listPriceFen },
  );
  return { ...input, skus };
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

const CODE = /^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$/;

function coloursProblem({ colours }: ProductDraft): string | null {
  if (colours.length === 0) return '至少加一个颜色';
  if (colours.some((colour) => colour.name.trim() === '')) return '有一个颜色还没有名字';
  const blank = colours.find((colour) => !colour.imageUrl);
  if (blank) return `「${blank.name}」还没有图片`;
  return new Set(colours.map((colour) => colour.name)).size === colours.length ? null : '有两个颜色同名';
}

function skusProblem({ skus, colours, floorFen, ceilingFen }: ProductDraft): string | null {
  if (skus.length === 0) return '至少要有一个规格，写上尺码后点「生成规格」';
  for (const { code, colour, size, listPriceFen } of skus) {
    const name = `规格「${colour} / ${size}」`;
    if (!colours.some((one) => one.name === colour)) return `${name}的颜色已经改名或去掉了，去掉这个规格再重新生成`;
    if (!CODE.test(code)) return `${name}的货号只能用字母、数字和 . _ -`;
    if (listPriceFen === undefined || floorFen === null || ceilingFen === null) continue;
    if (listPriceFen < floorFen || listPriceFen > ceilingFen)
      return `${name}的标价 ${moneyText(listPriceFen)} 不在 ${moneyText(floorFen)}–${moneyText(ceilingFen)} 之间`;
  }
  return new Set(skus.map((sku) => sku.code)).size === skus.length ? null : '有两个规格的货号相同';
}

/** What is missing or wrong; null when it can be saved. */
export function productProblem(input: ProductDraft): string | null {
  if (input.name.trim().length < 2) return '名称至少两个字';
  if (input.code === '') return '写上款号';
  if (!CODE.test(input.code)) return '款号只能用字母、数字和 . _ -';
  if (!input.categoryId) return '选一个品类';
  if (input.images.length === 0) return '至少传一张图片';
  return coloursProblem(input) ?? corridorProblem(input) ?? skusProblem(input);
}

/** The draft as it is sent, every SKU with its price; null while something is missing or wrong. */
export function readyInput({ listPriceFen, floorFen, ceilingFen, ...rest }: ProductDraft): ProductInput | null {
  if (listPriceFen === null || floorFen === null || ceilingFen === null) return null;
  const skus = rest.skus.map((sku) => ({ ...sku, listPriceFen: sku.listPriceFen ?? listPriceFen }));
  const input = { ...rest, listPriceFen, floorFen, ceilingFen, skus };
  return productProblem(input) === null ? input : null;
}
