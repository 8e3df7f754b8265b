import { Inject, Injectable } from '@nestjs/common';
import type { Fen } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Clearing } from '../../clearing/index.js';
import { Coupons } from '../../coupons/index.js';
import type { Order } from '../../orders/index.js';
import type { BookedRefund } from '../../payments/index.js';

/** What a refund does to wallet, points and coupons, in the transaction that books it. */
@Injectable()
export class RefundAssets {
  constructor(
    @Inject(Coupons) private readonly coupons: Coupons,
    @Inject(Clearing) private readonly clearing: Clearing,
  ) {}

  /** How a refund to the wallet divides into paid-in and given money; null when nothing goes there. */
  async walletParts(_on: Queryable, _order: Order, _fen: Fen): Promise<{ principalFen: Fen; bonusFen: Fen } | null> {
    return null;
  }

  /** How many of the points that the order earned are taken back when so much cash returns. */
  async pointsToTake(_on: Queryable, _order: Order, _cashFen: Fen): Promise<number> {
    return 0;
  }

  /** Gives back and takes back; called once per refund. */
  async apply(tx: Tx, { order, isAllBack }: BookedRefund): Promise<void> {
    if (isAllBack && order.hasHolds) await this.coupons.giveBack(tx, order.brandId, order.id);
  }

  /** Goods handed in elsewhere: the store that has them now owes what the selling store has given back. */
  async clearOtherStore(
    tx: Tx,
    one: { order: Order; caseId: string; caseNo: string; receivedStoreId: string; fen: Fen },
  ): Promise<void> {
    if (one.receivedStoreId === one.order.storeId || one.fen === 0) return;
    await this.clearing.post(tx, {
      brandId: one.order.brandId,
      kind: 'RETURN_ELSEWHERE',
      subjectId: one.caseId,
      legs: [
        { party: `STORE:${one.order.storeId}`, fen: one.fen },
        { party: `STORE:${one.receivedStoreId}`, fen: -one.fen as Fen },
      ],
      note: `异店退货 ${one.caseNo}`,
    });
  }
}
