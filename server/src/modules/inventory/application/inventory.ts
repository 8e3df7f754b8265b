import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { byStore, type Hold, inSkuOrder, isShort, type Pieces, type Reservation, reachable } from '../domain/types.js';
import { ReservationStore } from '../persistence/reservation.store.js';
import { type Movement, StockStore } from '../persistence/stock.store.js';
import { TransferStore } from '../persistence/transfer.store.js';
import { refuseStock } from './inventory-errors.js';

/** What a count sets; what is left out stays. */
export interface StockCount {
  brandId: BrandId;
  storeId: StoreId;
  skuId: Id<'sku'>;
  onHand?: number | undefined;
  safety?: number | undefined;
  reason: string;
}

interface Short {
  skuId: Id<'sku'>;
  wanted: number;
  available: number;
}

const soldOut = (short: readonly Short[]) =>
  refuseStock('SOLD_OUT', { skuId: short[0]?.skuId, available: short[0]?.available ?? 0, lines: short });

/**
 * The door to stock. Every method works inside the caller's transaction, so that goods and order change together or not
 * at all. Pieces are held when an order is submitted, leave when it is shipped or handed over, and come back by refunds.
 */
@Injectable()
export class Inventory {
  private readonly rows = new StockStore();
  private readonly reservations = new ReservationStore();
  private readonly transfers = new TransferStore();

  constructor(@Inject(IdSource) private readonly ids: IdSource) {}

  /**
   * Holds an order's goods: two statements for one SKU, three for any number.
   * @throws AppError SOLD_OUT with detail `{ skuId, available, lines: [{ skuId, wanted, available }] }`; nothing is held then,
   *   provided that the caller's transaction fails with it
   */
  async reserve(tx: Tx, hold: Hold): Promise<void> {
    const { brandId, orderId, storeId, fulfil } = hold;
    const pieces = inSkuOrder(hold.lines);
    if (pieces.length === 0) return;
    // With several SKUs all are locked and looked at first, so that a refusal can name exactly those that are short.
    const short = pieces.length > 1 ? await this.shortOf(tx, hold, pieces) : [];
    if (short.length > 0) return this.reserveElsewhere(tx, hold, pieces, short);
    const held = await this.rows.reserve(tx, brandId, storeId, pieces, fulfil);
    if (held !== pieces.length) {
      // Freed between the two statements: as good as sold out for this request, unless another store has it.
      const missing = pieces.length > 1 ? [] : await this.shortOf(tx, hold, pieces);
      if (missing.length > 0) return this.reserveElsewhere(tx, hold, pieces, missing);
      throw refuseStock('SOLD_OUT', { skuId: pieces[0]?.skuId, available: 0, lines: [] });
    }
    await this.reservations.insert(tx, brandId, orderId, storeId, pieces);
  }

  /** What the store lacks is held in the first other store that has enough of it, where the brand lets goods be sent across. */
  private async reserveElsewhere(
    tx: Tx,
    hold: Hold,
    pieces: readonly Pieces[],
    short: readonly Short[],
  ): Promise<void> {
    const { brandId, orderId, storeId, fallback, fulfil } = hold;
    const lacking = pieces.filter((one) => short.some((line) => line.skuId === one.skuId));
    // What is set aside in this store cannot come from another.
    const isSliced = lacking.some((one) => one.fromSlice);
    if (!fallback || fulfil === 'PICKUP' || isSliced) throw soldOut(short);
    const found = await this.rows.lockAcross(
      tx,
      brandId,
      fallback.storeIds,
      lacking.map((one) => one.skuId),
    );
    const sources = new Map(
      lacking.flatMap((one) => {
        const source = fallback.storeIds.find((id) => (found.get(`${id}:${one.skuId}`) ?? 0) >= one.qty);
        return source ? [[one.skuId, source] as const] : [];
      }),
    );
    if (sources.size < lacking.length) throw soldOut(short.filter((line) => !sources.has(line.skuId)));
    const placed = pieces.map((one) => ({ ...one, storeId: sources.get(one.skuId) ?? storeId }));
    for (const [at, group] of byStore(placed)) {
      if ((await this.rows.reserve(tx, brandId, at, group, fulfil)) !== group.length) throw soldOut(short);
      await this.reservations.insert(tx, brandId, orderId, at, group);
    }
    await this.transfers.insert(
      tx,
      placed
        .filter((one) => one.storeId !== storeId)
        .map((one) => ({
          id: this.ids.next<'transfer'>(),
          brandId,
          orderId,
          sellingStoreId: storeId,
          shippingStoreId: one.storeId,
          skuId: one.skuId,
          qty: one.qty,
          costBearer: fallback.costBearer,
          costFen: fallback.costFen,
        })),
    );
  }

  /** Lets go of what an order still holds; doing it again changes nothing. */
  async release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const held = await this.held(tx, brandId, orderId);
    if (held.length === 0) return;
    for (const [storeId, pieces] of byStore(held)) await this.unhold(tx, brandId, storeId, pieces, false);
    await this.reservations.end(tx, brandId, orderId, 'RELEASED');
    await this.transfers.end(tx, brandId, orderId, 'CANCELLED');
  }

  /** The goods leave the store, shipped or handed over; doing it again changes nothing. */
  async take(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const held = await this.held(tx, brandId, orderId);
    if (held.length === 0) return;
    const groups = byStore(held);
    for (const [storeId, pieces] of groups) {
      await this.unhold(tx, brandId, storeId, pieces, true);
      await this.moved(tx, 'SALE', brandId, storeId, orderId, pieces, -1, '售出');
    }
    await this.reservations.end(tx, brandId, orderId, 'TAKEN');
    await this.transfers.end(tx, brandId, orderId, 'SENT');
  }

  /**
   * What an order holds is held in another store from now on: its pickup has moved there.
   * @throws AppError SOLD_OUT when that store has too little; nothing has moved then, provided that the transaction fails
   */
  async moveHold(tx: Tx, brandId: BrandId, orderId: OrderId, toStoreId: StoreId): Promise<void> {
    const held = (await this.held(tx, brandId, orderId)).filter((one) => one.storeId !== toStoreId);
    if (held.length === 0) return;
    const pieces = inSkuOrder(held);
    const short = await this.shortOf(tx, { brandId, storeId: toStoreId, fulfil: 'PICKUP' }, pieces);
    if (short.length > 0) throw soldOut(short);
    for (const [storeId, group] of byStore(held)) await this.unhold(tx, brandId, storeId, group, false);
    if ((await this.rows.reserve(tx, brandId, toStoreId, pieces, 'PICKUP')) !== pieces.length) throw soldOut([]);
    await this.reservations.move(tx, brandId, orderId, toStoreId);
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
        await this.unhold(tx, brandId, storeId, stillHeld, false);
        await this.reservations.shrink(tx, brandId, orderId, stillHeld);
      }
      if (gone.length > 0)
        await this.returnTo(tx, brandId, orderId, { storeId, shelf: toStoreId ?? storeId }, gone, reason);
    }
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

  /**
   * Sets what was counted on the shelf and the safety stock that is not sold.
   * @returns the product of the SKU
   * @throws AppError NOT_FOUND for an unknown SKU, COUNT_BELOW_RESERVED when orders hold more than was counted
   */
  async count(tx: Tx, count: StockCount): Promise<Id<'product'>> {
    const { brandId, storeId, skuId } = count;
    const before = await this.rows.lock(tx, brandId, storeId, skuId);
    const productId = before?.productId ?? (await this.rows.productOfSku(tx, brandId, skuId));
    if (!productId) throw refuse('NOT_FOUND');
    const onHand = count.onHand ?? before?.onHand ?? 0;
    const reserved = before?.reserved ?? 0;
    if (onHand < reserved) {
      const message = `有 ${reserved} 件已被订单占用，盘点数不能少于 ${reserved} 件`;
      throw refuseStock('COUNT_BELOW_RESERVED', { reserved }, message);
    }
    await this.rows.put(tx, brandId, [
      { storeId, skuId, productId, onHand, safety: count.safety ?? before?.safety ?? 0 },
    ]);
    const delta = onHand - (before?.onHand ?? 0);
    if (delta !== 0)
      await this.rows.insertMovements(tx, [
        { id: this.ids.next(), brandId, storeId, skuId, kind: 'COUNT', delta, orderId: null, reason: count.reason },
      ]);
    return productId;
  }

  /** Pieces of a SKU that an order took and that came back; 0 when it took none. */
  async returnedQty(tx: Tx, brandId: BrandId, orderId: Id, skuId: Id<'sku'>): Promise<number> {
    return this.reservations.returnedQty(tx, brandId, orderId, skuId);
  }

  private async held(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<Reservation[]> {
    return (await this.reservations.lock(tx, brandId, orderId)).filter((one) => one.state === 'HELD');
  }

  private async unhold(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    pieces: readonly Pieces[],
    leaves: boolean,
  ): Promise<void> {
    const freed = await this.rows.unhold(tx, brandId, storeId, pieces, leaves);
    // Reserved always equals the sum of held reservations, so this cannot happen unless somebody wrote past this class.
    if (freed !== pieces.length) throw new Error(`stock of store ${storeId} does not hold what its reservations say`);
  }

  /** The SKUs of which too few are free in a store. */
  private async shortOf(
    tx: Tx,
    hold: Pick<Hold, 'brandId' | 'storeId' | 'fulfil'>,
    pieces: readonly Pieces[],
  ): Promise<Short[]> {
    const skuIds = pieces.map((one) => one.skuId);
    const free = await this.rows.lockAvailable(tx, hold.brandId, hold.storeId, skuIds, hold.fulfil);
    return pieces.flatMap((wanted) => {
      const shelf = free.get(wanted.skuId) ?? { free: 0, setAside: 0 };
      if (!isShort(shelf, wanted)) return [];
      return [{ skuId: wanted.skuId, wanted: wanted.qty, available: reachable(shelf, wanted.fromSlice) }];
    });
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
