import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

type Place = (on: Queryable, brandId: BrandId, orderId: Id) => Promise<StoreId | null>;

let moved: Place = async () => null;

/** Where a pickup is handed over when that is not the store that sold it; whoever moves pickups registers the answer. */
export const PickupPlaces = {
  register: (place: Place): void => {
    moved = place;
  },
  of: (on: Queryable, brandId: BrandId, orderId: Id): Promise<StoreId | null> => moved(on, brandId, orderId),
};
