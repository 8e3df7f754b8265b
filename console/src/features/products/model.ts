import { moneyText } from '../../lib/money';

export interface Corridor {
  floorFen: number | null;
  ceilingFen: number | null;
  listPriceFen: number | null;
}

const FIELDS = [
  ['listPriceFen', '标价'],
  ['floorFen', '门店最低价'],
  ['ceilingFen', '门店最高价'],
] as const;

/** What is wrong with a price corridor; null when it holds. */
export function corridorProblem(corridor: Corridor): string | null {
  const { floorFen, ceilingFen, listPriceFen } = corridor;
  if (floorFen === null || ceilingFen === null || listPriceFen === null) {
    const missing = FIELDS.filter(([name]) => corridor[name] === null);
    return `写上${missing.map(([, words]) => words).join('、')}`;
  }
  if (floorFen > ceilingFen) return `最低价 ${moneyText(floorFen)} 高于最高价 ${moneyText(ceilingFen)}`;
  if (listPriceFen < floorFen || listPriceFen > ceilingFen)
    return `标价 ${moneyText(listPriceFen)} 不在 ${moneyText(floorFen)}–${moneyText(ceilingFen)} 之间`;
  return null;
}

export const PRODUCT_STATUS = { ON_SALE: '在售', OFF_SALE: '已下架' } as const;
