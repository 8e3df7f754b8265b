import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { CopiedRow, MemberAsset } from './member-asset.js';

/** What a table keeps of a member. All names are constants of the code, never anybody's input. */
export interface KeptTable {
  table: string;
  /** The list of the data export, for people: 收货地址. */
  list: string;
  /** Column by which the export pages; unique among one member's rows. */
  by: string;
  /** Columns of the export and what they are called there; omitted when there is nothing a person could read. */
  columns?: Readonly<Record<string, string>>;
  /** DELETE the rows when the member leaves, UNLINK them (they count without a name), or KEEP them for the books. */
  onLeave: 'DELETE' | 'UNLINK' | 'KEEP';
}

const PAGE = 500;

/** The part of leaving and of the data export that needs no thought: rows of a table with `brand_id` and `member_id`. */
export function rowAsset(kept: KeptTable): MemberAsset {
  return {
    tables: [kept.table],
    beforeLeaving: async () => ({ blockers: [], settlements: [] }),
    async leave(tx, { brandId, memberId }) {
      if (kept.onLeave === 'KEEP') return;
      const sql =
        kept.onLeave === 'DELETE'
          ? `DELETE FROM ${kept.table} WHERE brand_id = ? AND member_id = ?`
          : `UPDATE ${kept.table} SET member_id = NULL WHERE brand_id = ? AND member_id = ?`;
      await tx.execute(sql, [brandId, memberId]);
    },
    // An asset without a copy says so, so that a table that the data export leaves out is found.
    ...(kept.columns
      ? { copy: (on: Queryable, brandId: BrandId, memberId: MemberId) => copyRows(kept, on, brandId, memberId) }
      : {}),
  };
}

async function* copyRows(
  kept: KeptTable,
  on: Queryable,
  brandId: BrandId,
  memberId: MemberId,
): AsyncIterable<CopiedRow> {
  const columns = Object.entries(kept.columns ?? {});
  if (columns.length === 0) return;
  let after: SqlValue | null = null;
  for (;;) {
    const rows: Record<string, unknown>[] = await on.query(
      `SELECT ${kept.by} AS page_key, ${columns.map(([column]) => column).join(', ')} FROM ${kept.table}
       WHERE brand_id = ? AND member_id = ? ${after === null ? '' : `AND ${kept.by} > ?`} ORDER BY ${kept.by} LIMIT ${PAGE}`,
      after === null ? [brandId, memberId] : [brandId, memberId, after],
    );
    for (const row of rows)
      yield {
        list: kept.list,
        row: Object.fromEntries(columns.map(([column, name]) => [name, plain(row[column])])),
      };
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.['page_key'] as SqlValue;
  }
}

/** A value as a person can read it. */
export function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
