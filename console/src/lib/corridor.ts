import { moneyText } from './money';
import type { Listing } from './types';

/** Why a store may not ask this price; null when it lies in the corridor. Null as price means: follow the list price. */
export function priceProblem(
  listing: Pick<Listing, 'floorFen' | 'ceilingFen'>,
  priceFen: number | null,
): string | null {
  if (priceFen === null) return '请填写金额，最多两位小数';
  const corridor = `总部允许 ${moneyText(listing.floorFen)}–${moneyText(listing.ceilingFen)}`;
  if (priceFen < listing.floorFen) return `${moneyText(priceFen)} 低于最低价，${corridor}`;
  if (priceFen > listing.ceilingFen) return `${moneyText(priceFen)} 高于最高价，${corridor}`;
  return null;
}
