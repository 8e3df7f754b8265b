import type { Account, Asset, Cause, EntryDraft, Lot, LotId, Movement } from './asset-types.js';

/**
 * Lots, account and entries of one owner, changed together: every movement changes the lot, the balance and the entry in
 * hand at once, so that the three cannot differ.
 */
export class AssetJournal {
  readonly lots = new Map<LotId, Lot>();
  readonly entries: EntryDraft[] = [];
  readonly changed = new Set<LotId>();
  private readonly open: Movement[] = [];

  constructor(
    readonly asset: Asset,
    readonly account: Account,
    lots: readonly Lot[],
    readonly now: Date,
  ) {
    for (const lot of lots) this.lots.set(lot.id, lot);
  }

  protected lot(id: LotId): Lot {
    const lot = this.lots.get(id);
    if (!lot) throw new Error(`lot ${id} is not in the account of ${this.account.ownerId}`);
    return lot;
  }

  /** Changes what is left in a lot, by usable and by pending amounts. @throws Error before a lot would be negative */
  protected move(lot: Lot, amount: number, pending: number): void {
    lot.remaining += amount + pending;
    if (lot.remaining < lot.held || lot.remaining < 0) throw new Error(`lot ${lot.id} would be negative`);
    if (lot.remaining === 0 && lot.state === 'ACTIVE') lot.state = 'SPENT';
    if (lot.remaining > 0 && lot.state === 'SPENT') lot.state = 'ACTIVE';
    this.push(lot.id, amount, pending);
    this.changed.add(lot.id);
  }

  protected push(lotId: LotId, amount: number, pending: number): void {
    const found = this.open.find((one) => one.lotId === lotId);
    if (found) {
      found.amount += amount;
      found.pending += pending;
    } else this.open.push({ lotId, amount, pending });
    this.account.balance += amount;
    this.account.pending += pending;
  }

  /** Like {@link note}, but nothing is noted when nothing moved. */
  protected noteIfAny(cause: Cause): void {
    if (this.open.some((one) => one.amount !== 0 || one.pending !== 0)) this.note(cause);
    else this.open.length = 0;
  }

  /** Notes everything that moved since the last entry as one. */
  protected note(cause: Cause): void {
    const movements = this.open.splice(0).filter((one) => one.amount !== 0 || one.pending !== 0);
    this.entries.push({
      kind: cause.kind,
      ref: cause.ref,
      title: cause.title,
      storeId: cause.storeId ?? null,
      orderId: cause.orderId ?? null,
      amount: movements.reduce((sum, one) => sum + one.amount, 0),
      pending: movements.reduce((sum, one) => sum + one.pending, 0),
      balanceAfter: this.account.balance,
      pendingAfter: this.account.pending,
      movements,
    });
  }
}
