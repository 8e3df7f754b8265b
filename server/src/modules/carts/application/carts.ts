import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { AddressId, SavedAddress } from '../domain/types.js';
import { AddressStore } from '../persistence/address.store.js';
import { CartStore } from '../persistence/cart.store.js';

/** The door to carts and addresses for the modules that make orders. */
@Injectable()
export class Carts {
  private readonly carts = new CartStore();
  private readonly addresses = new AddressStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Takes what orders buy out of their members' carts, in the transaction of the orders. */
  async removeBought(
    tx: Tx,
    ...bought: readonly { brandId: BrandId; memberId: MemberId | null; skuIds: readonly Id<'sku'>[] }[]
  ): Promise<void> {
    const parts = bought.flatMap(({ brandId, memberId, skuIds }) =>
      memberId === null ? [] : [{ brandId, memberId, skuIds }],
    );
    await this.carts.remove(tx, parts);
  }

  /** A member's own address, or null when it has none of this number (any more). */
  async address(brandId: BrandId, memberId: MemberId, addressId: AddressId): Promise<SavedAddress | null> {
    const list = await this.addresses.list(this.database, brandId, memberId);
    return list.find((address) => address.id === addressId) ?? null;
  }

  /**
   * The address asked for, else the default one, else the newest, else null.
   * @throws AppError NOT_FOUND for an address that is not the member's
   */
  async addressFor(brandId: BrandId, memberId: MemberId, addressId?: AddressId): Promise<SavedAddress | null> {
    if (addressId === undefined) return (await this.addresses.list(this.database, brandId, memberId))[0] ?? null;
    const found = await this.address(brandId, memberId, addressId);
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }
}
