import { Inject, Injectable } from '@nestjs/common';
import type { InStorePayment } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Guide } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { mayUndo, Organization, undoRefusal } from '../../organization/index.js';
import { InStoreStore } from '../persistence/in-store.store.js';
import { refuseAsset } from './assets-errors.js';
import { InStorePayments } from './in-store-payments.js';
import { InStoreViews } from './in-store-views.js';

/** A payment from the wallet that a clerk takes back: what it took goes back to the lots it came from. */
@Injectable()
export class UndoPayment {
  private readonly rows = new InStoreStore();

  constructor(
    @Inject(InStorePayments) private readonly payments: InStorePayments,
    @Inject(InStoreViews) private readonly views: InStoreViews,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Whoever took it within the brand's minutes, afterwards the store's manager.
   * @throws AppError NOT_FOUND outside the guide's store, REVERSE_NOT_ALLOWED, PAYMENT_STATE when it is not paid or was undone
   */
  async run(actor: Guide, id: Id, reason: string): Promise<InStorePayment> {
    const { undoMinutes } = await this.organization.brand(actor.brandId);
    await this.unitOfWork.run('reverse a wallet payment', async (tx) => {
      const row = await this.rows.find(tx, actor.brandId, id, true);
      if (!row || row.storeId !== actor.storeId) throw refuse('NOT_FOUND');
      if (!mayUndo(actor, { ...row, at: row.paidAt ?? row.createdAt }, undoMinutes, tx.now))
        throw refuseAsset('REVERSE_NOT_ALLOWED', { minutes: undoMinutes }, undoRefusal(undoMinutes));
      await this.payments.reverseRow(tx, row, reason);
    });
    return this.views.one(actor, await this.payments.visible(actor, id));
  }
}
