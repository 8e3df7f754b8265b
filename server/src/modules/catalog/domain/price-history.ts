import type { Fen } from '@shuke/shared/kernel';

/** One change of a SKU's price in a store: of the list price, or of the store's own, where null means none. */
export interface PriceStep {
  isList: boolean;
  beforeFen: Fen | null;
}

/**
 * The lowest price that counted at any moment back to the first given change, found by walking back from now: a store's
 * own price where it had one, else the list price.
 * @param steps the changes since the moment asked about, newest first
 */
export function lowestPrice(now: { listFen: Fen; storeFen: Fen | null }, steps: readonly PriceStep[]): Fen {
  let { listFen, storeFen } = now;
  let lowest = storeFen ?? listFen;
  for (const { isList, beforeFen } of steps) {
    if (!isList) storeFen = beforeFen;
    else if (beforeFen !== null) listFen = beforeFen;
    const price = storeFen ?? listFen;
    if (price < lowest) lowest = price;
  }
  return lowest;
}
