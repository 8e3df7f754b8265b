import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { LOCK_MS, TRIES_MAX } from '../domain/lock.js';

export interface ConsoleUser {
  brandId: BrandId;
  id: Id<'user'>;
  name: string;
  role: 'HQ' | 'FRANCHISEE';
  franchiseeId: Id<'franchisee'> | null;
  passwordHash: string;
}

interface UserRow {
  brand_id: BrandId;
  id: Id<'user'>;
  name: string;
  role: 'HQ' | 'FRANCHISEE';
  franchisee_id: Id<'franchisee'> | null;
  password_hash: string;
}

/** All SQL about logins and connector keys. Both are unique over all brands, since they are what tells the brand. */
export class IdentityStore {
  /**
   * Counts a try before the password is looked at, so that many tries at once cannot slip past the lock; the last one
   * allowed locks the login, and a right password takes the count back.
   * @returns false when the login is locked or unknown
   */
  async countTry(tx: Tx, login: string): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE console_user SET locked_until = IF(failed_count + 1 >= ?, ?, NULL), failed_count = IF(failed_count + 1 >= ?, 0, failed_count + 1)
       WHERE login = ? AND (locked_until IS NULL OR locked_until <= ?)`,
      [TRIES_MAX, new Date(tx.now.getTime() + LOCK_MS), TRIES_MAX, login, tx.now],
    );
    return affectedRows === 1;
  }

  async forgiveTries(tx: Tx, user: ConsoleUser): Promise<void> {
    await tx.execute('UPDATE console_user SET failed_count = 0, locked_until = NULL WHERE brand_id = ? AND id = ?', [
      user.brandId,
      user.id,
    ]);
  }

  async userByLogin(on: Queryable, login: string): Promise<ConsoleUser | null> {
    const [row] = await on.query<UserRow>(
      'SELECT brand_id, id, name, role, franchisee_id, password_hash FROM console_user WHERE login = ?',
      [login],
    );
    return row
      ? {
          brandId: row.brand_id,
          id: row.id,
          name: row.name,
          role: row.role,
          franchiseeId: row.franchisee_id,
          passwordHash: row.password_hash,
        }
      : null;
  }

  async insertUser(tx: Tx, login: string, user: ConsoleUser): Promise<void> {
    await tx.execute(
      'INSERT INTO console_user (brand_id, id, login, name, role, franchisee_id, password_hash) VALUES (?,?,?,?,?,?,?)',
      [user.brandId, user.id, login, user.name, user.role, user.franchiseeId, user.passwordHash],
    );
  }

  async connectorByKeyHash(on: Queryable, keyHash: string): Promise<{ brandId: BrandId; id: Id<'connector'> } | null> {
    const [row] = await on.query<{ brand_id: BrandId; id: Id<'connector'> }>(
      'SELECT brand_id, id FROM pos_connector WHERE key_hash = ?',
      [keyHash],
    );
    return row ? { brandId: row.brand_id, id: row.id } : null;
  }

  async insertConnector(
    tx: Tx,
    connector: { brandId: BrandId; id: Id<'connector'>; name: string; keyHash: string },
  ): Promise<void> {
    await tx.execute('INSERT INTO pos_connector (brand_id, id, name, key_hash) VALUES (?,?,?,?)', [
      connector.brandId,
      connector.id,
      connector.name,
      connector.keyHash,
    ]);
  }
}
