import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { ADDRESSES_MAX, type AddressFields, type AddressId, type SavedAddress } from '../domain/types.js';
import { AddressStore } from '../persistence/address.store.js';
import { refuseCart } from './cart-errors.js';

export type AddressChange = AddressFields & { isDefault?: boolean };

/** A member's addresses; exactly one of them is the default while there is any. */
@Injectable()
export class KeepAddresses {
  private readonly rows = new AddressStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  list(actor: Consumer): Promise<SavedAddress[]> {
    return this.rows.list(this.database, actor.brandId, actor.memberId);
  }

  /** @throws AppError ADDRESSES_FULL */
  add(actor: Consumer, { isDefault, ...fields }: AddressChange): Promise<SavedAddress> {
    const { brandId, memberId } = actor;
    return this.change(actor, 'add address', async (tx, before) => {
      if (before.length >= ADDRESSES_MAX) throw refuseCart('ADDRESSES_FULL');
      const address = {
        ...fields,
        id: this.ids.next<'address'>(),
        isDefault: isDefault === true || before.length === 0,
      };
      await this.rows.insert(tx, brandId, memberId, address);
      if (address.isDefault) await this.rows.setDefault(tx, brandId, memberId, address.id);
      return address;
    });
  }

  /** @throws AppError NOT_FOUND for an address that is not the member's */
  update(actor: Consumer, id: AddressId, { isDefault, ...fields }: AddressChange): Promise<SavedAddress> {
    const { brandId, memberId } = actor;
    return this.change(actor, 'update address', async (tx, list) => {
      const before = list.find((address) => address.id === id);
      if (!before) throw refuse('NOT_FOUND');
      // The default is given up only by making another one the default.
      const address = { ...fields, id, isDefault: isDefault === true || before.isDefault };
      await this.rows.update(tx, brandId, memberId, address);
      if (address.isDefault && !before.isDefault) await this.rows.setDefault(tx, brandId, memberId, id);
      return address;
    });
  }

  /** @throws AppError NOT_FOUND for an address that is not the member's */
  remove(actor: Consumer, id: AddressId): Promise<void> {
    const { brandId, memberId } = actor;
    return this.change(actor, 'remove address', async (tx, list) => {
      if (!(await this.rows.remove(tx, brandId, memberId, id))) throw refuse('NOT_FOUND');
      const next = list.find((address) => address.id !== id);
      const wasDefault = list.some((address) => address.id === id && address.isDefault);
      if (wasDefault && next) await this.rows.setDefault(tx, brandId, memberId, next.id);
    });
  }

  private change<T>(
    actor: Consumer,
    label: string,
    work: (tx: Tx, before: readonly SavedAddress[]) => Promise<T>,
  ): Promise<T> {
    const { brandId, memberId } = actor;
    return this.unitOfWork.run(label, async (tx) => {
      await this.rows.lockMember(tx, brandId, memberId);
      return work(tx, await this.rows.list(tx, brandId, memberId));
    });
  }
}
