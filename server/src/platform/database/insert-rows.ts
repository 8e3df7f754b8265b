import type { SqlValue } from './database.js';
import type { Tx } from './tx.js';

/** Below this the statement stays small, above it the gain is gone. */
const CHUNK = 500;

/** Writes many rows with few statements; table and columns are named by us and never by a caller's input. */
export async function insertRows(
  tx: Tx,
  table: string,
  columns: string,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const row = `(${columns
    .split(',')
    .map(() => '?')
    .join(',')})`;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const part = rows.slice(at, at + CHUNK);
    await tx.execute(`INSERT INTO ${table} (${columns}) VALUES ${part.map(() => row).join(',')}`, part.flat());
  }
}
