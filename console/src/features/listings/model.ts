import { moneyText } from '../../lib/money';
import type { Listing, ListingSku } from '../../lib/types';

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

export interface ListingSum {
  priceText: string;
  available: number;
  onHand: number;
  hasOwnPrice: boolean;
  /** SKUs that cannot be sold now. */
  soldOut: number;
}

const priceOf = (sku: ListingSku): number => sku.storePriceFen ?? sku.listPriceFen;

export function sumListing(listing: Listing): ListingSum {
  const prices = listing.skus.map(priceOf);
  const low = Math.min(...prices);
  const high = Math.max(...prices);
  return {
    priceText: prices.length === 0 ? '—' : low === high ? moneyText(low) : `${moneyText(low)} – ${moneyText(high)}`,
    available: listing.skus.reduce((sum, sku) => sum + sku.available, 0),
    onHand: listing.skus.reduce((sum, sku) => sum + sku.onHand, 0),
    hasOwnPrice: listing.skus.some((sku) => sku.storePriceFen !== null),
    soldOut: listing.skus.filter((sku) => sku.available <= 0).length,
  };
}
