import type { BrandId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberMove, MergeId } from '../domain/types.js';

export interface NotedRow {
  key: string;
  /** The whole content of a row that had no place with the other member; null for a row that just moved. */
  kept: string | null;
}

const CHUNK = 500;

/** What merges moved, row by row. */
export class MergeRowsStore {
  async note(tx: Tx, { brandId, mergeId }: MemberMove, subject: string, rows: readonly NotedRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += CHUNK) {
      const part = rows.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO member_merge_row (brand_id, merge_id, subject, row_key, kept) VALUES ${part.map(() => '(?,?,?,?,?)').join(',')}
         ON DUPLICATE KEY UPDATE kept = VALUES(kept)`,
        part.flatMap((one) => [brandId, mergeId, subject, one.key, one.kept]),
      );
    }
  }

  async noted(on: Queryable, brandId: BrandId, mergeId: MergeId, subject: string): Promise<NotedRow[]> {
    const rows = await on.query<{ row_key: string; kept: unknown }>(
      'SELECT row_key, kept FROM member_merge_row WHERE brand_id = ? AND merge_id = ? AND subject = ? ORDER BY row_key',
      [brandId, mergeId, subject],
    );
    return rows.map((row) => ({
      key: row.row_key,
      kept: row.kept === null || typeof row.kept === 'string' ? row.kept : JSON.stringify(row.kept),
    }));
  }

  /** Rows that merges moved, counted by subject. */
  async counts(
    on: Queryable,
    brandId: BrandId,
    mergeIds: readonly MergeId[],
  ): Promise<{ mergeId: MergeId; subject: string; count: number }[]> {
    const rows = await on.query<{ merge_id: MergeId; subject: string; n: string }>(
      `SELECT merge_id, subject, COUNT(*) AS n FROM member_merge_row WHERE brand_id = ? AND merge_id IN ${marks(mergeIds)}
       GROUP BY merge_id, subject ORDER BY merge_id, subject`,
      [brandId, ...mergeIds],
    );
    return rows.map((row) => ({ mergeId: row.merge_id, subject: row.subject, count: Number(row.n) }));
  }
}
