import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ImportId = Id<'import'>;
export type ImportState = 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED';

export interface ImportRow {
  id: ImportId;
  source: string;
  state: ImportState;
  nextRow: number;
  totalRows: number | null;
  importedOrders: number;
  importedLines: number;
  errorRows: number;
  shiftDays: number;
  note: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface Progress {
  rows: number;
  orders: number;
  lines: number;
  errors: number;
}

interface Raw {
  id: ImportId;
  source: string;
  state: ImportState;
  next_row: string;
  total_rows: string | null;
  imported_orders: string;
  imported_lines: string;
  error_rows: string;
  shift_days: number;
  note: string;
  started_at: Date;
  finished_at: Date | null;
}
const COLUMNS =
  'id, source, state, next_row, total_rows, imported_orders, imported_lines, error_rows, shift_days, note, started_at, finished_at';

const toImport = (row: Raw): ImportRow => ({
  id: row.id,
  source: row.source,
  state: row.state,
  nextRow: Number(row.next_row),
  totalRows: row.total_rows === null ? null : Number(row.total_rows),
  importedOrders: Number(row.imported_orders),
  importedLines: Number(row.imported_lines),
  errorRows: Number(row.error_rows),
  shiftDays: row.shift_days,
  note: row.note,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

/** Imports, their cursor and the rows that were refused. */
export class ImportStore {
  async byHash(on: Queryable, brandId: BrandId, hash: string): Promise<ImportRow | null> {
    const [row] = await on.query<Raw>(`SELECT ${COLUMNS} FROM pos_import WHERE brand_id = ? AND source_hash = ?`, [
      brandId,
      hash,
    ]);
    return row ? toImport(row) : null;
  }

  async list(on: Queryable, brandId: BrandId): Promise<ImportRow[]> {
    const rows = await on.query<Raw>(
      `SELECT ${COLUMNS} FROM pos_import WHERE brand_id = ? ORDER BY id DESC LIMIT 100`,
      [brandId],
    );
    return rows.map(toImport);
  }

  async open(
    tx: Tx,
    brandId: BrandId,
    draft: { id: ImportId; source: string; hash: string; shiftDays: number; note: string },
  ) {
    await tx.execute(
      `INSERT INTO pos_import (brand_id, id, source, source_hash, state, next_row, total_rows, imported_orders, imported_lines,
        error_rows, shift_days, note, started_at, finished_at) VALUES (?,?,?,?,'RUNNING',0,NULL,0,0,0,?,?,?,NULL)`,
      [brandId, draft.id, draft.source, draft.hash, draft.shiftDays, draft.note, tx.now],
    );
  }

  /** How many rows are done, with the import's row locked. */
  async lockCursor(tx: Tx, brandId: BrandId, id: ImportId): Promise<number | null> {
    const [row] = await tx.query<{ next_row: string }>(
      'SELECT next_row FROM pos_import WHERE brand_id = ? AND id = ? FOR UPDATE',
      [brandId, id],
    );
    return row ? Number(row.next_row) : null;
  }

  /**
   * Moves the cursor from where this run believes it is.
   * @returns false when another run has moved it meanwhile
   */
  async advance(on: Queryable, brandId: BrandId, id: ImportId, from: number, by: Progress): Promise<boolean> {
    const { affectedRows } = await on.execute(
      `UPDATE pos_import SET state = 'RUNNING', next_row = next_row + ?, imported_orders = imported_orders + ?, imported_lines = imported_lines + ?,
        error_rows = error_rows + ? WHERE brand_id = ? AND id = ? AND next_row = ? AND state <> 'DONE'`,
      [by.rows, by.orders, by.lines, by.errors, brandId, id, from],
    );
    return affectedRows === 1;
  }

  async finish(tx: Tx, brandId: BrandId, id: ImportId): Promise<void> {
    await tx.execute(
      `UPDATE pos_import SET state = 'DONE', total_rows = next_row, finished_at = ? WHERE brand_id = ? AND id = ? AND state <> 'DONE'`,
      [tx.now, brandId, id],
    );
  }

  async fail(tx: Tx, brandId: BrandId, id: ImportId, problem: string): Promise<void> {
    await tx.execute(
      `UPDATE pos_import SET state = 'FAILED', note = ? WHERE brand_id = ? AND id = ? AND state <> 'DONE'`,
      [problem.slice(0, 200), brandId, id],
    );
  }

  async errors(on: Queryable, brandId: BrandId, id: ImportId, afterRow: number, limit: number) {
    const rows = await on.query<{ row_no: string; text: string; problem: string }>(
      'SELECT row_no, text, problem FROM pos_import_error WHERE brand_id = ? AND import_id = ? AND row_no > ? ORDER BY row_no LIMIT ?',
      [brandId, id, afterRow, limit],
    );
    return rows.map((row) => ({ row: Number(row.row_no), text: row.text, problem: row.problem }));
  }

  async exists(on: Queryable, brandId: BrandId, id: ImportId): Promise<boolean> {
    return (await on.query('SELECT 1 FROM pos_import WHERE brand_id = ? AND id = ?', [brandId, id])).length > 0;
  }
}
