import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, fenFromBigInt, type Id, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Clearing } from '../../clearing/index.js';
import { CounterParts } from './counter-parts.js';

/** How a counter names a redemption: by its id, or by the number under which it was handed in. */
export type RedemptionName = { id: Id } | { clientKey: string };

/** Goods that a coupon of a counter lowered come back: the coupon stays used, its bearers no longer bear their share. */
@Injectable()
export class ReturnedRedemptions {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Clearing) private readonly clearing: Clearing,
  ) {}

  /**
   * Takes the shares of returns back from who bears the discount; repeating it changes nothing, nor does one that was
   * never taken in or was undone.
   *
   * @param back `wholeFen` is what the goods of the sale were worth before discounts; each return names what had come
   *   back with it and before it
   */
  async takeBack(
    tx: Tx,
    back: {
      brandId: BrandId;
      redemption: RedemptionName;
      wholeFen: Fen;
      returns: readonly { id: Id; soFarFen: Fen }[];
    },
  ): Promise<void> {
    const { brandId, wholeFen } = back;
    // Undoing the redemption changes the same row first, so that the two never take the same share.
    const done = await this.parts.redemptions.lock(tx, brandId, back.redemption);
    if (!done || done.state === 'REVERSED' || wholeFen === 0) return;
    const until = (soFar: Fen) => fenFromBigInt((BigInt(done.discountFen) * BigInt(soFar)) / BigInt(wholeFen));
    let before = ZERO_FEN;
    for (const { id, soFarFen } of back.returns) {
      await this.clearing.takeBack(tx, {
        brandId,
        kind: 'COUPON_BACK',
        ofKind: done.state === 'DONE' ? 'COUPON_USE' : 'COUPON_CONFLICT',
        subjectId: `${done.couponId}:${done.id}`,
        suffix: id,
        note: done.name,
        fen: subFen(until(soFarFen), before),
      });
      before = until(soFarFen);
    }
  }
}
