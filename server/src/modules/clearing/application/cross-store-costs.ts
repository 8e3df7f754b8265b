import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, fenFromBigInt, type Id, negFen, subFen } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type SentElsewhere, TransferStore } from '../../inventory/index.js';
import type { Party } from '../domain/netting.js';
import { Clearing } from './clearing.js';

/** An order as far as goods of other stores need it: refunded pieces are those before the refund in hand. */
export interface OrderOfTransfers {
  brandId: BrandId;
  id: Id;
  lines: readonly { lineId: string; skuId: Id<'sku'> | null; qty: number; refundedQty: number }[];
}

const subjectOf = (order: OrderOfTransfers, sent: SentElsewhere): string => `${order.id}:${sent.shippingStoreId}`;

/** The party that pays for the sending, as the brand's rule said when the goods were held. */
function bearerOf(sent: SentElsewhere): Party {
  if (sent.costBearer === 'HQ') return 'HQ';
  return `STORE:${sent.costBearer === 'SHIPPING' ? sent.shippingStoreId : sent.sellingStoreId}`;
}

/**
 * What it costs that another store sends an order's goods: once for each store that sends, whatever it sends of it. The
 * sending store gets it from whoever bears it; refunds of these goods take it back in proportion to their pieces.
 */
@Injectable()
export class CrossStoreCosts {
  private readonly rows = new TransferStore();

  constructor(@Inject(Clearing) private readonly clearing: Clearing) {}

  /** The goods have left, in the transaction that says so. Repeating it changes nothing. */
  async sent(tx: Tx, order: OrderOfTransfers): Promise<void> {
    for (const sent of await this.rows.sentElsewhere(tx, order.brandId, order.id))
      await this.clearing.post(tx, {
        brandId: order.brandId,
        kind: 'CROSS_STORE',
        subjectId: subjectOf(order, sent),
        legs: [
          { party: `STORE:${sent.shippingStoreId}`, fen: sent.costFen },
          { party: bearerOf(sent), fen: negFen(sent.costFen) },
        ],
        note: '异店代发',
      });
  }

  /** Some pieces were refunded after they had left; by running totals, so that all of them take back exactly the cost. */
  async refunded(
    tx: Tx,
    order: OrderOfTransfers,
    refund: { id: Id; lines: readonly { lineId: string; qty: number }[] },
  ): Promise<void> {
    for (const sent of await this.rows.sentElsewhere(tx, order.brandId, order.id)) {
      const lines = order.lines.filter((line) => line.skuId !== null && sent.skuIds.has(line.skuId));
      const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0);
      // What was refunded before the goods left never travelled.
      const neverSent = sum((line) => line.qty) - sent.pieces;
      const before = Math.max(0, sum((line) => line.refundedQty) - neverSent);
      const now = sum((line) => refund.lines.find((one) => one.lineId === line.lineId)?.qty ?? 0);
      const until = (pieces: number): Fen =>
        fenFromBigInt((BigInt(sent.costFen) * BigInt(pieces)) / BigInt(sent.pieces));
      const part = subFen(until(Math.min(before + now, sent.pieces)), until(before));
      if (part <= 0) continue;
      await this.clearing.takeBack(tx, {
        brandId: order.brandId,
        kind: 'CROSS_STORE_BACK',
        ofKind: 'CROSS_STORE',
        subjectId: subjectOf(order, sent),
        suffix: refund.id,
        fen: part,
        note: '异店代发退款',
      });
    }
  }
}
