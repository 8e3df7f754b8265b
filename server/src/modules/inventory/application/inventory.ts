import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { byStore, type Hold, inSkuOrder, type Pieces, type Reservation } from '../domain/types.js';
import { ReservationStore } from '../persistence/reservation.store.js';
import { type Movement, StockStore } from '../persistence/stock.store.js';
import { TransferStore } from '../persistence/transfer.store.js';
import { CountStock, type StockCount } from './count-stock.js';
import { HoldGoods } from './hold-goods.js';
import { refuseStock } from './inventory-errors.js';

/**
 * The door to stock. Every method works inside the caller's transaction, so that goods and order change together or not
 * at all. Pieces are held when an order is submitted, leave when it is shipped or handed over, and come back by refunds.
 */
@Injectable()
export class Inventory {
  private readonly rows = new StockStore();
  private readonly reservations = new ReservationStore();
  private readonly transfers = new TransferStore();
  private readonly holds: HoldGoods;
  private readonly counts: CountStock;

  constructor(@Inject(IdSource) private readonly ids: IdSource) {
    this.holds = new HoldGoods(ids);
    this.counts = new CountStock(ids);
  }

  /** Holds an order's goods. @throws AppError SOLD_OUT, see `HoldGoods.reserve` */
  reserve(tx: Tx, hold: Hold): Promise<void> {
    return this.holds.reserve(tx, hold);
  }

  /** Lets go of what an order still holds; doing it again changes nothing. */
  release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    return this.holds.release(tx, brandId, orderId);
  }

  /** What an order holds is held in another store from now on. @throws AppError SOLD_OUT when that store has too little */
  moveHold(tx: Tx, brandId: BrandId, orderId: OrderId, toStoreId: StoreId): Promise<void> {
    return this.holds.move(tx, brandId, orderId, toStoreId);
  }

  /** The goods leave the store, shipped or handed over; doing it again changes nothing. */
  async take(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const held = await this.holds.held(tx, brandId, orderId);
    if (held.length === 0) return;
    const groups = byStore(held);
    for (const [storeId, pieces] of groups) {
      await this.holds.unhold(tx, brandId, storeId, pieces, true);
      await this.moved(tx, 'SALE', brandId, storeId, orderId, pieces, -1, '售出');
    }
    await this.reservations.end(tx, brandId, orderId, 'TAKEN');
    await this.transfers.end(tx, brandId, orderId, 'SENT');
  }

  /**
   * Refunded pieces come back: those that had left the store return to the shelf, those still held are let go.
   * @param reason for the movement, in Chinese
   * @param toStoreId the store whose shelf they return to, when it is not the one that sold them
   * @throws AppError RETURN_TOO_MANY when more would come back than the order took
   */
  async putBack(
    tx: Tx,
    brandId: BrandId,
    orderId: OrderId,
    lines: readonly Pieces[],
    reason: string,
    toStoreId?: StoreId,
  ): Promise<void> {
    const pieces = inSkuOrder(lines);
    const known = new Map((await this.reservations.lock(tx, brandId, orderId)).map((one) => [one.skuId, one] as const));
    const room = (one: Reservation | undefined) => (!one || one.state === 'RELEASED' ? 0 : one.qty - one.returnedQty);
    const tooMany = pieces.find((one) => room(known.get(one.skuId)) < one.qty);
    if (tooMany) throw refuseStock('RETURN_TOO_MANY', { skuId: tooMany.skuId });
    const placed = pieces.flatMap((one) => {
      const from = known.get(one.skuId);
      return from ? [{ ...one, storeId: from.storeId, state: from.state }] : [];
    });
    for (const [storeId, group] of byStore(placed)) {
      const stillHeld = group.filter((one) => one.state === 'HELD');
      const gone = group.filter((one) => one.state === 'TAKEN');
      if (stillHeld.length > 0) {
        await this.holds.unhold(tx, brandId, storeId, stillHeld, false);
        await this.reservations.shrink(tx, brandId, orderId, stillHeld);
      }
      if (gone.length > 0)
        await this.returnTo(tx, brandId, orderId, { storeId, shelf: toStoreId ?? storeId }, gone, reason);
    }
  }

  /** What an order had taken is back on the shelf and held for it again: it was handed over by mistake. */
  async holdAgain(tx: Tx, brandId: BrandId, orderId: OrderId, reason: string): Promise<void> {
    const taken = (await this.reservations.lock(tx, brandId, orderId)).filter((one) => one.state === 'TAKEN');
    const returned = taken.find((one) => one.returnedQty > 0);
    if (returned) throw refuseStock('RETURN_TOO_MANY', { skuId: returned.skuId });
    for (const [storeId, pieces] of byStore(taken)) {
      await this.rows.addHeld(tx, brandId, storeId, pieces);
      await this.moved(tx, 'RETURN', brandId, storeId, orderId, pieces, 1, reason);
    }
    await this.reservations.reopen(tx, brandId, orderId);
  }

  private async returnTo(
    tx: Tx,
    brandId: BrandId,
    orderId: OrderId,
    { storeId, shelf }: { storeId: StoreId; shelf: StoreId },
    gone: readonly Pieces[],
    reason: string,
  ): Promise<void> {
    if (shelf === storeId) await this.rows.addOnHand(tx, brandId, storeId, gone);
    else await this.rows.addElsewhere(tx, brandId, shelf, storeId, gone);
    await this.reservations.countReturned(tx, brandId, orderId, gone);
    await this.moved(tx, 'RETURN', brandId, shelf, orderId, gone, 1, reason);
  }

  /** Sets what was counted. @returns the product of the SKU @throws AppError NOT_FOUND, COUNT_BELOW_RESERVED */
  count(tx: Tx, count: StockCount): Promise<Id<'product'>> {
    return this.counts.run(tx, count);
  }

  /** Pieces of a SKU that an order took and that came back; 0 when it took none. */
  async returnedQty(tx: Tx, brandId: BrandId, orderId: Id, skuId: Id<'sku'>): Promise<number> {
    return this.reservations.returnedQty(tx, brandId, orderId, skuId);
  }

  private moved(
    tx: Tx,
    kind: Movement['kind'],
    brandId: BrandId,
    storeId: StoreId,
    orderId: OrderId,
    pieces: readonly Pieces[],
    sign: 1 | -1,
    reason: string,
  ): Promise<void> {
    return this.rows.insertMovements(
      tx,
      pieces.map(({ skuId, qty }) => ({
        id: this.ids.next(),
        brandId,
        storeId,
        skuId,
        kind,
        delta: sign * qty,
        orderId,
        reason,
      })),
    );
  }
}
