import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, type Fen, type Id, minFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { reversedLegs } from '../domain/bearing.js';
import { debtsOf, type Leg } from '../domain/netting.js';
import { ClearingStore } from '../persistence/clearing.store.js';

export interface Posting {
  brandId: BrandId;
  /** What it is about, COUPON_USE for example; together with the subject it may be posted once. */
  kind: string;
  subjectId: string;
  legs: readonly Leg[];
  note?: string;
}

/** The books between headquarters, stores and franchisees (product.md A8): entries are added, never changed. */
@Injectable()
export class Clearing {
  private readonly rows = new ClearingStore();

  constructor(@Inject(IdSource) private readonly ids: IdSource) {}

  /**
   * Adds an entry to the business day of the transaction. Posting the same kind and subject again changes nothing.
   *
   * @param posting legs in fen that sum to zero; positive is owed to the party, negative by it
   * @returns false when it was posted before, or nothing is owed to anybody
   * @throws RangeError when the legs do not sum to zero
   */
  async post(tx: Tx, posting: Posting): Promise<boolean> {
    const legs = posting.legs.filter((leg) => leg.fen !== 0);
    const debts = debtsOf(legs);
    if (legs.length === 0) return false;
    const entry = {
      id: this.ids.next<'clearing'>(),
      kind: posting.kind,
      subjectId: posting.subjectId,
      note: posting.note ?? '',
      day: businessDay(tx.now.getTime()),
      at: tx.now,
    };
    return this.rows.add(tx, posting.brandId, entry, legs, debts);
  }

  /**
   * Takes an entry back, wholly or in part; parts of the same entry sum to exactly the whole. Nothing happens when there
   * is no such entry or nothing is left of it.
   *
   * @param back `fen` of the first leg's amount, or null for all that is left; `suffix` tells parts apart
   * @returns how much of the first leg was taken back now; zero when this part was taken back before
   */
  async takeBack(
    tx: Tx,
    back: {
      brandId: BrandId;
      kind: string;
      ofKind: string;
      subjectId: string;
      suffix: string;
      fen: Fen | null;
      note?: string;
    },
  ): Promise<Fen> {
    const { brandId, kind, ofKind, subjectId } = back;
    // Locked, so that two refunds at the same time never take the same share.
    const id = await this.rows.lock(tx, brandId, ofKind, subjectId);
    const legs = id ? ((await this.rows.legsOf(tx, brandId, [id])).get(id as Id) ?? []) : [];
    const whole = legs[0]?.fen ?? ZERO_FEN;
    const before = await this.rows.takenBack(tx, brandId, kind, subjectId);
    const part = minFen(back.fen ?? whole, subFen(whole, before));
    if (part <= 0) return ZERO_FEN;
    const isNew = await this.post(tx, {
      brandId,
      kind,
      subjectId: `${subjectId}:${back.suffix}`,
      legs: reversedLegs(legs, whole, before, part),
      ...(back.note === undefined ? {} : { note: back.note }),
    });
    return isNew ? part : ZERO_FEN;
  }
}
