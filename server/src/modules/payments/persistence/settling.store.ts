import { addFen, type BrandId, type Fen, type Id, type OrderId, parseFen, ZERO_FEN } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PaymentRow } from '../domain/payment.js';
import { toPayment } from './payment.store.js';

/** A payment that is to be divided; a presale's deposit is counted with its tail, and said by itself. */
export type PaymentToSettle = PaymentRow & {
  orderId: OrderId;
  transactionId: string;
  paidAt: Date;
  depositFen: Fen;
};

/** All SQL of the mark that says which payments were accrued: settlement asks here what is left to do. */
export class SettlingStore {
  /** Payments that were not accrued yet, the oldest first. */
  async open(on: Queryable, limit: number): Promise<{ brandId: BrandId; id: Id<'payment'> }[]> {
    const rows = await on.query<{ brand_id: BrandId; id: Id<'payment'> }>(
      "SELECT brand_id, id FROM payment WHERE settle_state = 'OPEN' ORDER BY paid_at LIMIT ?",
      [limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, id: row.id }));
  }

  /** Locks those of the payments that nobody has accrued meanwhile. */
  async lock(tx: Tx, brandId: BrandId, ids: readonly Id[]): Promise<PaymentToSettle[]> {
    const rows = await tx.query(
      `SELECT * FROM payment WHERE brand_id = ? AND id IN ${marks(ids)} AND settle_state = 'OPEN' ORDER BY id FOR UPDATE`,
      [brandId, ...ids],
    );
    return rows.map(
      (row) => ({ ...toPayment(row), orderId: row['order_id'] as OrderId, depositFen: ZERO_FEN }) as PaymentToSettle,
    );
  }

  /** Adds what was paid as a deposit, and its fee, to the payments of presales: they are divided as a whole. */
  async withDeposits(
    on: Queryable,
    brandId: BrandId,
    presales: readonly PaymentToSettle[],
  ): Promise<PaymentToSettle[]> {
    if (presales.length === 0) return [];
    const rows = await on.query<{ order_id: string; amount_fen: string; fee_fen: string }>(
      `SELECT order_id, amount_fen, fee_fen FROM payment WHERE brand_id = ? AND purpose = 'DEPOSIT' AND state = 'PAID' AND order_id IN ${marks(presales.map((one) => one.orderId))}`,
      [brandId, ...presales.map((one) => one.orderId)],
    );
    const deposits = new Map(rows.map((row) => [row.order_id, row]));
    return presales.map((tail) => {
      const deposit = deposits.get(tail.orderId);
      if (!deposit) return tail;
      const depositFen = parseFen(deposit.amount_fen);
      return {
        ...tail,
        depositFen,
        amountFen: addFen(tail.amountFen, depositFen),
        feeFen: addFen(tail.feeFen, parseFen(deposit.fee_fen)),
      };
    });
  }

  async setSettled(tx: Tx, brandId: BrandId, ids: readonly Id[]): Promise<void> {
    await tx.execute(`UPDATE payment SET settle_state = 'DONE' WHERE brand_id = ? AND id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
  }
}
