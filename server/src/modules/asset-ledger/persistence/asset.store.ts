import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AssetBook } from '../domain/asset-book.js';
import type { Account, Asset, Lot, LotId } from '../domain/asset-types.js';
import {
  ACCOUNT,
  type AccountRow,
  accountOf,
  type EntryRow,
  emptyAccount,
  entryHashOf,
  GENESIS,
  LOT,
  type LotRow,
  lotOf,
} from './asset-rows.js';

const CHUNK = 500;

const rowsOf = (columns: number, rows: number): string =>
  Array.from({ length: rows }, () => `(${Array.from({ length: columns }, () => '?').join(',')})`).join(',');

/** Accounts, lots, entries and their movements. */
export class AssetStore {
  /** Locks accounts in id order, making those that are missing, and reads their open lots and the named ones. */
  async load(
    tx: Tx,
    brandId: BrandId,
    asset: Asset,
    owners: readonly MemberId[],
    lotIds: readonly LotId[] = [],
  ): Promise<Map<MemberId, AssetBook>> {
    const ids = [...new Set(owners)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    let accounts = await this.lock(tx, brandId, asset, ids);
    const missing = ids.filter((id) => !accounts.some((row) => row.owner_id === id));
    if (missing.length > 0) {
      await tx.execute(
        `INSERT INTO asset_account (brand_id, owner_id, asset, balance, pending, held, owed, entry_count, head_hash)
         VALUES ${rowsOf(9, missing.length)} ON DUPLICATE KEY UPDATE owner_id = VALUES(owner_id)`,
        missing.flatMap((id): SqlValue[] => [brandId, id, asset, 0, 0, 0, 0, 0, GENESIS]),
      );
      accounts = await this.lock(tx, brandId, asset, ids);
    }
    const lots = await this.openLots(tx, brandId, asset, ids, lotIds);
    return new Map(
      accounts.map((row) => [
        row.owner_id,
        new AssetBook(
          asset,
          accountOf(row),
          lots.filter((lot) => lot.ownerId === row.owner_id),
          tx.now,
        ),
      ]),
    );
  }

  private lock(tx: Tx, brandId: BrandId, asset: Asset, ids: readonly MemberId[]): Promise<AccountRow[]> {
    return tx.query<AccountRow>(
      `${ACCOUNT} WHERE brand_id = ? AND asset = ? AND owner_id IN ${marks(ids)} ORDER BY owner_id FOR UPDATE`,
      [brandId, asset, ...ids],
    );
  }

  private async openLots(
    on: Queryable,
    brandId: BrandId,
    asset: Asset,
    owners: readonly MemberId[],
    lotIds: readonly LotId[],
  ): Promise<Lot[]> {
    const open = await on.query<LotRow>(
      `${LOT} WHERE brand_id = ? AND owner_id IN ${marks(owners)} AND asset = ? AND state IN ('PENDING','ACTIVE')`,
      [brandId, ...owners, asset],
    );
    const more = lotIds.filter((id) => !open.some((row) => row.id === id));
    if (more.length > 0) {
      open.push(
        ...(await on.query<LotRow>(
          `${LOT} WHERE brand_id = ? AND id IN ${marks(more)} AND owner_id IN ${marks(owners)} AND asset = ?`,
          [brandId, ...more, ...owners, asset],
        )),
      );
    }
    return open.map(lotOf);
  }

  /** Writes what changed in the books: few statements however many books. */
  async save(tx: Tx, brandId: BrandId, asset: Asset, books: readonly AssetBook[]): Promise<void> {
    const entries: SqlValue[][] = [];
    const movements: SqlValue[][] = [];
    for (const { account, entries: drafts } of books) {
      for (const draft of drafts) {
        account.entryCount += 1;
        const seq = account.entryCount;
        const prev = account.headHash;
        const { kind, ref, title, storeId, orderId, amount, pending, balanceAfter, pendingAfter } = draft;
        const hash = entryHashOf(prev, { seq, ref, kind, amount, pending, balanceAfter, pendingAfter });
        account.headHash = hash;
        const sums = [amount, pending, balanceAfter, pendingAfter];
        entries.push([
          brandId,
          account.ownerId,
          asset,
          seq,
          kind,
          ref,
          ...sums,
          title.slice(0, 80),
          storeId,
          orderId,
          prev,
          hash,
          tx.now,
        ]);
        for (const one of draft.movements)
          movements.push([brandId, account.ownerId, asset, seq, one.lotId, one.amount, one.pending]);
      }
    }
    await this.writeLots(
      tx,
      brandId,
      asset,
      books.flatMap((book) => [...book.changed].map((id) => book.lots.get(id) as Lot)),
    );
    await this.insert(
      tx,
      `INSERT INTO asset_entry (brand_id, owner_id, asset, seq, kind, ref, amount, pending, balance_after, pending_after, title, store_id, order_id,
       prev_hash, hash, at) VALUES`,
      entries,
    );
    await this.insert(
      tx,
      'INSERT INTO asset_movement (brand_id, owner_id, asset, seq, lot_id, amount, pending) VALUES',
      movements,
    );
    const accounts = books
      .filter((book) => book.entries.length > 0 || book.changed.size > 0)
      .map(({ account: one }): SqlValue[] => [
        ...[brandId, one.ownerId, asset, one.balance, one.pending, one.held, one.owed, one.entryCount, one.headHash],
      ]);
    await this.insert(
      tx,
      'INSERT INTO asset_account (brand_id, owner_id, asset, balance, pending, held, owed, entry_count, head_hash) VALUES',
      accounts,
      `ON DUPLICATE KEY UPDATE balance = VALUES(balance), pending = VALUES(pending), held = VALUES(held), owed = VALUES(owed),
       entry_count = VALUES(entry_count), head_hash = VALUES(head_hash)`,
    );
    for (const book of books) {
      book.entries.length = 0;
      book.changed.clear();
    }
  }

  private async writeLots(tx: Tx, brandId: BrandId, asset: Asset, lots: readonly Lot[]): Promise<void> {
    const rows = lots.map((lot): SqlValue[] => [
      ...[brandId, lot.id, lot.ownerId, asset, lot.kind, lot.state, lot.pairId, lot.granted, lot.remaining, lot.held],
      ...[lot.originKind, lot.originId, lot.originOwnerId, lot.storeId, lot.terms && JSON.stringify(lot.terms)],
      ...[lot.title.slice(0, 60), lot.createdAt, lot.activeAt, lot.expiresAt],
    ]);
    await this.insert(
      tx,
      `INSERT INTO asset_lot (brand_id, id, owner_id, asset, kind, state, pair_id, granted, remaining, held, origin_kind, origin_id, origin_owner_id,
       store_id, terms, title, created_at, active_at, expires_at) VALUES`,
      rows,
      `ON DUPLICATE KEY UPDATE owner_id = VALUES(owner_id), state = VALUES(state), granted = VALUES(granted), remaining = VALUES(remaining),
       held = VALUES(held), active_at = VALUES(active_at), expires_at = VALUES(expires_at)`,
    );
  }

  private async insert(tx: Tx, head: string, rows: readonly SqlValue[][], tail = ''): Promise<void> {
    for (let from = 0; from < rows.length; from += CHUNK) {
      const part = rows.slice(from, from + CHUNK);
      await tx.execute(`${head} ${rowsOf(part[0]?.length ?? 0, part.length)} ${tail}`, part.flat());
    }
  }

  /** Which of the references are booked already. */
  async known(on: Queryable, brandId: BrandId, asset: Asset, refs: readonly string[]): Promise<Set<string>> {
    if (refs.length === 0) return new Set();
    const rows = await on.query<{ ref: string }>(
      `SELECT ref FROM asset_entry WHERE brand_id = ? AND asset = ? AND ref IN ${marks(refs)}`,
      [brandId, asset, ...refs],
    );
    return new Set(rows.map((row) => row.ref));
  }

  async account(on: Queryable, brandId: BrandId, ownerId: MemberId, asset: Asset): Promise<Account> {
    const [row] = await on.query<AccountRow>(`${ACCOUNT} WHERE brand_id = ? AND owner_id = ? AND asset = ?`, [
      brandId,
      ownerId,
      asset,
    ]);
    return row ? accountOf(row) : emptyAccount(ownerId);
  }

  /** Open lots, soonest to lapse first; with `isAll` the closed ones too, at most 200. */
  async lots(on: Queryable, brandId: BrandId, ownerId: MemberId, asset: Asset, isAll = false): Promise<Lot[]> {
    const rows = await on.query<LotRow>(
      `${LOT} WHERE brand_id = ? AND owner_id = ? AND asset = ? ${isAll ? '' : "AND state IN ('PENDING','ACTIVE')"}
       ORDER BY expires_at IS NULL, expires_at, created_at, id LIMIT 200`,
      [brandId, ownerId, asset],
    );
    return rows.map(lotOf);
  }

  async lotsOfOrigin(on: Queryable, brandId: BrandId, kind: string, ids: readonly Id[]): Promise<Lot[]> {
    const rows = await on.query<LotRow>(
      `${LOT} WHERE brand_id = ? AND origin_kind = ? AND origin_id IN ${marks(ids)} ORDER BY id`,
      [brandId, kind, ...ids],
    );
    return rows.map(lotOf);
  }

  /** A page of an account's history, newest first. */
  entries(on: Queryable, brandId: BrandId, ownerId: MemberId, asset: Asset, before: number | null, limit: number) {
    return on.query<EntryRow>(
      `SELECT e.seq, e.kind, e.ref, e.amount, e.pending, e.balance_after, e.title, e.store_id, e.order_id, e.at,
         (SELECT SUM(m.amount) FROM asset_movement m JOIN asset_lot l ON l.brand_id = m.brand_id AND l.id = m.lot_id
          WHERE m.brand_id = e.brand_id AND m.owner_id = e.owner_id AND m.asset = e.asset AND m.seq = e.seq AND l.kind = 'BONUS') AS bonus
       FROM asset_entry e WHERE e.brand_id = ? AND e.owner_id = ? AND e.asset = ? ${before === null ? '' : 'AND e.seq < ?'} ORDER BY e.seq DESC LIMIT ?`,
      [brandId, ownerId, asset, ...(before === null ? [] : [before]), limit],
    );
  }

  /** Owners with something to wake or to lapse. */
  dueOwners(on: Queryable, now: Date, limit: number, only: BrandId | null) {
    const [own, values] = only === null ? ['', [now, limit]] : ['AND brand_id = ?', [now, only, limit]];
    return on.query<{ brand_id: BrandId; owner_id: MemberId; asset: Asset }>(
      `(SELECT DISTINCT brand_id, owner_id, asset FROM asset_lot WHERE state = 'PENDING' AND active_at <= ? ${own} LIMIT ?)
       UNION (SELECT DISTINCT brand_id, owner_id, asset FROM asset_lot WHERE state = 'ACTIVE' AND expires_at <= ? AND remaining > held ${own} LIMIT ?)`,
      [...values, ...values],
    );
  }

  async setFrozen(tx: Tx, brandId: BrandId, ownerId: MemberId, asset: Asset, reason: string | null): Promise<void> {
    await tx.execute(
      'UPDATE asset_account SET frozen_reason = ?, frozen_at = ? WHERE brand_id = ? AND owner_id = ? AND asset = ?',
      [reason, reason === null ? null : tx.now, brandId, ownerId, asset],
    );
  }
}
