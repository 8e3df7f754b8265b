import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface ConsoleUser {
  brandId: BrandId;
  id: Id<'user'>;
  name: string;
  role: 'HQ' | 'FRANCHISEE';
  franchiseeId: Id<'franchisee'> | null;
  passwordHash: string;
}

/** A person with a login, as headquarters' list shows it. */
export interface DeskUserRow {
  id: Id<'user'>;
  login: string;
  name: string;
  role: 'HQ' | 'FRANCHISEE';
  last_login_at: Date | null;
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
  async noteLogin(tx: Tx, user: ConsoleUser): Promise<void> {
    await tx.execute('UPDATE console_user SET last_login_at = ? WHERE brand_id = ? AND id = ?', [
      tx.now,
      user.brandId,
      user.id,
    ]);
  }

  async passwordHash(on: Queryable, brandId: BrandId, id: Id<'user'>): Promise<string | null> {
    const [row] = await on.query<{ password_hash: string }>(
      'SELECT password_hash FROM console_user WHERE brand_id = ? AND id = ?',
      [brandId, id],
    );
    return row?.password_hash ?? null;
  }

  /** Only while the hash is still the one that was checked: of two changes at once one is told to look again. */
  async setPassword(tx: Tx, brandId: BrandId, id: Id<'user'>, from: string, to: string): Promise<boolean> {
    const sql = 'UPDATE console_user SET password_hash = ? WHERE brand_id = ? AND id = ? AND password_hash = ?';
    return (await tx.execute(sql, [to, brandId, id, from])).affectedRows === 1;
  }

  async users(on: Queryable, brandId: BrandId): Promise<DeskUserRow[]> {
    return on.query<DeskUserRow>(
      'SELECT id, login, name, role, last_login_at FROM console_user WHERE brand_id = ? ORDER BY id LIMIT 1000',
      [brandId],
    );
  }

  /** The name of one of headquarters' people, or null. */
  async hqName(on: Queryable, brandId: BrandId, id: Id<'user'>): Promise<string | null> {
    const [row] = await on.query<{ name: string }>(
      "SELECT name FROM console_user WHERE brand_id = ? AND id = ? AND role = 'HQ'",
      [brandId, id],
    );
    return row?.name ?? null;
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
