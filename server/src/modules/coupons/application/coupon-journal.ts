import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { CouponId } from '../domain/types.js';
import { CouponEventStore } from '../persistence/coupon-event.store.js';

export interface Note {
  couponId: CouponId;
  type: string;
  actor: string;
  note: string;
  subjectId?: Id | null;
  fen?: number | null;
}

/** Writes the history of coupons and makes their numbers. */
@Injectable()
export class CouponJournal {
  private readonly rows = new CouponEventStore();

  constructor(@Inject(IdSource) readonly ids: IdSource) {}

  async write(tx: Tx, brandId: BrandId, notes: readonly Note[]): Promise<void> {
    await this.rows.note(
      tx,
      brandId,
      notes.map((one) => ({
        ...one,
        id: this.ids.next<'event'>(),
        subjectId: one.subjectId ?? null,
        fen: one.fen ?? null,
      })),
    );
  }

  /** Twelve digits from a secure source: short enough to be typed at a counter; the unique key refuses the rare double. */
  code(): string {
    return `${randomInt(100_000, 999_999)}${String(randomInt(0, 999_999)).padStart(6, '0')}`;
  }
}
