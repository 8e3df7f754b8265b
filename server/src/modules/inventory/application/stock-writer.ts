import { GroupCommit, type GroupLimits, type Verdict } from '../../../platform/database/group-commit.js';
import type { Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { AppError } from '../../../platform/errors/app-error.js';
import { type Hold, inSkuOrder, isShort, type Pieces, reachable } from '../domain/types.js';
import { GroupedStockStore, type ShelfKey, shelfKey } from '../persistence/grouped-stock.store.js';
import { refuseStock } from './inventory-errors.js';

/** Decides, beside the stock, about the entries of one group, and writes what belongs to those that got through. */
export interface Judge<Ask> {
  refusal(ask: Ask): AppError | null;
  /** An entry got through and counts against those after it. */
  taken(ask: Ask): void;
  /** Writes the orders that the reservations are for, in their transaction. */
  write(accepted: readonly Ask[]): Promise<void>;
}

/** Reads and locks what else decides, after the stock rows are locked. */
export type Companion<Ask> = (tx: Tx, asks: readonly Ask[]) => Promise<Judge<Ask>>;

/**
 * Holds goods for many orders in one transaction. Stock rows are locked in one order, requests are served in the order of
 * their arrival, each is refused for itself, and nobody is told "yes" before the commit. The database decides: the shelf
 * is read under its lock, and the UPDATE repeats the guard. A reservation's key is its order, so that a request that is
 * written twice is written once.
 */
export class StockWriter<Ask extends Hold = Hold> {
  private readonly group: GroupCommit<Ask, void>;
  private readonly rows = new GroupedStockStore();

  constructor(
    unitOfWork: UnitOfWork,
    private readonly companion: Companion<Ask> | null = null,
    limits: Partial<GroupLimits> = {},
  ) {
    this.group = new GroupCommit(unitOfWork, 'hold stock', (tx, asks) => this.apply(tx, asks), limits);
  }

  /**
   * Holds an order's goods; resolves after the commit.
   * @throws AppError SOLD_OUT with the lines that are short, BUSY when too many wait, or the companion's refusal
   */
  reserve(ask: Ask): Promise<void> {
    return this.group.submit(ask);
  }

  private async apply(tx: Tx, asks: readonly Ask[]): Promise<Verdict<void>[]> {
    const wanted = asks.map((ask) => inSkuOrder(ask.lines));
    const shelves = new Map<ShelfKey, { brandId: Ask['brandId']; storeId: Ask['storeId']; skuId: Pieces['skuId'] }>();
    asks.forEach(({ brandId, storeId }, at) => {
      for (const { skuId } of wanted[at] ?? [])
        shelves.set(shelfKey(brandId, storeId, skuId), { brandId, storeId, skuId });
    });
    const free = await this.rows.lock(tx, [...shelves.values()]);
    const judge = await this.companion?.(tx, asks);
    const held: { ask: Ask; pieces: readonly Pieces[] }[] = [];
    const verdicts = asks.map((ask, at): Verdict<void> => {
      const pieces = wanted[at] ?? [];
      // The companion speaks first: "the slice is gone" says more than "too few are left".
      const refusal = judge?.refusal(ask) ?? shortOf(ask, pieces, free);
      if (refusal) return { refusal };
      judge?.taken(ask);
      for (const { skuId, qty, fromSlice = 0 } of pieces) {
        const shelf = free.get(shelfKey(ask.brandId, ask.storeId, skuId));
        if (!shelf) continue;
        shelf.free -= qty;
        shelf.setAside -= fromSlice;
      }
      held.push({ ask, pieces });
      return { answer: undefined };
    });
    if (held.length === 0) return verdicts;
    await this.rows.hold(
      tx,
      held.map(({ ask: { brandId, orderId, storeId }, pieces }) => ({ brandId, orderId, storeId, pieces })),
    );
    await judge?.write(held.map((one) => one.ask));
    return verdicts;
  }
}

/** The refusal of an entry whose goods are short, as the stock is after the entries before it. */
function shortOf(
  ask: Hold,
  pieces: readonly Pieces[],
  free: Awaited<ReturnType<GroupedStockStore['lock']>>,
): AppError | null {
  const lines = pieces.flatMap((wanted) => {
    const { skuId, qty } = wanted;
    const shelf = free.get(shelfKey(ask.brandId, ask.storeId, skuId));
    const isOffered = ask.fulfil === undefined ? true : ask.fulfil === 'PICKUP' ? shelf?.forPickup : shelf?.forDelivery;
    if (shelf && isOffered && !isShort(shelf, wanted)) return [];
    return [{ skuId, wanted: qty, available: shelf && isOffered ? reachable(shelf, wanted.fromSlice) : 0 }];
  });
  return lines.length === 0
    ? null
    : refuseStock('SOLD_OUT', { skuId: lines[0]?.skuId, available: lines[0]?.available ?? 0, lines });
}
