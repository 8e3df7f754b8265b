import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** All SQL of the codes on receipts; a code itself is never kept, only its hash. */
export class InviteStore {
  async insert(
    tx: Tx,
    brandId: BrandId,
    invite: { hash: string; orderId: Id; madeBy: string; expiresAt: Date },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO review_invite (brand_id, token_hash, order_id, made_by, made_at, expires_at) VALUES (?,?,?,?,?,?)',
      [brandId, invite.hash, invite.orderId, invite.madeBy, tx.now, invite.expiresAt],
    );
  }

  async find(
    on: Queryable,
    brandId: BrandId,
    hash: string,
  ): Promise<{ orderId: Id; usedAt: Date | null; expiresAt: Date } | null> {
    const [row] = await on.query<{ order_id: Id; used_at: Date | null; expires_at: Date }>(
      'SELECT order_id, used_at, expires_at FROM review_invite WHERE brand_id = ? AND token_hash = ?',
      [brandId, hash],
    );
    return row ? { orderId: row.order_id, usedAt: row.used_at, expiresAt: row.expires_at } : null;
  }

  /** @returns false when somebody was quicker or its time is over */
  async use(tx: Tx, brandId: BrandId, hash: string, memberId: MemberId): Promise<boolean> {
    const used = await tx.execute(
      'UPDATE review_invite SET used_at = ?, used_by = ? WHERE brand_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > ?',
      [tx.now, memberId, brandId, hash, tx.now],
    );
    return used.affectedRows === 1;
  }
}
