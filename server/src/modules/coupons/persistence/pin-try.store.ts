import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId } from '../domain/types.js';

/**
 * Tries of clerks' numbers, by coupon and by who guesses. A try is counted before the number is looked at, so that guesses
 * side by side count too; one that would be too many is not counted, and the pause runs from the last one that was.
 */
export class PinTryStore {
  /** False when there were too many for this coupon. */
  async ofCoupon(tx: Tx, brandId: BrandId, id: CouponId, since: Date, most: number): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET pin_failures = IF(pin_failed_at > ?, pin_failures, 0) + 1, pin_failed_at = ?
       WHERE brand_id = ? AND id = ? AND (pin_failed_at IS NULL OR pin_failed_at <= ? OR pin_failures < ?)`,
      [since, tx.now, brandId, id, since, most],
    );
    return written.affectedRows === 1;
  }

  /** False when there were too many of this member. */
  async ofMember(tx: Tx, brandId: BrandId, memberId: MemberId, since: Date, most: number): Promise<boolean> {
    // The statement locks the row at once, so that guesses side by side follow one another. Assigned from left to right.
    await tx.execute(
      `INSERT INTO coupon_pin_try (brand_id, member_id, tries, tried_at) VALUES (?,?,1,?)
       ON DUPLICATE KEY UPDATE tries = IF(tried_at <= ?, 1, LEAST(tries, ?) + 1), tried_at = IF(tries > ?, tried_at, VALUES(tried_at))`,
      [brandId, memberId, tx.now, since, most, most],
    );
    const [row] = await tx.query<{ tries: number }>(
      'SELECT tries FROM coupon_pin_try WHERE brand_id = ? AND member_id = ?',
      [brandId, memberId],
    );
    return Number(row?.tries) <= most;
  }

  /** The number was right: whoever has several coupons taken in is not guessing. */
  async wasRight(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    await tx.execute('UPDATE coupon_pin_try SET tries = GREATEST(tries - 1, 0) WHERE brand_id = ? AND member_id = ?', [
      brandId,
      memberId,
    ]);
  }
}
