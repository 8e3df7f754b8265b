import type { BrandId, Id, OrderId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { KnownOrder } from './offline-orders.store.js';

/** A file of which nothing has come for so long is not waited for any more: its import was given up or stopped. */
const QUIET_MS = 60_000;

/**
 * Files of old purchases that are being read. A file may have the lines of one sale far apart, so none of its sales is
 * whole before the file is, and what is brought back of them waits until then.
 */
export class ArrivingFileStore {
  /** A batch of the file is written, in the same transaction. */
  async arrives(on: Queryable, brandId: BrandId, fileId: Id, now: Date): Promise<void> {
    await on.execute(
      `INSERT INTO pos_arriving_file (brand_id, file_id, quiet_at) VALUES (?,?,?)
       ON DUPLICATE KEY UPDATE quiet_at = VALUES(quiet_at)`,
      [brandId, fileId, new Date(now.getTime() + QUIET_MS)],
    );
  }

  /** The whole file is there. */
  async isIn(on: Queryable, brandId: BrandId, fileId: Id): Promise<void> {
    await on.execute('DELETE FROM pos_arriving_file WHERE brand_id = ? AND file_id = ?', [brandId, fileId]);
  }

  /** Those of some sales of which more lines may still come. */
  async growing(on: Queryable, brandId: BrandId, sales: Iterable<KnownOrder>, now: Date): Promise<Set<OrderId>> {
    const imported = [...sales].flatMap((one) => (one.isImported ? [one.id] : []));
    if (imported.length === 0) return new Set();
    const sql = 'SELECT 1 FROM pos_arriving_file WHERE brand_id = ? AND quiet_at > ? LIMIT 1';
    const arriving = await on.query(sql, [brandId, now]);
    return new Set(arriving.length > 0 ? imported : []);
  }
}
