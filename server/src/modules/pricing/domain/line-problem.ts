export type ProblemKind = 'UNKNOWN' | 'NOT_LISTED' | 'OFF_SALE' | 'OUT_OF_STOCK' | 'NOT_ENOUGH';

/** What a store says about a SKU. */
export interface Sellable {
  isListed: boolean;
  isOnSale: boolean;
  available: number;
}

/** Why a store cannot sell so many of a SKU, or null when it can. */
export function lineProblem(offer: Sellable | null, qty: number): ProblemKind | null {
  if (!offer) return 'UNKNOWN';
  if (!offer.isOnSale) return 'OFF_SALE';
  if (!offer.isListed) return 'NOT_LISTED';
  if (offer.available <= 0) return 'OUT_OF_STOCK';
  return offer.available < qty ? 'NOT_ENOUGH' : null;
}

/** The problem in plain words. */
export function problemText(kind: ProblemKind, available: number): string {
  switch (kind) {
    case 'UNKNOWN':
      return '这件商品已经不在了';
    case 'OFF_SALE':
      return '这件商品已经下架';
    case 'NOT_LISTED':
      return '这家店没有上架这件商品，可以换一家店看看';
    case 'OUT_OF_STOCK':
      return '这家店暂时没货了';
    case 'NOT_ENOUGH':
      return `这家店只剩 ${available} 件了`;
  }
}
