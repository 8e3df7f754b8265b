import { type BrandId, canonicalJson, type StoreId } from '@shuke/shared/kernel';
import {
  type ChainEntry,
  type EntryBody,
  entryAmount,
  entryHash,
  GENESIS_HASH,
  signedShares,
} from '@shuke/shared/rules';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

interface HeadRow {
  store_id: StoreId;
  seq: string;
  hash: string;
}
interface LastRow extends HeadRow {
  business_day: string | null;
  at: Date | null;
}
interface EntryRow {
  store_id: StoreId;
  seq: string;
  body: string;
  prev_hash: string;
  hash: string;
}

const toEntry = (row: EntryRow): ChainEntry => ({
  seq: Number(row.seq),
  prevHash: row.prev_hash,
  hash: row.hash,
  body: JSON.parse(row.body) as EntryBody,
});

const headOf = (row: LastRow) => ({
  seq: Number(row.seq),
  hash: row.hash,
  day: row.business_day ?? '',
  at: row.at?.toISOString() ?? '',
});

/** Where a store's chain stands. */
export interface ChainHead {
  storeId: StoreId;
  seq: number;
  hash: string;
}

/** An entry to be appended: which store's chain, and what makes it happen once. */
export interface EntryDraft {
  storeId: StoreId;
  /** The refund for a reversal, "0" for the accrual. */
  refId: string;
  body: EntryBody;
}

/** The entitlement chains: insert-only, one per store, each entry carrying the hash of the one before it. */
export class ChainStore {
  /**
   * Appends entries, in the order given, to the chains of their stores; the heads are locked in sorted order. Time never
   * runs backwards in a chain: an entry whose transaction began before midnight and comes after one of the new day belongs
   * to the new day, so that every day is one unbroken piece of the chain.
   */
  async append(tx: Tx, brandId: BrandId, drafts: readonly EntryDraft[]): Promise<ChainEntry[]> {
    if (drafts.length === 0) return [];
    const storeIds = [...new Set(drafts.map((draft) => draft.storeId))].sort();
    await tx.execute(
      `INSERT INTO chain_head (brand_id, store_id, seq, hash) VALUES ${storeIds.map(() => '(?,?,0,?)').join(',')} ON DUPLICATE KEY UPDATE seq = seq`,
      storeIds.flatMap((storeId) => [brandId, storeId, GENESIS_HASH]),
    );
    const heads = await tx.query<LastRow>(
      `SELECT h.store_id, h.seq, h.hash, e.business_day, e.at FROM chain_head h
       LEFT JOIN entitlement e ON e.brand_id = h.brand_id AND e.store_id = h.store_id AND e.seq = h.seq
       WHERE h.brand_id = ? AND h.store_id IN ${marks(storeIds)} ORDER BY h.store_id FOR UPDATE`,
      [brandId, ...storeIds],
    );
    const head = new Map(heads.map((row) => [row.store_id, headOf(row)]));
    const entries = drafts.map((draft) => {
      const before = head.get(draft.storeId) ?? { seq: 0, hash: GENESIS_HASH, day: '', at: '' };
      const seq = before.seq + 1;
      const isLater = draft.body.businessDay >= before.day;
      const body = isLater ? draft.body : { ...draft.body, businessDay: before.day, at: before.at };
      const entry: ChainEntry = { seq, prevHash: before.hash, body, hash: entryHash(before.hash, seq, body) };
      head.set(draft.storeId, { seq, hash: entry.hash, day: body.businessDay, at: body.at });
      return { draft, entry };
    });
    await this.insert(tx, brandId, entries);
    await tx.execute(
      `INSERT INTO chain_head (brand_id, store_id, seq, hash) VALUES ${storeIds.map(() => '(?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE seq = VALUES(seq), hash = VALUES(hash)`,
      storeIds.flatMap((storeId): SqlValue[] => [
        brandId,
        storeId,
        head.get(storeId)?.seq ?? 0,
        head.get(storeId)?.hash ?? GENESIS_HASH,
      ]),
    );
    return entries.map(({ entry }) => entry);
  }

  private async insert(
    tx: Tx,
    brandId: BrandId,
    entries: readonly { draft: EntryDraft; entry: ChainEntry }[],
  ): Promise<void> {
    const rows = entries.map(({ draft, entry }): SqlValue[] => {
      const { body } = entry;
      return [
        brandId,
        draft.storeId,
        entry.seq,
        body.orderId,
        body.kind,
        draft.refId,
        body.rule.version,
        entryAmount(body),
        canonicalJson(body),
        entry.prevHash,
        entry.hash,
        body.businessDay,
        new Date(body.at),
      ];
    });
    await tx.execute(
      `INSERT INTO entitlement (brand_id, store_id, seq, order_id, kind, ref_id, rule_version, amount_fen, body, prev_hash, hash, business_day, at)
       VALUES ${rows.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
      rows.flat(),
    );
    const legs = entries.flatMap(({ draft, entry }) =>
      signedShares(entry.body).map((share): SqlValue[] => [
        brandId,
        entry.body.orderId,
        entry.seq,
        share.party,
        share.partyId,
        draft.storeId,
        share.fen,
        entry.body.businessDay,
        new Date(entry.body.at),
      ]),
    );
    await tx.execute(
      `INSERT INTO entitlement_leg (brand_id, order_id, seq, party, party_id, store_id, fen, business_day, at) VALUES ${legs.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
      legs.flat(),
    );
  }

  /** Where every chain of a brand stands now. */
  async heads(on: Queryable, brandId: BrandId): Promise<ChainHead[]> {
    const rows = await on.query<HeadRow>(
      'SELECT store_id, seq, hash FROM chain_head WHERE brand_id = ? ORDER BY store_id',
      [brandId],
    );
    return rows.map((row) => ({ storeId: row.store_id, seq: Number(row.seq), hash: row.hash }));
  }

  /** A piece of a chain up to its head, so that a long one need not be held whole. */
  async piece(on: Queryable, brandId: BrandId, head: ChainHead, after: number, limit: number): Promise<ChainEntry[]> {
    const rows = await on.query<EntryRow>(
      'SELECT store_id, seq, body, prev_hash, hash FROM entitlement WHERE brand_id = ? AND store_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
      [brandId, head.storeId, after, head.seq, limit],
    );
    return rows.map(toEntry);
  }

  /** Entries that stand behind their chain's head, or whose chain has none; in one statement, since chains grow meanwhile. */
  async beyondHeads(on: Queryable, brandId: BrandId): Promise<{ storeId: StoreId; seq: number }[]> {
    const rows = await on.query<{ store_id: StoreId; seq: string }>(
      `SELECT s.store_id, MIN(e.seq) AS seq FROM (SELECT DISTINCT store_id FROM entitlement WHERE brand_id = ?) s
       JOIN entitlement e ON e.brand_id = ? AND e.store_id = s.store_id
         AND e.seq > COALESCE((SELECT h.seq FROM chain_head h WHERE h.brand_id = ? AND h.store_id = s.store_id), 0) GROUP BY s.store_id`,
      [brandId, brandId, brandId],
    );
    return rows.map((row) => ({ storeId: row.store_id, seq: Number(row.seq) }));
  }

  /** All entries of some orders, in chain order. */
  async ofOrders(on: Queryable, brandId: BrandId, orderIds: readonly string[]): Promise<ChainEntry[]> {
    if (orderIds.length === 0) return [];
    const rows = await on.query<EntryRow>(
      `SELECT store_id, seq, body, prev_hash, hash FROM entitlement WHERE brand_id = ? AND order_id IN ${marks(orderIds)} ORDER BY store_id, seq`,
      [brandId, ...orderIds],
    );
    return rows.map(toEntry);
  }

  /** A store's entries of a day, and the link before them. */
  async ofDay(
    on: Queryable,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    day: string,
  ): Promise<Map<StoreId, { afterSeq: number; afterHash: string; entries: ChainEntry[] }>> {
    const rows = await on.query<EntryRow>(
      `SELECT store_id, seq, body, prev_hash, hash FROM entitlement WHERE brand_id = ? AND business_day = ? AND store_id IN ${marks(storeIds)} ORDER BY store_id, seq`,
      [brandId, day, ...storeIds],
    );
    const before = await on.query<HeadRow>(
      `SELECT e.store_id, e.seq, e.hash FROM entitlement e JOIN (SELECT store_id, MAX(seq) AS seq FROM entitlement WHERE brand_id = ? AND business_day < ? AND store_id IN ${marks(storeIds)} GROUP BY store_id) m
         ON m.store_id = e.store_id AND m.seq = e.seq WHERE e.brand_id = ?`,
      [brandId, day, ...storeIds, brandId],
    );
    const result = new Map<StoreId, { afterSeq: number; afterHash: string; entries: ChainEntry[] }>();
    for (const storeId of storeIds) {
      const last = before.find((row) => row.store_id === storeId);
      result.set(storeId, {
        afterSeq: Number(last?.seq ?? 0),
        afterHash: last?.hash ?? GENESIS_HASH,
        entries: rows.filter((row) => row.store_id === storeId).map(toEntry),
      });
    }
    return result;
  }
}
