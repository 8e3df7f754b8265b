import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId, TemplateId } from '../domain/types.js';

/** All SQL of coupons whose time ends: who is reminded, and what has expired. */
export class CouponEndStore {
  /** Coupons that are over, of one brand or any. A coupon whose signed code a device may still bring waits for it. */
  async due(on: Queryable, at: Date, limit: number, brandId: BrandId | null) {
    return on.query<{ brand_id: BrandId; id: CouponId; template_id: TemplateId }>(
      `SELECT brand_id, id, template_id FROM coupon WHERE state IN ('AVAILABLE','ISSUED') AND valid_until <= ? AND (token_until IS NULL OR token_until <= ?)
         ${brandId ? 'AND brand_id = ?' : ''} ORDER BY valid_until LIMIT ?`,
      [at, at, ...(brandId ? [brandId] : []), limit],
    );
  }

  async lockDue(tx: Tx, brandId: BrandId, ids: readonly CouponId[]) {
    return tx.query<{ id: CouponId; template_id: TemplateId; worst_fen: string }>(
      `SELECT id, template_id, worst_fen FROM coupon WHERE brand_id = ? AND id IN ${marks(ids)} AND state IN ('AVAILABLE','ISSUED') AND valid_until <= ? ORDER BY id FOR UPDATE`,
      [brandId, ...ids, tx.now],
    );
  }

  /** Coupons that end soon and whose holders were not told yet, the next to end first. */
  async toRemind(on: Queryable, brandId: BrandId, after: Date, until: Date, limit: number) {
    return on.query<{
      id: CouponId;
      member_id: MemberId;
      template_id: TemplateId;
      valid_until: Date;
    }>(
      `SELECT id, member_id, template_id, valid_until FROM coupon WHERE brand_id = ? AND state = 'AVAILABLE' AND valid_until > ? AND valid_until <= ? AND reminded_at IS NULL AND member_id IS NOT NULL
       ORDER BY valid_until LIMIT ?`,
      [brandId, after, until, limit],
    );
  }

  async reminded(tx: Tx, brandId: BrandId, ids: readonly CouponId[]): Promise<number> {
    const written = await tx.execute(
      `UPDATE coupon SET reminded_at = ? WHERE brand_id = ? AND id IN ${marks(ids)} AND reminded_at IS NULL`,
      [tx.now, brandId, ...ids],
    );
    return written.affectedRows;
  }
}
