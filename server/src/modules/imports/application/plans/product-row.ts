import { basisPoints, fen, floorShare, minFen, yuanText } from '@shuke/shared/kernel';
import type { CategoryId, KnownProduct, ProductValues } from '../../../catalog/index.js';
import { readMoney } from '../../domain/cells.js';
import type { MappedRow, Options } from '../../domain/import-types.js';

/** One SKU of a file of goods, with what its row says of the product. */
export interface ProductRow extends ProductValues {
  code: string;
  skuCode: string;
  colour: string;
  size: string;
  categoryId: CategoryId | null;
  known: KnownProduct | null;
  hasSku: boolean;
}

/** As much as a price may be anywhere else. */
const PRICE_MAX_FEN = 100_000_000;
/** What becomes of a product that is there. */
export const changeText = (was: ProductValues, now: ProductValues): string =>
  [
    was.name === now.name ? null : `${was.name} → ${now.name}`,
    was.listPriceFen === now.listPriceFen
      ? null
      : `吊牌价 ${yuanText(was.listPriceFen)} → ${yuanText(now.listPriceFen)}`,
    was.floorFen === now.floorFen ? null : `最低售价 ${yuanText(was.floorFen)} → ${yuanText(now.floorFen)}`,
    was.ceilingFen === now.ceilingFen ? null : `最高售价 ${yuanText(was.ceilingFen)} → ${yuanText(now.ceilingFen)}`,
  ]
    .filter((part) => part !== null)
    .join('，');

type ReadProduct = Omit<ProductRow, 'categoryId' | 'known' | 'hasSku'>;
/** What a file does not say of a product that is there stays as it is, as far as the list price lets it. */
export function readProduct(
  row: MappedRow,
  { moneyUnit }: Options,
  known: KnownProduct | null,
): ReadProduct | { problem: string } {
  const texts = { code: row.of('code'), skuCode: row.of('skuCode'), name: row.of('name') };
  if (texts.code === '' || texts.code.length > 40) return { problem: '款号为空或超过 40 个字' };
  if (texts.skuCode === '' || texts.skuCode.length > 40) return { problem: '货号为空或超过 40 个字' };
  if (texts.name === '' || texts.name.length > 60) return { problem: '商品名称为空或超过 60 个字' };
  const listPriceFen = readMoney(row.of('listPrice'), moneyUnit);
  if (listPriceFen === null || listPriceFen <= 0) return { problem: '吊牌价读不懂，应为 299 或 299.00' };
  const usual = known
    ? {
        floorFen: minFen(known.floorFen, listPriceFen),
        ceilingFen: fen(Math.max(known.ceilingFen, listPriceFen)),
      }
    : { floorFen: floorShare(listPriceFen, basisPoints(7000)), ceilingFen: listPriceFen };
  const floorFen = row.of('floor') === '' ? usual.floorFen : readMoney(row.of('floor'), moneyUnit);
  const ceilingFen = row.of('ceiling') === '' ? usual.ceilingFen : readMoney(row.of('ceiling'), moneyUnit);
  if (floorFen === null || ceilingFen === null) return { problem: '最低或最高售价读不懂' };
  if (ceilingFen > PRICE_MAX_FEN) return { problem: '价格不能超过 100 万元，请检查金额的单位' };
  if (!(floorFen > 0 && floorFen <= listPriceFen && listPriceFen <= ceilingFen))
    return { problem: '要满足 最低售价 ≤ 吊牌价 ≤ 最高售价' };
  return {
    ...texts,
    listPriceFen,
    floorFen,
    ceilingFen,
    colour: row.of('colour').slice(0, 20) || '均色',
    size: row.of('size').slice(0, 20) || '均码',
  };
}
