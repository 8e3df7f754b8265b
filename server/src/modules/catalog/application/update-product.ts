import { Inject, Injectable } from '@nestjs/common';
import { fen } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { corridorText, isSound } from '../domain/corridor.js';
import type { ProductId } from '../domain/types.js';
import { toShelve } from '../events/to-shelve.js';
import { type PricedProduct, ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';
import { Reprice } from './reprice.js';

/** What headquarters may change of a product; what is left out stays. */
export interface ProductChange {
  version: number;
  name?: string;
  subtitle?: string;
  status?: 'ON_SALE' | 'OFF_SALE';
  listPriceFen?: number;
  floorFen?: number;
  ceilingFen?: number;
}

/** Changes a product, its list price or its corridor; store prices that fall outside follow to the corridor's edge. */
@Injectable()
export class UpdateProduct {
  private readonly rows = new ShelvingStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Reprice) private readonly reprice: Reprice,
  ) {}

  /**
   * @returns how many store prices had to be pulled to the edge of the new corridor
   * @throws AppError NOT_FOUND; CONFLICT when somebody else changed it since `version`; CORRIDOR for one that does not
   *   hold the list price
   */
  run(actor: Desk, productId: ProductId, change: ProductChange): Promise<number> {
    return this.unitOfWork.run('update product', async (tx) => {
      const before = await this.rows.lockProduct(tx, actor.brandId, productId);
      if (!before) throw refuse('NOT_FOUND');
      if (before.version !== change.version) throw refuse('CONFLICT');
      const after: PricedProduct = {
        ...before,
        name: change.name ?? before.name,
        subtitle: change.subtitle ?? before.subtitle,
        status: change.status ?? before.status,
        listPriceFen: fen(change.listPriceFen ?? before.listPriceFen),
        floorFen: fen(change.floorFen ?? before.floorFen),
        ceilingFen: fen(change.ceilingFen ?? before.ceilingFen),
      };
      if (!isSound(after)) throw refuseCatalog('CORRIDOR', { corridor: corridorText(after) });
      await this.rows.saveProduct(tx, actor.brandId, after);
      if (after.status === 'ON_SALE' && before.status !== 'ON_SALE') toShelve(tx, actor.brandId, [productId]);
      const isPriceSame =
        after.listPriceFen === before.listPriceFen &&
        after.floorFen === before.floorFen &&
        after.ceilingFen === before.ceilingFen;
      if (isPriceSame) return 0;
      return this.reprice.ofProduct(tx, actor.brandId, after, before.listPriceFen, actorLabel(actor));
    });
  }
}
