import { createHash } from 'node:crypto';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { ADDRESS_TRIES_MAX, placeOf, TRIES_MAX, WAIT_MS } from '../domain/throttle.js';

const FORGET_CHUNK = 1000;
const keyOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Wrong passwords, counted by login and address and by address. */
export class TriesStore {
  /**
   * Counts a try before the password is looked at, so that many tries at once cannot slip past the limit; a right
   * password takes it back. The time to wait runs from the first of the counted tries.
   * @returns false when this address has to wait
   */
  async count(tx: Tx, login: string, address: string): Promise<boolean> {
    const place = placeOf(address);
    const pair = keyOf('pair', login.toLowerCase(), place);
    const keys = [pair, keyOf('address', place)].sort();
    const until = new Date(tx.now.getTime() + WAIT_MS);
    await tx.execute(
      `INSERT INTO login_try (try_key, failed_count, until_at) VALUES (?, 1, ?), (?, 1, ?)
       ON DUPLICATE KEY UPDATE failed_count = IF(until_at <= ?, 1, failed_count + 1), until_at = IF(until_at <= ?, VALUES(until_at), until_at)`,
      [keys[0] as string, until, keys[1] as string, until, tx.now, tx.now],
    );
    const rows = await tx.query<{ try_key: string; failed_count: number }>(
      'SELECT try_key, failed_count FROM login_try WHERE try_key IN (?, ?)',
      keys,
    );
    return rows.every((row) => row.failed_count <= (row.try_key === pair ? TRIES_MAX : ADDRESS_TRIES_MAX));
  }

  async forgive(tx: Tx, login: string, address: string): Promise<void> {
    const place = placeOf(address);
    await tx.execute('DELETE FROM login_try WHERE try_key = ?', [keyOf('pair', login.toLowerCase(), place)]);
    const sql = 'UPDATE login_try SET failed_count = GREATEST(failed_count - 1, 0) WHERE try_key = ?';
    await tx.execute(sql, [keyOf('address', place)]);
  }

  async forget(tx: Tx): Promise<number> {
    const sql = 'DELETE FROM login_try WHERE until_at < ? ORDER BY until_at LIMIT ?';
    return (await tx.execute(sql, [tx.now, FORGET_CHUNK])).affectedRows;
  }
}
