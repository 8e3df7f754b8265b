import { moneyText } from '../../lib/money';

export interface Corridor {
  floorFen: number | null;
  ceilingFen: number | null;
  listPriceFen: number | null;
}

/** What is wrong with a price corridor; null when it holds. */
export function corridorProblem({ floorFen, ceilingFen, listPriceFen }: Corridor): string | null {
  if (floorFen === null || ceilingFen === null || listPriceFen === null) return '请填写金额，最多两位小数';
  if (floorFen > ceilingFen) return `最低价 ${moneyText(floorFen)} 高于最高价 ${moneyText(ceilingFen)}`;
  if (listPriceFen < floorFen || listPriceFen > ceilingFen)
    return `标价 ${moneyText(listPriceFen)} 不在 ${moneyText(floorFen)}–${moneyText(ceilingFen)} 之间`;
  return null;
}

export const PRODUCT_STATUS = { ON_SALE: '在售', OFF_SALE: '已下架' } as const;
