import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { IdSource } from '../../../platform/ids/id-source.js';
import { byStore, type Hold, inSkuOrder, isShort, type Pieces, type Reservation, reachable } from '../domain/types.js';
import { ReservationStore } from '../persistence/reservation.store.js';
import { StockStore } from '../persistence/stock.store.js';
import { TransferStore } from '../persistence/transfer.store.js';
import { refuseStock } from './inventory-errors.js';

interface Short {
  skuId: Id<'sku'>;
  wanted: number;
  available: number;
}

const soldOut = (short: readonly Short[]) =>
  refuseStock('SOLD_OUT', { skuId: short[0]?.skuId, available: short[0]?.available ?? 0, lines: short });

/** Pieces that orders hold and nobody else can have: in the store that sells them, or in another one for it. */
export class HoldGoods {
  private readonly rows = new StockStore();
  private readonly reservations = new ReservationStore();
  private readonly transfers = new TransferStore();

  constructor(private readonly ids: IdSource) {}

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

  /**
   * What an order holds is held in another store from now on: its pickup has moved there.
   * @throws AppError SOLD_OUT when that store has too little; nothing has moved then, provided that the transaction fails
   */
  async move(tx: Tx, brandId: BrandId, orderId: OrderId, toStoreId: StoreId): Promise<void> {
    const held = (await this.held(tx, brandId, orderId)).filter((one) => one.storeId !== toStoreId);
    if (held.length === 0) return;
    const pieces = inSkuOrder(held);
    const short = await this.shortOf(tx, { brandId, storeId: toStoreId, fulfil: 'PICKUP' }, pieces);
    if (short.length > 0) throw soldOut(short);
    for (const [storeId, group] of byStore(held)) await this.unhold(tx, brandId, storeId, group, false);
    if ((await this.rows.reserve(tx, brandId, toStoreId, pieces, 'PICKUP')) !== pieces.length) throw soldOut([]);
    await this.reservations.move(tx, brandId, orderId, toStoreId);
  }

  /** What an order holds, locked. */
  async held(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<Reservation[]> {
    return (await this.reservations.lock(tx, brandId, orderId)).filter((one) => one.state === 'HELD');
  }

  /** Holds pieces no longer, which are free again or leave the store. */
  async unhold(tx: Tx, brandId: BrandId, storeId: StoreId, pieces: readonly Pieces[], leaves: boolean): Promise<void> {
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
}
