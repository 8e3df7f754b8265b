import type { SqlValue } from '../../../platform/database/database.js';
import type { Pieces } from '../domain/types.js';

/** `CASE sku_id WHEN ? THEN ? … END`: each row's own quantity in one statement. */
export function qtyCase(pieces: readonly Pieces[]): { sql: string; values: SqlValue[] } {
  return {
    sql: `CASE sku_id ${pieces.map(() => 'WHEN ? THEN ?').join(' ')} ELSE 0 END`,
    values: pieces.flatMap(({ skuId, qty }) => [skuId, qty]),
  };
}
