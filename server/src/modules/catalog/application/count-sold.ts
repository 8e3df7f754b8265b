import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { ShelvingStore } from '../persistence/shelving.store.js';

const rows = new ShelvingStore();

/** Counts paid orders' pieces into the sales figures that shelves can be sorted by. */
export const countSold = (tx: Tx, brandId: BrandId, orderIds: readonly string[]): Promise<void> =>
  rows.countSold(tx, brandId, orderIds);
