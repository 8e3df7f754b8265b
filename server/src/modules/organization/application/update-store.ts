import { Inject, Injectable } from '@nestjs/common';
import { fen, type StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { storeProblem } from '../domain/store-rules.js';
import type { Store } from '../domain/types.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { Organization } from './organization.js';
import { refuseStore } from './organization-errors.js';

/** What headquarters may change of a store; what is left out stays. */
export interface StoreChange {
  version: number;
  name?: string;
  status?: Store['status'];
  phone?: string;
  hours?: { open: string; close: string };
  serviceRadiusM?: number;
  collectMode?: Store['collectMode'];
  subMchid?: string | null;
  deliveryFeeFen?: number;
  canShip?: boolean;
  canPickup?: boolean;
  imageUrl?: string;
}

/** A store that nobody enters and where nobody works. */
const GONE: readonly Store['status'][] = ['CLOSED', 'DRAFT'];

/** Changes a store's settings. */
@Injectable()
export class UpdateStore {
  private readonly rows = new OrganizationStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws AppError NOT_FOUND for a store outside the scope, CONFLICT when somebody else changed it since `version`,
   *   COLLECT_NEEDS_MERCHANT, SELF_COLLECTS_BY_BRAND and HOURS for settings that cannot work, STORE_HAS_ORDERS when it
   *   would be gone while orders wait for it.
   */
  async run(actor: Desk, storeId: StoreId, change: StoreChange): Promise<void> {
    const before = await this.organization.requireStore(actor, storeId);
    const after: Store = {
      ...before,
      name: change.name ?? before.name,
      status: change.status ?? before.status,
      phone: change.phone ?? before.phone,
      openAt: change.hours?.open ?? before.openAt,
      closeAt: change.hours?.close ?? before.closeAt,
      serviceRadiusM: change.serviceRadiusM ?? before.serviceRadiusM,
      collectMode: change.collectMode ?? before.collectMode,
      subMchid: change.subMchid === undefined ? before.subMchid : change.subMchid,
      deliveryFeeFen: change.deliveryFeeFen === undefined ? before.deliveryFeeFen : fen(change.deliveryFeeFen),
      canShip: change.canShip ?? before.canShip,
      canPickup: change.canPickup ?? before.canPickup,
      imageUrl: change.imageUrl ?? before.imageUrl,
    };
    const problem = storeProblem(after);
    if (problem) throw refuseStore(problem);
    // The snapshot may be a moment old; the version in the WHERE makes sure that what was merged is what is stored.
    const isSaved =
      before.version === change.version &&
      (await this.unitOfWork.run('update store', async (tx) => {
        if (GONE.includes(after.status) && !GONE.includes(before.status) && (await this.rows.hasOpenOrders(tx, after)))
          throw refuseStore('STORE_HAS_ORDERS');
        return this.rows.update(tx, after, change.version);
      }));
    this.organization.forget(actor.brandId);
    if (!isSaved) throw refuse('CONFLICT');
  }
}
