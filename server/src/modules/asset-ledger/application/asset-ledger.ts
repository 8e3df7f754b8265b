import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS, type Id, type MemberId, type OrderId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { AssetBook } from '../domain/asset-book.js';
import type { Asset, Cause, HoldId, Lot, LotId } from '../domain/asset-types.js';
import { backsOf, partsOf } from '../domain/hold-parts.js';
import { AssetStore } from '../persistence/asset.store.js';
import { type HeldLot, type Hold, HoldStore } from '../persistence/hold.store.js';
import type { CreditInput, HoldInput, PutBackInput } from './ledger-inputs.js';

/** Beyond everything that a hold waits for. */
const ENDLESS_MS = 3650 * DAY_MS;
/** How often a hold is looked for whose lots are on the move. */
const LOOKS = 3;
const orderOf = ({ subjectKind, subjectId }: Hold): OrderId | null =>
  subjectKind === 'ORDER' ? (subjectId as OrderId) : null;

export type SettlingFollower = (tx: Tx, brandId: BrandId, owner: MemberId) => Promise<void>;

/**
 * The one engine under wallet, points and growth (product.md A3–A5). Everything happens under the lock of the account's
 * row; a reference is booked once, so each operation may be repeated after a crash.
 */
@Injectable()
export class AssetLedger {
  readonly rows = new AssetStore();
  readonly holds = new HoldStore();

  private readonly followers = new Map<Asset, SettlingFollower>();

  constructor(@Inject(IdSource) private readonly ids: IdSource) {}

  /** Who keeps a copy of a balance hears, in the same transaction, when time alone has changed it. */
  followSettling(asset: Asset, follower: SettlingFollower): void {
    this.followers.set(asset, follower);
  }

  /** Loads and settles accounts, lets the caller change them in memory, and writes what changed. */
  async change<T>(
    tx: Tx,
    target: { brandId: BrandId; asset: Asset; owners: readonly MemberId[]; lotIds?: readonly LotId[] },
    work: (books: Map<MemberId, AssetBook>) => T,
  ): Promise<T> {
    const books = await this.rows.load(tx, target.brandId, target.asset, target.owners, target.lotIds);
    for (const book of books.values()) book.settle();
    const result = work(books);
    await this.rows.save(tx, target.brandId, target.asset, [...books.values()]);
    return result;
  }

  /** A lot ready to be credited. */
  lot(tx: Tx, ownerId: MemberId, input: CreditInput): Lot {
    const id = this.ids.next<'lot'>();
    return {
      id,
      ownerId,
      kind: input.kind,
      state:
        input.activeAt === undefined || (input.activeAt !== null && input.activeAt <= tx.now) ? 'ACTIVE' : 'PENDING',
      pairId: input.pairId ?? id,
      granted: input.amount,
      remaining: 0,
      held: 0,
      originKind: input.originKind,
      originId: input.originId,
      originOwnerId: ownerId,
      storeId: input.storeId ?? null,
      terms: input.terms ?? null,
      title: input.title,
      createdAt: tx.now,
      activeAt: input.activeAt === undefined ? tx.now : input.activeAt,
      expiresAt: input.expiresAt ?? null,
    };
  }

  /** Credits lots of one member under one reference each; a repeat does nothing. @returns what was booked now */
  async credit(
    tx: Tx,
    brandId: BrandId,
    asset: Asset,
    memberId: MemberId,
    items: readonly { lot: CreditInput; cause: Cause }[],
  ): Promise<Lot[]> {
    if (items.length === 0) return [];
    const books = await this.rows.load(tx, brandId, asset, [memberId]);
    const known = await this.rows.known(
      tx,
      brandId,
      asset,
      items.map(({ cause }) => cause.ref),
    );
    const book = books.get(memberId) as AssetBook;
    book.settle();
    const lots: Lot[] = [];
    for (const { lot: input, cause } of items.filter((item) => !known.has(item.cause.ref) && item.lot.amount > 0)) {
      const lot = this.lot(tx, memberId, input);
      book.credit(lot, cause);
      lots.push(lot);
    }
    await this.rows.save(tx, brandId, asset, [book]);
    return lots;
  }

  /**
   * Holds an amount for a subject; a repeat returns the hold that exists.
   * @throws NotEnough, Frozen
   */
  async hold(tx: Tx, input: HoldInput): Promise<Hold> {
    const { brandId, asset, memberId, subjectKind, subjectId } = input;
    const books = await this.rows.load(tx, brandId, asset, [memberId]);
    const earlier = await this.holds.bySubject(tx, brandId, asset, subjectKind, subjectId);
    if (earlier) return earlier;
    const book = books.get(memberId) as AssetBook;
    book.settle();
    const uses = input.parts ? book.holdParts(input.parts) : book.hold(input.amount, input.policy ?? 'PROPORTIONAL');
    await this.rows.save(tx, brandId, asset, [book]);
    const held: HeldLot[] = uses.map((use) => {
      const lot = book.lots.get(use.lotId) as Lot;
      return { ...use, kind: lot.kind, storeId: lot.storeId, ownerId: lot.ownerId };
    });
    const hold: Hold = {
      id: this.ids.next<'hold'>() as HoldId,
      ownerId: memberId,
      asset,
      subjectKind,
      subjectId,
      amount: input.amount,
      returned: 0,
      state: 'HELD',
      storeId: input.storeId,
      title: input.title,
      uses: held,
    };
    await this.holds.insert(tx, brandId, hold, input.until ?? new Date(tx.now.getTime() + ENDLESS_MS));
    return hold;
  }

  /** What was held leaves the account. @returns the hold when it was captured now, null when there is none or it was closed */
  async capture(tx: Tx, brandId: BrandId, asset: Asset, subjectKind: string, subjectId: Id): Promise<Hold | null> {
    const found = await this.locked(tx, { brandId, asset, subjectKind, subjectId }, 'HELD');
    if (!found || !(await this.holds.close(tx, brandId, found.hold.id, 'CAPTURED'))) return null;
    const { hold, books } = found;
    const { storeId, title } = hold;
    const orderId = orderOf(hold);
    for (const { book, uses, tail } of partsOf(books, hold.uses))
      book.capture(uses, { kind: 'CAPTURE', ref: `CAPTURE:${hold.id}${tail}`, title, storeId, orderId });
    await this.rows.save(tx, brandId, asset, [...books.values()]);
    return hold;
  }

  /** What was held is free again; a repeat does nothing. */
  async release(tx: Tx, brandId: BrandId, asset: Asset, subjectKind: string, subjectId: Id): Promise<Hold | null> {
    const found = await this.locked(tx, { brandId, asset, subjectKind, subjectId }, 'HELD');
    if (!found || !(await this.holds.close(tx, brandId, found.hold.id, 'RELEASED'))) return null;
    for (const { book, uses } of partsOf(found.books, found.hold.uses)) book.release(uses);
    await this.rows.save(tx, brandId, asset, [...found.books.values()]);
    return found.hold;
  }

  /**
   * Brings part of a captured hold back to its lots, whoever has them now; a repeat of the same refund does nothing.
   * @returns what each lot got, and how much lapsed again because its day was over
   */
  async putBack(tx: Tx, input: PutBackInput): Promise<{ hold: Hold; backs: HeldLot[]; lapsed: number } | null> {
    const { brandId, asset, subjectKind, subjectId } = input;
    const found = input.amount === 0 ? null : await this.locked(tx, input, 'CAPTURED');
    if (!found) return null;
    const ref = `REFUND:${input.refundId}:${found.hold.id}`;
    if ((await this.rows.known(tx, brandId, asset, [ref])).has(ref)) return null;
    const hold = (await this.holds.bySubject(tx, brandId, asset, subjectKind, subjectId)) as Hold;
    const backs = backsOf(hold.uses, input.amount);
    const cause = { kind: 'REFUND', title: `退回 · ${hold.title}`, storeId: hold.storeId, orderId: orderOf(hold) };
    const given = backs.filter((back) => back.amount > 0);
    let lapsed = 0;
    for (const { book, uses, tail } of partsOf(found.books, given))
      lapsed += book.putBack(uses, { ...cause, ref: `${ref}${tail}` }, input.late);
    await this.rows.save(tx, brandId, asset, [...found.books.values()]);
    await this.holds.giveBack(tx, brandId, hold.id, backs);
    const held = backs.map((back) => ({ ...(hold.uses.find((use) => use.lotId === back.lotId) as HeldLot), ...back }));
    return { hold, backs: held, lapsed };
  }

  /**
   * A hold in a state with the accounts that its lots are in, locked and settled; null when there is none. Lots that a
   * merge moved between the look and the lock are looked for again.
   */
  private async locked(
    tx: Tx,
    { brandId, asset, subjectKind, subjectId }: Pick<HoldInput, 'brandId' | 'asset' | 'subjectKind' | 'subjectId'>,
    state: Hold['state'],
  ): Promise<{ hold: Hold; books: Map<MemberId, AssetBook> } | null> {
    for (let attempt = 1; ; attempt += 1) {
      const hold = await this.holds.bySubject(tx, brandId, asset, subjectKind, subjectId);
      if (hold?.state !== state) return null;
      const lotIds = hold.uses.map((use) => use.lotId);
      const books = await this.rows.load(
        tx,
        brandId,
        asset,
        [hold.ownerId, ...hold.uses.map((one) => one.ownerId)],
        lotIds,
      );
      const isWhole = lotIds.every((id) => [...books.values()].some((book) => book.lots.has(id)));
      if (!isWhole && attempt < LOOKS) continue;
      for (const book of books.values()) book.settle();
      return { hold, books };
    }
  }

  /** Wakes and lapses what is due for one account, as the sweep does. */
  async settle(tx: Tx, brandId: BrandId, asset: Asset, owner: MemberId): Promise<void> {
    await this.change(tx, { brandId, asset, owners: [owner] }, () => undefined);
    await this.followers.get(asset)?.(tx, brandId, owner);
  }

  account(on: Queryable, brandId: BrandId, memberId: MemberId, asset: Asset) {
    return this.rows.account(on, brandId, memberId, asset);
  }
}
