import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Effect, JobId, Judged, Verdict } from '../domain/import-types.js';

const CHUNK = 500;
/** An effect that may be taken back, with the file of the chain that had it. */
export type OpenEffect = Effect & { jobId: JobId };
type JobKey = { brandId: BrandId; id: JobId; rootId: JobId };

/** Rows that were not imported, and what the others made. */
export class RowStore {
  async addIssues(on: Queryable, job: JobKey, judged: readonly Judged[]): Promise<void> {
    for (let from = 0; from < judged.length; from += CHUNK) {
      const part = judged.slice(from, from + CHUNK);
      await on.execute(
        `INSERT INTO import_issue (brand_id, job_id, row_no, verdict, problem, cells) VALUES ${part.map(() => '(?,?,?,?,?,?)').join(',')}
         ON DUPLICATE KEY UPDATE verdict = VALUES(verdict), problem = VALUES(problem)`,
        part.flatMap((one): SqlValue[] => [
          ...[job.brandId, job.id, one.row.row, one.verdict, one.problem.slice(0, 300)],
          JSON.stringify(one.row.cells).slice(0, 60_000),
        ]),
      );
    }
  }

  /** A thing that was changed cannot go back whole; its row says why, of everything that the row made. */
  async keepReasons(tx: Tx, job: JobKey, kept: readonly { row: number; reason: string }[]): Promise<void> {
    for (let from = 0; from < kept.length; from += CHUNK) {
      const part = kept.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO import_issue (brand_id, job_id, row_no, verdict, problem, cells) VALUES ${part.map(() => "(?,?,?,'CONFLICT',?,'[]')").join(',')}
         ON DUPLICATE KEY UPDATE problem = IF(LOCATE(VALUES(problem), problem) > 0, problem, LEFT(CONCAT(problem, '；', VALUES(problem)), 300))`,
        part.flatMap((one): SqlValue[] => [job.brandId, job.id, one.row, one.reason.slice(0, 300)]),
      );
    }
  }

  async clearIssues(on: Queryable, { brandId, id }: JobKey): Promise<void> {
    await on.execute('DELETE FROM import_issue WHERE brand_id = ? AND job_id = ?', [brandId, id]);
  }

  async issues(on: Queryable, brandId: BrandId, id: JobId, verdict: Verdict | null, after: number, limit: number) {
    const rows = await on.query<{ row_no: string; verdict: Verdict; problem: string; cells: string }>(
      `SELECT row_no, verdict, problem, cells FROM import_issue WHERE brand_id = ? AND job_id = ? AND (? IS NULL OR verdict = ?) AND row_no > ?
       ORDER BY row_no LIMIT ?`,
      [brandId, id, verdict, verdict, after, limit],
    );
    return rows.map((row) => ({
      row: Number(row.row_no),
      verdict: row.verdict,
      problem: row.problem,
      cells: cellsOf(row.cells),
    }));
  }

  async addEffects(tx: Tx, job: JobKey, effects: readonly Effect[]): Promise<void> {
    for (let from = 0; from < effects.length; from += CHUNK) {
      const part = effects.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO import_effect (brand_id, job_id, kind, subject_id, root_id, row_no, owner_id, before_value) VALUES ${part
          .map(() => '(?,?,?,?,?,?,?,?)')
          .join(',')} ON DUPLICATE KEY UPDATE row_no = row_no`,
        part.flatMap((one): SqlValue[] => [
          ...[job.brandId, job.id, one.kind, one.subjectId, job.rootId, one.row, one.ownerId],
          one.before && JSON.stringify(one.before),
        ]),
      );
    }
  }

  /** Which of some things a chain of files made. */
  async madeBy(on: Queryable, job: JobKey, kind: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await on.query<{ subject_id: string }>(
      `SELECT subject_id FROM import_effect WHERE brand_id = ? AND root_id = ? AND kind = ? AND undone_at IS NULL AND subject_id IN ${marks(ids)}`,
      [job.brandId, job.rootId, kind, ...ids],
    );
    return new Set(rows.map((row) => row.subject_id));
  }

  /** People whom a job touched, in id order. */
  async owners(on: Queryable, job: JobKey, after: string, limit: number): Promise<MemberId[]> {
    const rows = await on.query<{ owner_id: MemberId }>(
      'SELECT DISTINCT owner_id FROM import_effect WHERE brand_id = ? AND job_id = ? AND owner_id > ? ORDER BY owner_id LIMIT ?',
      [job.brandId, job.id, after, limit],
    );
    return rows.map((row) => row.owner_id);
  }

  /** What is still to be taken back of one kind, corrections included, the last first. */
  async open(on: Queryable, job: JobKey, kind: string, limit: number): Promise<OpenEffect[]> {
    const rows = await on.query<Record<string, unknown>>(
      `SELECT job_id, subject_id, row_no, owner_id, before_value FROM import_effect WHERE brand_id = ? AND root_id = ? AND kind = ? AND undone_at IS NULL
       ORDER BY subject_id DESC, job_id DESC LIMIT ?`,
      [job.brandId, job.rootId, kind, limit],
    );
    return rows.map((row) => ({
      kind,
      jobId: row['job_id'] as JobId,
      subjectId: row['subject_id'] as string,
      row: Number(row['row_no']),
      ownerId: row['owner_id'] as MemberId | null,
      before: beforeOf(row['before_value']),
    }));
  }

  async markUndone(tx: Tx, job: JobKey, kind: string, effects: readonly OpenEffect[]): Promise<void> {
    for (const jobId of new Set(effects.map((one) => one.jobId))) {
      const ids = effects.filter((one) => one.jobId === jobId).map((one) => one.subjectId);
      await tx.execute(
        `UPDATE import_effect SET undone_at = ? WHERE brand_id = ? AND job_id = ? AND kind = ? AND subject_id IN ${marks(ids)}`,
        [tx.now, job.brandId, jobId, kind, ...ids],
      );
    }
  }

  /** Points that sales of a chain are worth with the first row of each member, one order at a time and returns taken off; rounded down per order. */
  async pointsWorth(
    on: Queryable,
    job: JobKey,
    members: readonly MemberId[],
    fenPerPoint: number,
  ): Promise<Map<MemberId, { points: number; row: number }>> {
    const rows = await on.query<{ member_id: MemberId; points: string; row_no: string }>(
      `SELECT o.member_id, MIN(e.row_no) AS row_no, SUM(IF(o.kind = 'SALE', 1, -1) * FLOOR(o.total_fen / ?)) AS points FROM import_effect e
       JOIN sales_order o ON o.brand_id = e.brand_id AND o.id = e.subject_id
       WHERE e.brand_id = ? AND e.root_id = ? AND e.kind = 'ORDER' AND e.undone_at IS NULL AND o.member_id IN ${marks(members)} GROUP BY o.member_id`,
      [fenPerPoint, job.brandId, job.rootId, ...members],
    );
    return new Map(
      rows.map((row) => [row.member_id, { points: Math.max(0, Number(row.points)), row: Number(row.row_no) }]),
    );
  }
}

const beforeOf = (value: unknown): Record<string, unknown> | null =>
  value === null ? null : ((typeof value === 'string' ? JSON.parse(value) : value) as Record<string, unknown>);

function cellsOf(text: string): string[] {
  try {
    return JSON.parse(text) as string[];
  } catch {
    // A row of more than sixty thousand characters was cut off.
    return [text];
  }
}
