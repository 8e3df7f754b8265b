import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId } from '../domain/types.js';

export interface NewEvent {
  couponId: CouponId;
  id: Id<'event'>;
  type: string;
  actor: string;
  subjectId: Id | null;
  fen: number | null;
  note: string;
}

/** The history of coupons: written once, never changed. */
export class CouponEventStore {
  async note(tx: Tx, brandId: BrandId, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.execute(
      `INSERT INTO coupon_event (brand_id, coupon_id, id, type, actor, subject_id, fen, note, at) VALUES ${events.map(() => '(?,?,?,?,?,?,?,?,?)').join(',')}`,
      events.flatMap((one): SqlValue[] => [
        brandId,
        one.couponId,
        one.id,
        one.type,
        one.actor,
        one.subjectId,
        one.fen,
        one.note.slice(0, 160),
        tx.now,
      ]),
    );
  }

  async history(on: Queryable, brandId: BrandId, id: CouponId): Promise<{ at: Date; note: string }[]> {
    return on.query<{ at: Date; note: string }>(
      'SELECT at, note FROM coupon_event WHERE brand_id = ? AND coupon_id = ? ORDER BY id LIMIT 100',
      [brandId, id],
    );
  }
}
