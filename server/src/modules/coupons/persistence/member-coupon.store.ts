import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { CouponId, CouponState, TemplateId } from '../domain/types.js';

/** A coupon that its member has not used yet. */
export interface OpenCoupon {
  id: CouponId;
  state: CouponState;
  templateId: TemplateId;
  worstFen: number;
}
/** A coupon as its member's copy of the own data lists it. */
export interface CopiedCoupon {
  name: string;
  code: string;
  state: CouponState;
  issuedAt: Date;
  validUntil: Date;
  usedAt: Date | null;
}

/** All SQL that a member's coupons are read with when the member leaves or asks for a copy. */
export class MemberCouponStore {
  async open(on: Queryable, brandId: BrandId, memberId: MemberId, isLocked = false): Promise<OpenCoupon[]> {
    const rows = await on.query<{ id: CouponId; state: CouponState; template_id: TemplateId; worst_fen: string }>(
      `SELECT id, state, template_id, worst_fen FROM coupon WHERE brand_id = ? AND member_id = ? AND state IN ('AVAILABLE','GIVING','LOCKED')
       ORDER BY id LIMIT 1000 ${isLocked ? 'FOR UPDATE' : ''}`,
      [brandId, memberId],
    );
    return rows.map((row) => ({
      id: row.id,
      state: row.state,
      templateId: row.template_id,
      worstFen: Number(row.worst_fen),
    }));
  }

  async all(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<CopiedCoupon[]> {
    const rows = await on.query<Record<string, unknown>>(
      `SELECT v.name, c.code, c.state, c.issued_at, c.valid_until, c.used_at FROM coupon c
       JOIN coupon_version v ON v.brand_id = c.brand_id AND v.template_id = c.template_id AND v.version = c.version
       WHERE c.brand_id = ? AND c.member_id = ? ORDER BY c.id LIMIT 5000`,
      [brandId, memberId],
    );
    return rows.map((row) => ({
      name: String(row['name']),
      code: String(row['code']),
      state: row['state'] as CouponState,
      issuedAt: row['issued_at'] as Date,
      validUntil: row['valid_until'] as Date,
      usedAt: row['used_at'] as Date | null,
    }));
  }
}
