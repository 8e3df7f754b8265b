import { moneyText } from '../../lib/money';
import type { Listing, ListingSku } from '../../lib/types';

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
