import { randomBytes } from 'node:crypto';
import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_POLICY, type MemberPolicy } from '../domain/policy.js';

export interface PolicyRow {
  policy: MemberPolicy;
  /** Keeps hashes of phones from being compared with those of another brand. */
  phoneSalt: string;
  addressSeen: string;
  browseSeen: string;
  anomalyDay: string | null;
}

/** A brand's rules about members, and how far its nightly looks have come. */
export class PolicyStore {
  async find(on: Queryable, brandId: BrandId): Promise<PolicyRow | null> {
    const [row] = await on.query<{
      policy: unknown;
      phone_salt: string;
      address_seen: string;
      browse_seen: string;
      anomaly_day: string | null;
    }>('SELECT policy, phone_salt, address_seen, browse_seen, anomaly_day FROM member_policy WHERE brand_id = ?', [
      brandId,
    ]);
    if (!row) return null;
    const stored = (typeof row.policy === 'string' ? JSON.parse(row.policy) : row.policy) as Partial<MemberPolicy>;
    return {
      policy: { ...DEFAULT_POLICY, ...stored },
      phoneSalt: row.phone_salt,
      addressSeen: row.address_seen,
      browseSeen: row.browse_seen,
      anomalyDay: row.anomaly_day,
    };
  }

  /** Makes the brand's row when it has none; the salt is made once and never changes. */
  async ensure(on: Queryable, brandId: BrandId, now: Date): Promise<PolicyRow> {
    await on.execute(
      `INSERT INTO member_policy (brand_id, policy, phone_salt, updated_at) VALUES (?,?,?,?)
       ON DUPLICATE KEY UPDATE brand_id = VALUES(brand_id)`,
      [brandId, JSON.stringify(DEFAULT_POLICY), randomBytes(32).toString('hex'), now],
    );
    return (await this.find(on, brandId)) as PolicyRow;
  }

  async save(tx: Tx, brandId: BrandId, policy: MemberPolicy): Promise<void> {
    await this.ensure(tx, brandId, tx.now);
    await tx.execute('UPDATE member_policy SET policy = ?, updated_at = ? WHERE brand_id = ?', [
      JSON.stringify(policy),
      tx.now,
      brandId,
    ]);
  }

  async setSeen(tx: Tx, brandId: BrandId, seen: { address: string; browse: string }): Promise<void> {
    await tx.execute('UPDATE member_policy SET address_seen = ?, browse_seen = ? WHERE brand_id = ?', [
      seen.address,
      seen.browse,
      brandId,
    ]);
  }

  /** @returns false when another process has taken this day already. */
  async takeAnomalyDay(tx: Tx, brandId: BrandId, day: string): Promise<boolean> {
    const sql =
      'UPDATE member_policy SET anomaly_day = ? WHERE brand_id = ? AND (anomaly_day IS NULL OR anomaly_day < ?)';
    return (await tx.execute(sql, [day, brandId, day])).affectedRows === 1;
  }

  async brands(on: Queryable): Promise<BrandId[]> {
    return (await on.query<{ id: BrandId }>('SELECT id FROM brand ORDER BY id')).map((row) => row.id);
  }
}
