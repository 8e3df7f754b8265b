import { AssetJournal } from './asset-journal.js';
import { type Cause, Frozen, GRACE_MS, type Lot, type LotId, type LotUse, NotEnough, OWED_LOT } from './asset-types.js';
import { availableOf, byExpiry, type TakePolicy, takeFromWallet, takeInOrder } from './take-order.js';

/** What a lapsed lot does with what comes back to it: points get a day of grace, a bonus lapses again at once. */
export type LateReturn = 'GRACE' | 'LAPSE';

/**
 * One account in memory with its open lots. All rules of the ledger are here and nothing here touches a database; the
 * journal below them keeps lots, entries and balance equal whatever a rule does.
 */
export class AssetBook extends AssetJournal {
  get available(): number {
    return [...this.lots.values()].reduce((sum, lot) => sum + availableOf(lot), 0);
  }

  /** Wakes pending lots whose time has come, and lapses what is past its day; a held part is protected. */
  settle(): void {
    const due = [...this.lots.values()].filter(
      (lot) => lot.state === 'PENDING' && lot.activeAt && lot.activeAt <= this.now,
    );
    for (const lot of due) this.activate(lot.id);
    for (const lot of [...this.lots.values()].sort(byExpiry)) {
      if (lot.expiresAt && lot.expiresAt <= this.now) this.lapse(lot);
    }
  }

  /** Adds a lot; one that is not active yet is pending. What is owed is paid from it at once. */
  credit(lot: Lot, cause: Cause): void {
    this.lots.set(lot.id, lot);
    if (lot.state === 'PENDING') this.move(lot, 0, lot.granted);
    else this.move(lot, lot.granted, 0);
    this.payOwed();
    this.note(cause);
  }

  /** A pending lot becomes usable. */
  activate(lotId: LotId, title = '待生效的已到账'): void {
    const lot = this.lots.get(lotId);
    if (lot?.state !== 'PENDING') return;
    const amount = lot.remaining;
    lot.state = 'ACTIVE';
    lot.activeAt = this.now;
    this.move(lot, 0, -amount);
    this.move(lot, amount, 0);
    this.payOwed();
    this.note({ kind: 'ACTIVATE', ref: `ACTIVATE:${lot.id}`, title, storeId: lot.storeId });
  }

  /**
   * Chooses lots and holds the amount in them.
   * @throws Frozen, NotEnough
   */
  hold(amount: number, policy: TakePolicy): LotUse[] {
    if (this.account.frozenReason !== null) throw new Frozen(this.account.frozenReason);
    const uses = this.choose(amount, policy);
    for (const use of uses) this.lot(use.lotId).held += use.amount;
    this.account.held += amount;
    for (const use of uses) this.changed.add(use.lotId);
    return uses;
  }

  /**
   * Holds named parts of lots, as a balance refund does.
   * @throws Frozen, NotEnough when a lot has less that is free
   */
  holdParts(parts: readonly { lotId: LotId; amount: number }[]): LotUse[] {
    if (this.account.frozenReason !== null) throw new Frozen(this.account.frozenReason);
    for (const part of parts) {
      const lot = this.lot(part.lotId);
      if (availableOf(lot) < part.amount) throw new NotEnough(part.amount, availableOf(lot));
      lot.held += part.amount;
      this.account.held += part.amount;
      this.changed.add(lot.id);
    }
    return parts.map((part) => ({ ...part, returned: 0 }));
  }

  /** Frees what a hold took. What lapsed meanwhile can be used for one more day. */
  release(uses: readonly LotUse[]): void {
    for (const use of uses) {
      const lot = this.lot(use.lotId);
      lot.held -= use.amount;
      this.account.held -= use.amount;
      if (lot.expiresAt && lot.expiresAt <= this.now) lot.expiresAt = new Date(this.now.getTime() + GRACE_MS);
      this.changed.add(lot.id);
    }
    if (this.payOwed().length > 0)
      this.note({
        kind: 'OFFSET',
        ref: `OFFSET:${this.account.ownerId}:${this.account.entryCount + this.entries.length}`,
        title: '抵扣之前的欠额',
      });
  }

  /** What a hold took leaves the account. */
  capture(uses: readonly LotUse[], cause: Cause): void {
    for (const use of uses) {
      const lot = this.lot(use.lotId);
      lot.held -= use.amount;
      this.account.held -= use.amount;
      this.move(lot, -use.amount, 0);
    }
    this.note(cause);
  }

  /**
   * A refund brings part of a captured hold back to the lots that it came from.
   * @param backs how much each lot gets
   * @returns how much of it lapsed again
   */
  putBack(backs: readonly LotUse[], cause: Cause, late: LateReturn): number {
    const lapsing: Lot[] = [];
    for (const back of backs.filter((one) => one.amount > 0)) {
      const lot = this.lot(back.lotId);
      lot.state = 'ACTIVE';
      this.move(lot, back.amount, 0);
      if (lot.expiresAt && lot.expiresAt <= this.now) {
        const graceEnd = new Date((late === 'GRACE' ? this.now : lot.expiresAt).getTime() + GRACE_MS);
        if (graceEnd > this.now) lot.expiresAt = graceEnd;
        else lapsing.push(lot);
      }
    }
    this.payOwed();
    this.note(cause);
    return lapsing.reduce((sum, lot) => sum + this.lapse(lot, '退回时赠金已过期'), 0);
  }

  /**
   * Takes back what was granted: from the named lots first, pending or not, then from the others, and what is missing
   * becomes owed. Nothing is ever dropped.
   */
  takeBack(
    lotIds: readonly LotId[],
    amount: number,
    cause: Cause,
  ): { fromPending: number; fromBalance: number; owed: number } {
    let left = amount;
    const done = { fromPending: 0, fromBalance: 0, owed: 0 };
    for (const id of lotIds) {
      const lot = this.lots.get(id);
      if (lot?.state === 'PENDING') {
        const take = Math.min(left, lot.remaining);
        this.move(lot, 0, -take);
        if (lot.remaining === 0) lot.state = 'REVOKED';
        done.fromPending += take;
        left -= take;
      }
    }
    const named = lotIds.flatMap((id) => (this.lots.has(id) ? [this.lot(id)] : []));
    const others = [...this.lots.values()].filter((lot) => !lotIds.includes(lot.id)).sort(byExpiry);
    for (const use of takeInOrder([...named, ...others], left)) {
      this.move(this.lot(use.lotId), -use.amount, 0);
      done.fromBalance += use.amount;
      left -= use.amount;
    }
    if (left > 0) this.owe(left);
    done.owed = left;
    this.note(cause);
    return done;
  }

  /** Everything that is free or pending is given up. */
  forfeit(cause: Cause): void {
    for (const lot of this.lots.values()) {
      if (lot.state === 'PENDING') {
        this.move(lot, 0, -lot.remaining);
        lot.state = 'REVOKED';
      } else if (availableOf(lot) > 0) this.move(lot, -availableOf(lot), 0);
    }
    this.noteIfAny(cause);
  }

  /** Takes by the policy without a hold. @throws Frozen, NotEnough */
  take(amount: number, policy: TakePolicy, cause: Cause): LotUse[] {
    const uses = this.hold(amount, policy);
    this.capture(uses, cause);
    return uses;
  }

  /**
   * Lots leave to another owner (or come back): nothing is summed, each keeps its origin.
   * @returns what paid a debt there at once, so that whoever parts the two again can give it back
   */
  handOver(into: AssetBook, lotIds: readonly LotId[], owed: number, out: Cause, arrive: Cause): LotUse[] {
    for (const id of lotIds) {
      const lot = this.lot(id);
      const amount = lot.state === 'PENDING' ? 0 : lot.remaining;
      const pending = lot.state === 'PENDING' ? lot.remaining : 0;
      this.push(lot.id, -amount, -pending);
      into.push(lot.id, amount, pending);
      this.account.held -= lot.held;
      into.account.held += lot.held;
      this.lots.delete(id);
      this.changed.delete(id);
      lot.ownerId = into.account.ownerId;
      into.lots.set(id, lot);
      into.changed.add(id);
    }
    if (owed > 0) {
      this.account.owed -= owed;
      this.push(OWED_LOT, owed, 0);
      into.account.owed += owed;
      into.push(OWED_LOT, -owed, 0);
    }
    const paid = into.payOwed();
    this.noteIfAny(out);
    into.noteIfAny(arrive);
    return paid;
  }

  /** A debt stands again that lots of somebody else had paid, who has got them back; what is free pays it at once. */
  oweAgain(amount: number, cause: Cause): void {
    this.owe(amount);
    this.payOwed();
    this.note(cause);
  }

  private choose(amount: number, policy: TakePolicy): LotUse[] {
    const lots = [...this.lots.values()];
    const uses =
      this.asset === 'WALLET' ? takeFromWallet(lots, amount, policy) : takeInOrder(lots.sort(byExpiry), amount);
    const got = uses.reduce((sum, use) => sum + use.amount, 0);
    if (got < amount) throw new NotEnough(amount, got);
    return uses;
  }

  private lapse(lot: Lot, title = '已过期'): number {
    const amount = availableOf(lot);
    if (amount <= 0) return 0;
    this.move(lot, -amount, 0);
    if (lot.remaining === 0) lot.state = 'EXPIRED';
    const ref = `EXPIRE:${lot.id}:${this.account.entryCount + this.entries.length}`;
    this.note({ kind: 'EXPIRE', ref, title, storeId: lot.storeId });
    return amount;
  }

  /** Pays what is owed from what is free. */
  private payOwed(): LotUse[] {
    if (this.account.owed === 0) return [];
    const uses = takeInOrder([...this.lots.values()].sort(byExpiry), this.account.owed);
    for (const use of uses) this.move(this.lot(use.lotId), -use.amount, 0);
    const paid = uses.reduce((sum, use) => sum + use.amount, 0);
    if (paid > 0) {
      this.account.owed -= paid;
      this.push(OWED_LOT, paid, 0);
    }
    return uses;
  }

  private owe(amount: number): void {
    this.account.owed += amount;
    this.push(OWED_LOT, -amount, 0);
  }
}
