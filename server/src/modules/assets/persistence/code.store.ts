import { createHash } from 'node:crypto';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Database, Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type CodeKind = 'PAY' | 'MEMBER';
export interface CodeRow {
  kind: CodeKind;
  memberId: MemberId;
  expiresAt: Date;
  usedAt: Date | null;
  paymentId: Id | null;
}
export interface PinRow {
  pin_hash: string;
  failures: number;
  locked_until: Date | null;
}

/** Only the hash of a code is kept: whoever reads the table cannot pay with it. */
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Dynamic codes and wallet PINs. */
export class CodeStore {
  async insert(
    on: Database,
    brandId: BrandId,
    code: string,
    kind: CodeKind,
    memberId: MemberId,
    at: Date,
    until: Date,
  ) {
    await on.execute(
      'INSERT INTO dynamic_code (brand_id, code_hash, kind, member_id, created_at, expires_at) VALUES (?,?,?,?,?,?)',
      [brandId, hashOf(code), kind, memberId, at, until],
    );
  }

  async find(on: Queryable, brandId: BrandId, code: string, isLocked = false): Promise<CodeRow | null> {
    const [row] = await on.query<{
      kind: CodeKind;
      member_id: MemberId;
      expires_at: Date;
      used_at: Date | null;
      payment_id: Id | null;
    }>(
      `SELECT kind, member_id, expires_at, used_at, payment_id FROM dynamic_code WHERE brand_id = ? AND code_hash = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, hashOf(code)],
    );
    if (!row) return null;
    const { kind, member_id: memberId, expires_at: expiresAt, used_at: usedAt, payment_id: paymentId } = row;
    return { kind, memberId, expiresAt, usedAt, paymentId };
  }

  async use(tx: Tx, brandId: BrandId, code: string, paymentId: Id): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE dynamic_code SET used_at = ?, payment_id = ? WHERE brand_id = ? AND code_hash = ? AND used_at IS NULL',
      [tx.now, paymentId, brandId, hashOf(code)],
    );
    return affectedRows === 1;
  }

  async deleteOld(on: Database, before: Date): Promise<number> {
    return (await on.execute('DELETE FROM dynamic_code WHERE expires_at < ? LIMIT 1000', [before])).affectedRows;
  }

  async pin(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<PinRow | null> {
    const [row] = await on.query<PinRow>(
      'SELECT pin_hash, failures, locked_until FROM wallet_pin WHERE brand_id = ? AND member_id = ?',
      [brandId, memberId],
    );
    return row ?? null;
  }

  async setPin(on: Database, brandId: BrandId, memberId: MemberId, hash: string, at: Date): Promise<void> {
    await on.execute(
      `INSERT INTO wallet_pin (brand_id, member_id, pin_hash, failures, set_at) VALUES (?,?,?,0,?)
       ON DUPLICATE KEY UPDATE pin_hash = VALUES(pin_hash), failures = 0, locked_until = NULL, set_at = VALUES(set_at)`,
      [brandId, memberId, hash, at],
    );
  }

  /** Counts a try; the last one that is allowed locks until a right one frees again. @returns false while it is locked */
  async countTry(
    on: Database,
    brandId: BrandId,
    memberId: MemberId,
    most: number,
    locked: { now: Date; until: Date },
  ): Promise<boolean> {
    const { affectedRows } = await on.execute(
      `UPDATE wallet_pin SET locked_until = IF(failures + 1 >= ?, ?, NULL), failures = IF(failures + 1 >= ?, 0, failures + 1)
       WHERE brand_id = ? AND member_id = ? AND (locked_until IS NULL OR locked_until <= ?)`,
      [most, locked.until, most, brandId, memberId, locked.now],
    );
    return affectedRows === 1;
  }

  async forgiveTries(on: Database, brandId: BrandId, memberId: MemberId): Promise<void> {
    await on.execute('UPDATE wallet_pin SET failures = 0, locked_until = NULL WHERE brand_id = ? AND member_id = ?', [
      brandId,
      memberId,
    ]);
  }
}
