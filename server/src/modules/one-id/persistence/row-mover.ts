import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberMove, MoveEffect } from '../domain/types.js';
import { freezeRow, thawRow } from './frozen-row.js';
import type { MemberAssetMover } from './member-asset-mover.js';
import { MergeRowsStore, type NotedRow } from './merge-rows.store.js';

/** Describes a table whose rows belong to a member. All names are constants of the code, never anybody's input. */
export interface OwnedTable {
  /** Stable word under which the rows are noted. */
  subject: string;
  /** For people: 订单, 收货地址. */
  title: string;
  /** Counter word: 笔, 个. */
  unit: string;
  table: string;
  /** The column(s) that tell a row from others of the table, the member aside: they survive the move. */
  key: readonly [string, ...string[]];
  /** The columns of which a member has only one row each; omitted when a member may have any number. */
  onePer?: readonly [string, ...string[]];
  /** False for rows that nobody wants to read about in a preview. */
  isShown?: boolean;
}

type Row = Record<string, unknown>;
const journal = new MergeRowsStore();

/** A mover for a table with `brand_id` and `member_id`. */
export function rowMover(owned: OwnedTable): MemberAssetMover {
  const { table, key, onePer, subject } = owned;
  const keySql = key.length === 1 ? `CAST(t.${key[0]} AS CHAR)` : `CONCAT_WS(':', ${key.map((one) => `t.${one}`)})`;

  /** Only rows that were noted change hands: one that is written at this very moment waits for the next look. */
  async function giveNoted(
    tx: Tx,
    { brandId, mergeId }: Pick<MemberMove, 'brandId' | 'mergeId'>,
    giver: MemberId,
    taker: MemberId,
  ): Promise<number> {
    const { affectedRows } = await tx.execute(
      `UPDATE ${table} t JOIN member_merge_row r ON r.brand_id = t.brand_id AND r.merge_id = ? AND r.subject = ?
         AND r.row_key = ${keySql} AND r.kept IS NULL SET t.member_id = ? WHERE t.brand_id = ? AND t.member_id = ?`,
      [mergeId, subject, taker, brandId, giver],
    );
    return affectedRows;
  }

  async function moveFree(tx: Tx, { brandId, mergeId, from, into }: MemberMove): Promise<number> {
    await tx.execute(
      `INSERT INTO member_merge_row (brand_id, merge_id, subject, row_key)
       SELECT t.brand_id, ?, ?, ${keySql} FROM ${table} t WHERE t.brand_id = ? AND t.member_id = ? FOR UPDATE
       ON DUPLICATE KEY UPDATE kept = NULL`,
      [mergeId, subject, brandId, from],
    );
    return giveNoted(tx, { brandId, mergeId }, from, into);
  }

  async function moveOnePer(tx: Tx, move: MemberMove, columns: readonly string[]): Promise<number> {
    const { brandId, from, into } = move;
    const rows = await tx.query<Row>(
      `SELECT * FROM ${table} WHERE brand_id = ? AND member_id IN (?, ?) ORDER BY member_id FOR UPDATE`,
      [brandId, from, into],
    );
    const kindOf = (row: Row) => columns.map((one) => String(row[one])).join(':');
    const keyOf = (row: Row) => key.map((one) => String(row[one])).join(':');
    const taken = new Set(rows.filter((row) => row['member_id'] === into).map(kindOf));
    const mine = rows.filter((row) => row['member_id'] === from);
    if (mine.length === 0) return 0;
    const noted: NotedRow[] = mine.map((row) => ({
      key: keyOf(row),
      kept: taken.has(kindOf(row)) ? freezeRow(row) : null,
    }));
    await journal.note(tx, move, subject, noted);
    const aside = noted.filter((one) => one.kept !== null).map((one) => one.key);
    if (aside.length > 0)
      await tx.execute(
        `DELETE t FROM ${table} t WHERE t.brand_id = ? AND t.member_id = ? AND ${keySql} IN (${aside.map(() => '?').join(',')})`,
        [brandId, from, ...aside],
      );
    await giveNoted(tx, move, from, into);
    return mine.length;
  }

  return {
    tables: [table],
    async preview(on, brandId, from, into) {
      if (owned.isShown === false) return [];
      return countEffect(owned, await countRows(on, table, brandId, [from, into]), from, into);
    },
    move: (tx, move) => (onePer ? moveOnePer(tx, move, onePer) : moveFree(tx, move)),
    async moveBack(tx, { brandId, mergeId, from, into }) {
      const back = await giveNoted(tx, { brandId, mergeId }, into, from);
      const kept = onePer ? (await journal.noted(tx, brandId, mergeId, subject)).filter((one) => one.kept) : [];
      await putBack(
        tx,
        table,
        kept.map((one) => one.kept as string),
      );
      return back + kept.length;
    },
  };
}

/** Writes rows that were kept aside again, exactly as they were. */
export async function putBack(tx: Tx, table: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const row = thawRow(text);
    const columns = Object.keys(row);
    await tx.execute(
      `INSERT INTO ${table} (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')}) ON DUPLICATE KEY UPDATE brand_id = VALUES(brand_id)`,
      Object.values(row),
    );
  }
}

async function countRows(on: Queryable, table: string, brandId: BrandId, members: readonly [MemberId, MemberId]) {
  const rows = await on.query<{ member_id: MemberId; n: string }>(
    `SELECT member_id, COUNT(*) AS n FROM ${table} WHERE brand_id = ? AND member_id IN (?, ?) GROUP BY member_id`,
    [brandId, ...members],
  );
  return new Map(rows.map((row) => [row.member_id, Number(row.n)]));
}

function countEffect(
  owned: OwnedTable,
  counts: ReadonlyMap<MemberId, number>,
  from: MemberId,
  into: MemberId,
): MoveEffect[] {
  const { subject, title, unit } = owned;
  const [mine, theirs] = [counts.get(from) ?? 0, counts.get(into) ?? 0];
  if (mine === 0) return [];
  const text = owned.onePer
    ? `${mine} ${unit}${title}并到保留的会员；两边都有的保留一份，拆分时原样恢复`
    : `${mine} ${unit}${title}归到保留的会员，来源会记下，拆分时原样退回`;
  return [
    {
      subject,
      title,
      text,
      fromText: `${mine} ${unit}`,
      intoText: `${theirs} ${unit}`,
      afterText: owned.onePer ? `最多 ${mine + theirs} ${unit}` : `${mine + theirs} ${unit}`,
      isWarning: false,
    },
  ];
}
