import type { BrandId } from '@shuke/shared/kernel';
import type { Counts, ImportKind, ImportState, JobId, Mapping, Options } from '../domain/import-types.js';

export interface Job {
  brandId: BrandId;
  id: JobId;
  /** The first file of a chain of corrections; row numbers count there. */
  rootId: JobId;
  parentId: JobId | null;
  kind: ImportKind;
  fileName: string;
  bytes: number;
  sha256: string;
  state: ImportState;
  nextPart: number;
  receivedBytes: number;
  mapping: Mapping | null;
  options: Options;
  headHash: string | null;
  nextRow: number;
  totalRows: number | null;
  counts: Counts;
  settleAfter: string;
  problem: string | null;
  createdBy: string;
  createdAt: Date;
  finishedAt: Date | null;
  undoUntil: Date | null;
  undoKept: number;
}
type Row = Record<string, unknown>;

/** The columns of `import_job` that make a job. */
export const COLUMNS = `brand_id, id, root_id, parent_id, kind, file_name, bytes, sha256, state, next_part, received_bytes, mapping, options, head_hash, next_row, total_rows,
  new_rows, update_rows, repeated_rows, conflict_rows, error_rows, settle_after, problem, created_by, created_at, finished_at, undo_until, undo_kept`;
/** A JSON column, which the database hands over as text. */
export const jsonOf = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;

export const jobOf = (row: Row): Job => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as JobId,
  rootId: row['root_id'] as JobId,
  parentId: row['parent_id'] as JobId | null,
  kind: row['kind'] as ImportKind,
  fileName: row['file_name'] as string,
  bytes: Number(row['bytes']),
  sha256: row['sha256'] as string,
  state: row['state'] as ImportState,
  nextPart: row['next_part'] as number,
  receivedBytes: Number(row['received_bytes']),
  mapping: row['mapping'] === null ? null : jsonOf<Mapping>(row['mapping']),
  options: jsonOf<Options>(row['options']),
  headHash: row['head_hash'] as string | null,
  nextRow: Number(row['next_row']),
  totalRows: row['total_rows'] === null ? null : Number(row['total_rows']),
  counts: {
    new: Number(row['new_rows']),
    update: Number(row['update_rows']),
    repeated: Number(row['repeated_rows']),
    conflict: Number(row['conflict_rows']),
    error: Number(row['error_rows']),
  },
  settleAfter: String(row['settle_after']),
  problem: row['problem'] as string | null,
  createdBy: row['created_by'] as string,
  createdAt: row['created_at'] as Date,
  finishedAt: row['finished_at'] as Date | null,
  undoUntil: row['undo_until'] as Date | null,
  undoKept: Number(row['undo_kept']),
});
