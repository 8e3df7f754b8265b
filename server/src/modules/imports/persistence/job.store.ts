import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ImportKind, JobId, Mapping, Options } from '../domain/import-types.js';
import { COLUMNS, type Job, jobOf, jsonOf } from './job-row.js';

type Row = Record<string, unknown>;

/** What of a job may be written anew. */
export type JobChange = Partial<
  Pick<
    Job,
    | 'state'
    | 'nextPart'
    | 'receivedBytes'
    | 'mapping'
    | 'options'
    | 'headHash'
    | 'nextRow'
    | 'totalRows'
    | 'counts'
    | 'settleAfter'
    | 'problem'
    | 'finishedAt'
    | 'undoUntil'
    | 'undoKept'
  >
>;
const COLUMN_OF: Record<Exclude<keyof JobChange, 'counts'>, string> = {
  state: 'state',
  nextPart: 'next_part',
  receivedBytes: 'received_bytes',
  mapping: 'mapping',
  options: 'options',
  headHash: 'head_hash',
  nextRow: 'next_row',
  totalRows: 'total_rows',
  settleAfter: 'settle_after',
  problem: 'problem',
  finishedAt: 'finished_at',
  undoUntil: 'undo_until',
  undoKept: 'undo_kept',
};

/** Imports and the parts of their files. */
export class JobStore {
  async insert(tx: Tx, job: Job): Promise<void> {
    const { brandId, id, rootId, parentId, kind, fileName, bytes, sha256, options, createdBy } = job;
    await tx.execute(
      `INSERT INTO import_job (brand_id, id, root_id, parent_id, kind, file_name, bytes, sha256, state, next_part, received_bytes, options, next_row,
         new_rows, update_rows, repeated_rows, conflict_rows, error_rows, settle_after, created_by, created_at, undo_kept)
       VALUES (?,?,?,?,?,?,?,?,'UPLOADING',0,0,?,0,0,0,0,0,0,0,?,?,0)`,
      [brandId, id, rootId, parentId, kind, fileName, bytes, sha256, JSON.stringify(options), createdBy, tx.now],
    );
  }

  async find(on: Queryable, brandId: BrandId, id: JobId, isLocked = false): Promise<Job | null> {
    const lock = isLocked ? 'FOR UPDATE' : '';
    const [row] = await on.query<Row>(`SELECT ${COLUMNS} FROM import_job WHERE brand_id = ? AND id = ? ${lock}`, [
      brandId,
      id,
    ]);
    return row ? jobOf(row) : null;
  }

  /** Imports of the same bytes, newest first. */
  async ofFile(on: Queryable, brandId: BrandId, kind: ImportKind, sha256: string): Promise<Job[]> {
    const rows = await on.query<Row>(
      `SELECT ${COLUMNS} FROM import_job WHERE brand_id = ? AND sha256 = ? AND kind = ? ORDER BY id DESC LIMIT 20`,
      [brandId, sha256, kind],
    );
    return rows.map(jobOf);
  }

  async page(
    on: Queryable,
    brandId: BrandId,
    kind: ImportKind | null,
    before: string | null,
    limit: number,
  ): Promise<Job[]> {
    const rows = await on.query<Row>(
      `SELECT ${COLUMNS} FROM import_job WHERE brand_id = ? AND (? IS NULL OR kind = ?) AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?`,
      [brandId, kind, kind, before, before, limit],
    );
    return rows.map(jobOf);
  }

  async familyOf(on: Queryable, brandId: BrandId, rootId: JobId): Promise<JobId[]> {
    const rows = await on.query<{ id: JobId }>(
      'SELECT id FROM import_job WHERE brand_id = ? AND (id = ? OR root_id = ?) ORDER BY id LIMIT 1000',
      [brandId, rootId, rootId],
    );
    return rows.map((row) => row.id);
  }

  /** How many rows the files of a chain had before this one. */
  async rowsBefore(on: Queryable, job: Pick<Job, 'brandId' | 'id' | 'rootId'>): Promise<number> {
    const [row] = await on.query<{ n: string | null }>(
      'SELECT SUM(total_rows) AS n FROM import_job WHERE brand_id = ? AND (id = ? OR root_id = ?) AND id < ?',
      [job.brandId, job.rootId, job.rootId, job.id],
    );
    return Number(row?.n ?? 0);
  }

  /** A first file that was taken back took its corrections along. */
  async undone(on: Queryable, job: Pick<Job, 'brandId' | 'rootId'>, at: Date): Promise<void> {
    await on.execute(
      "UPDATE import_job SET state = 'UNDONE', finished_at = ? WHERE brand_id = ? AND root_id = ? AND state IN ('DONE','UNDOING')",
      [at, job.brandId, job.rootId],
    );
  }

  async change(on: Queryable, job: Pick<Job, 'brandId' | 'id'>, change: JobChange): Promise<void> {
    const { counts, ...plain } = change;
    const names = Object.keys(plain) as (keyof typeof plain)[];
    const sets = names.map((name) => `${COLUMN_OF[name]} = ?`);
    const values: SqlValue[] = names.map((name) => {
      const value = plain[name];
      return value !== null && typeof value === 'object' && !(value instanceof Date)
        ? JSON.stringify(value)
        : (value as SqlValue);
    });
    if (counts) {
      sets.push('new_rows = ?', 'update_rows = ?', 'repeated_rows = ?', 'conflict_rows = ?', 'error_rows = ?');
      values.push(counts.new, counts.update, counts.repeated, counts.conflict, counts.error);
    }
    await on.execute(`UPDATE import_job SET ${sets.join(', ')} WHERE brand_id = ? AND id = ?`, [
      ...values,
      job.brandId,
      job.id,
    ]);
  }

  /** Work that nobody holds, or that this owner held before; oldest first. */
  async claimable(on: Queryable, owner: string, now: Date): Promise<Job | null> {
    const [row] = await on.query<Row>(
      `SELECT ${COLUMNS} FROM import_job WHERE state IN ('CHECKING','RUNNING','UNDOING') AND (lease_until IS NULL OR lease_until < ? OR lease_owner = ?)
       ORDER BY id LIMIT 1`,
      [now, owner],
    );
    return row ? jobOf(row) : null;
  }

  /** Takes or renews the right to work on a job. @returns false when somebody else has it or it needs no work */
  async lease(
    on: Queryable,
    job: Pick<Job, 'brandId' | 'id'>,
    owner: string,
    now: Date,
    until: Date,
  ): Promise<boolean> {
    const { affectedRows } = await on.execute(
      `UPDATE import_job SET lease_owner = ?, lease_until = ? WHERE brand_id = ? AND id = ? AND state IN ('CHECKING','RUNNING','UNDOING')
         AND (lease_until IS NULL OR lease_until < ? OR lease_owner = ?)`,
      [owner, until, job.brandId, job.id, now, owner],
    );
    return affectedRows === 1;
  }

  async putPart(tx: Tx, brandId: BrandId, id: JobId, part: number, data: Buffer): Promise<void> {
    await tx.execute('INSERT INTO import_part (brand_id, job_id, part_no, data) VALUES (?,?,?,?)', [
      brandId,
      id,
      part,
      data as unknown as string,
    ]);
  }

  async part(on: Queryable, brandId: BrandId, id: JobId, part: number): Promise<Buffer | null> {
    const [row] = await on.query<{ data: Buffer }>(
      'SELECT data FROM import_part WHERE brand_id = ? AND job_id = ? AND part_no = ?',
      [brandId, id, part],
    );
    return row?.data ?? null;
  }

  /** Files whose import can no longer be repeated or taken back; a file holds people's data and is not kept longer. */
  async forgetFiles(on: Queryable, before: Date): Promise<number> {
    const sql = `DELETE p FROM import_part p JOIN import_job j ON j.brand_id = p.brand_id AND j.id = p.job_id WHERE j.created_at < ?`;
    return (await on.execute(sql, [before])).affectedRows;
  }

  async drop(tx: Tx, brandId: BrandId, id: JobId): Promise<void> {
    await tx.execute('DELETE FROM import_part WHERE brand_id = ? AND job_id = ?', [brandId, id]);
    await tx.execute('DELETE FROM import_issue WHERE brand_id = ? AND job_id = ?', [brandId, id]);
    await tx.execute('DELETE FROM import_job WHERE brand_id = ? AND id = ?', [brandId, id]);
  }

  async savedMapping(on: Queryable, brandId: BrandId, kind: ImportKind, headHash: string) {
    const [row] = await on.query<Row>(
      'SELECT mapping, options FROM import_mapping WHERE brand_id = ? AND kind = ? AND head_hash = ?',
      [brandId, kind, headHash],
    );
    return row ? { mapping: jsonOf<Mapping>(row['mapping']), options: jsonOf<Options>(row['options']) } : null;
  }

  async saveMapping(tx: Tx, job: Job, headHash: string, mapping: Mapping, options: Options): Promise<void> {
    await tx.execute(
      `INSERT INTO import_mapping (brand_id, kind, head_hash, mapping, options, saved_at) VALUES (?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE mapping = VALUES(mapping), options = VALUES(options), saved_at = VALUES(saved_at)`,
      [job.brandId, job.kind, headHash, JSON.stringify(mapping), JSON.stringify(options), tx.now],
    );
  }
}
