import { Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id, OrderId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { FoldedMap } from '../../../platform/database/folded.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { SoldLine } from '../domain/returned-goods.js';
import { ArrivingFileStore } from '../persistence/arriving-file.store.js';
import {
  type KnownOrder,
  OfflineOrdersStore,
  type SaleReturn,
  type SkuOfCode,
} from '../persistence/offline-orders.store.js';
import type { OfflineLine, OfflineOrder } from '../persistence/order-rows.js';

/** The door to sales that were made elsewhere, for whoever brings them in. */
@Injectable()
export class OfflineSales {
  private readonly rows = new OfflineOrdersStore();
  private readonly files = new ArrivingFileStore();

  known(on: Queryable, brandId: BrandId, externalNos: readonly string[]): Promise<Map<string, KnownOrder>> {
    return this.rows.known(on, brandId, externalNos);
  }

  skusByCode(on: Queryable, brandId: BrandId, codes: readonly string[]): Promise<FoldedMap<SkuOfCode>> {
    return this.rows.skusByCode(on, brandId, codes);
  }

  async add(
    tx: Tx,
    brandId: BrandId,
    orders: readonly { order: OfflineOrder; lines: readonly OfflineLine[] }[],
  ): Promise<void> {
    if (orders.length > 0) await this.rows.add(tx, brandId, orders);
  }

  /** Notes that a file of old purchases is being read; every batch says so again, in its transaction. */
  fileArrives(tx: Tx, brandId: BrandId, fileId: Id): Promise<void> {
    return this.files.arrives(tx, brandId, fileId, tx.now);
  }

  /** The whole file is there: what waited for its sales is judged. */
  fileIsIn(tx: Tx, brandId: BrandId, fileId: Id): Promise<void> {
    return this.files.isIn(tx, brandId, fileId);
  }

  /** Whether more lines of a sale may still come, so that it cannot be said yet what may come back of it. */
  growing(tx: Tx, brandId: BrandId, sales: Iterable<KnownOrder>): Promise<Set<OrderId>> {
    return this.files.growing(tx, brandId, sales, tx.now);
  }

  /** Locks sales that goods may come back from. */
  lock(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<void> {
    return this.rows.lock(tx, brandId, ids);
  }

  soldLines(on: Queryable, brandId: BrandId, ids: readonly OrderId[]): Promise<Map<OrderId, SoldLine[]>> {
    return this.rows.soldLines(on, brandId, ids);
  }

  /** What came back of sales, whoever told of it, in the order of booking. */
  returnsOf(on: Queryable, brandId: BrandId, saleIds: readonly OrderId[]): Promise<SaleReturn[]> {
    return this.rows.returnsOf(on, brandId, saleIds);
  }

  /** More lines of orders that are there, with what they add to the totals. */
  async grow(
    tx: Tx,
    brandId: BrandId,
    more: readonly { orderId: OrderId; byFen: Fen; lines: readonly OfflineLine[] }[],
  ): Promise<void> {
    for (const { orderId, byFen } of more) await this.rows.grow(tx, brandId, orderId, byFen);
    await this.rows.addLines(tx, brandId, more);
  }

  /** Which lines of some orders are there already, as `<order> <line>`. */
  linesOf(on: Queryable, brandId: BrandId, orderIds: readonly OrderId[]): Promise<Set<string>> {
    return this.rows.lineKeys(on, brandId, orderIds);
  }

  /**
   * Empties orders before they are removed: what they were worth to their members is nothing from now on.
   * @returns those that cannot go, because something was refunded or reviewed on them
   */
  async empty(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<Set<OrderId>> {
    const stay = await this.rows.touched(tx, brandId, ids);
    await this.rows.empty(
      tx,
      brandId,
      ids.filter((id) => !stay.has(id)),
    );
    return stay;
  }

  remove(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<void> {
    return this.rows.remove(tx, brandId, ids);
  }
}
