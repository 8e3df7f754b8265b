import { type BrandId, type BusinessDay, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import { isDuplicate, marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Debt, Leg, Party } from '../domain/netting.js';

export interface EntryRow {
  id: Id<'clearing'>;
  kind: string;
  subjectId: string;
  note: string;
  day: string;
  at: Date;
}
export interface DayRow {
  day: string;
  isClosed: boolean;
  entryCount: number;
  grossFen: Fen;
  nettedFen: Fen;
}
export interface EntryFilter {
  parties: readonly Party[] | null;
  from: string;
  to: string;
  before: string | null;
  limit: number;
}
interface RawEntry {
  id: Id<'clearing'>;
  kind: string;
  subject_id: string;
  note: string;
  day: string;
  at: Date;
}
interface RawDebt {
  from_party: Party;
  to_party: Party;
  fen: string;
}

const toDebt = (row: RawDebt): Debt => ({ from: row.from_party, to: row.to_party, fen: parseFen(row.fen) });

/** All SQL of the clearing. */
export class ClearingStore {
  /** False when the kind and subject have an entry already; nothing is written then. */
  async add(tx: Tx, brandId: BrandId, entry: EntryRow, legs: readonly Leg[], debts: readonly Debt[]): Promise<boolean> {
    try {
      await tx.execute(
        'INSERT INTO clearing_entry (brand_id, id, kind, subject_id, note, day, at) VALUES (?,?,?,?,?,?,?)',
        [brandId, entry.id, entry.kind, entry.subjectId, entry.note.slice(0, 120), entry.day, entry.at],
      );
    } catch (error) {
      // The key refuses the second of two at the same time too, for whom looking first would have found nothing.
      if (isDuplicate(error)) return false;
      throw error;
    }
    if (legs.length > 0)
      await tx.execute(
        `INSERT INTO clearing_leg (brand_id, entry_id, position, party, fen, day) VALUES ${legs.map(() => '(?,?,?,?,?,?)').join(',')}`,
        legs.flatMap((leg, at): SqlValue[] => [brandId, entry.id, at, leg.party, leg.fen, entry.day]),
      );
    if (debts.length > 0)
      await tx.execute(
        `INSERT INTO clearing_pair (brand_id, entry_id, position, from_party, to_party, fen, day) VALUES ${debts.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
        debts.flatMap((debt, at): SqlValue[] => [brandId, entry.id, at, debt.from, debt.to, debt.fen, entry.day]),
      );
    return true;
  }

  /** The entry of a kind and subject, locked until the transaction ends. */
  async lock(tx: Tx, brandId: BrandId, kind: string, subjectId: string): Promise<Id<'clearing'> | null> {
    const [row] = await tx.query<{ id: Id<'clearing'> }>(
      'SELECT id FROM clearing_entry WHERE brand_id = ? AND kind = ? AND subject_id = ? FOR UPDATE',
      [brandId, kind, subjectId],
    );
    return row?.id ?? null;
  }

  /** How much of the first legs was taken back by entries of a kind whose subject is `subjectId:…`. */
  async takenBack(on: Queryable, brandId: BrandId, kind: string, subjectId: string): Promise<Fen> {
    const [row] = await on.query<{ fen: string | null }>(
      `SELECT SUM(-l.fen) AS fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id AND l.position = 0
       WHERE e.brand_id = ? AND e.kind = ? AND e.subject_id > ? AND e.subject_id < ?`,
      // In the byte order of the column a semicolon is what follows a colon.
      [brandId, kind, `${subjectId}:`, `${subjectId};`],
    );
    return parseFen(row?.fen ?? 0);
  }

  async legsOf(on: Queryable, brandId: BrandId, ids: readonly Id[]): Promise<Map<Id, Leg[]>> {
    const rows = await on.query<{ entry_id: Id; party: Party; fen: string }>(
      `SELECT entry_id, party, fen FROM clearing_leg WHERE brand_id = ? AND entry_id IN ${marks(ids)} ORDER BY entry_id, position`,
      [brandId, ...ids],
    );
    const byEntry = new Map<Id, Leg[]>();
    for (const row of rows) {
      const list = byEntry.get(row.entry_id) ?? [];
      list.push({ party: row.party, fen: parseFen(row.fen) });
      byEntry.set(row.entry_id, list);
    }
    return byEntry;
  }

  /** Debts of a span of days, summed by pair and direction; with parties, only those that touch one of them. */
  async debts(on: Queryable, brandId: BrandId, from: string, to: string, parties: readonly Party[] | null) {
    const own = parties === null ? '' : `AND (from_party IN ${marks(parties)} OR to_party IN ${marks(parties)})`;
    const rows = await on.query<RawDebt>(
      `SELECT from_party, to_party, SUM(fen) AS fen FROM clearing_pair WHERE brand_id = ? AND day >= ? AND day <= ? ${own}
       GROUP BY from_party, to_party ORDER BY from_party, to_party`,
      [brandId, from, to, ...(parties === null ? [] : [...parties, ...parties])],
    );
    return rows.map(toDebt);
  }

  /** Entries, newest first, one more than asked for; with parties, only those in which one of them has a leg. */
  async entries(on: Queryable, brandId: BrandId, filter: EntryFilter): Promise<EntryRow[]> {
    const { parties } = filter;
    const own =
      parties === null
        ? ''
        : `AND EXISTS (SELECT 1 FROM clearing_leg l WHERE l.brand_id = e.brand_id AND l.entry_id = e.id AND l.party IN ${marks(parties)})`;
    const rows = await on.query<RawEntry>(
      `SELECT e.id, e.kind, e.subject_id, e.note, DATE_FORMAT(e.day, '%Y-%m-%d') AS day, e.at FROM clearing_entry e
       WHERE e.brand_id = ? AND e.day >= ? AND e.day <= ? ${filter.before ? 'AND e.id < ?' : ''} ${own} ORDER BY e.id DESC LIMIT ?`,
      [
        brandId,
        filter.from,
        filter.to,
        ...(filter.before ? [filter.before] : []),
        ...(parties ?? []),
        filter.limit + 1,
      ],
    );
    return rows.map(({ subject_id: subjectId, ...row }) => ({ ...row, subjectId }));
  }

  async days(
    on: Queryable,
    brandId: BrandId,
    from: string,
    to: string,
    parties: readonly Party[] | null,
  ): Promise<DayRow[]> {
    const ofLegs = parties === null ? '' : `AND party IN ${marks(parties)}`;
    const ofPairs = parties === null ? '' : `AND (from_party IN ${marks(parties)} OR to_party IN ${marks(parties)})`;
    const rows = await on.query<{
      day: string;
      closed: number | null;
      entries: string;
      gross: string | null;
      netted: string | null;
    }>(
      // Entries by their legs: one that its giver bears alone is an entry, and nobody owes anybody for it.
      `SELECT DATE_FORMAT(l.day, '%Y-%m-%d') AS day, l.entries, p.gross, d.netted_fen AS netted, d.closed_at IS NOT NULL AS closed
       FROM (SELECT day, COUNT(DISTINCT entry_id) AS entries FROM clearing_leg WHERE brand_id = ? AND day >= ? AND day <= ? ${ofLegs} GROUP BY day) l
       LEFT JOIN (SELECT day, SUM(fen) AS gross FROM clearing_pair WHERE brand_id = ? AND day >= ? AND day <= ? ${ofPairs} GROUP BY day) p ON p.day = l.day
       LEFT JOIN clearing_day d ON d.brand_id = ? AND d.day = l.day ORDER BY l.day DESC LIMIT 400`,
      [
        ...[brandId, from, to, ...(parties ?? [])],
        ...[brandId, from, to, ...(parties ?? []), ...(parties ?? [])],
        brandId,
      ],
    );
    return rows.map((row) => ({
      day: row.day,
      isClosed: Number(row.closed ?? 0) === 1,
      entryCount: Number(row.entries),
      grossFen: parseFen(row.gross ?? 0),
      nettedFen: parseFen(row.netted ?? 0),
    }));
  }

  /** Days with entries that are over and not closed, of one brand or all, oldest first. */
  async openDays(
    on: Queryable,
    before: string,
    only: BrandId | null,
  ): Promise<{ brandId: BrandId; day: BusinessDay }[]> {
    // The days are picked out of the index group by group; reading every entry that ever was would take longer each night.
    const rows = await on.query<{ brand_id: BrandId; day: BusinessDay }>(
      `SELECT e.brand_id, DATE_FORMAT(e.day, '%Y-%m-%d') AS day
       FROM (SELECT brand_id, day FROM clearing_entry ${only ? 'WHERE brand_id = ?' : ''} GROUP BY brand_id, day) e
       LEFT JOIN clearing_day d ON d.brand_id = e.brand_id AND d.day = e.day
       WHERE e.day < ? AND d.day IS NULL ORDER BY e.day LIMIT 100`,
      [...(only ? [only] : []), before],
    );
    return rows.map((row) => ({ brandId: row.brand_id, day: row.day }));
  }

  async countEntries(on: Queryable, brandId: BrandId, day: string): Promise<number> {
    const [row] = await on.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM clearing_entry WHERE brand_id = ? AND day = ?',
      [brandId, day],
    );
    return Number(row?.n ?? 0);
  }

  /** Closes a day with its net debts; false when somebody else has closed it. */
  async closeDay(tx: Tx, brandId: BrandId, day: DayRow, nets: readonly Debt[]): Promise<boolean> {
    const made = await tx.execute(
      'INSERT IGNORE INTO clearing_day (brand_id, day, entry_count, gross_fen, netted_fen, closed_at) VALUES (?,?,?,?,?,?)',
      [brandId, day.day, day.entryCount, day.grossFen, day.nettedFen, tx.now],
    );
    if (made.affectedRows === 0) return false;
    if (nets.length > 0)
      await tx.execute(
        `INSERT INTO clearing_net (brand_id, day, from_party, to_party, fen) VALUES ${nets.map(() => '(?,?,?,?,?)').join(',')}`,
        nets.flatMap((net): SqlValue[] => [brandId, day.day, net.from, net.to, net.fen]),
      );
    return true;
  }
}
