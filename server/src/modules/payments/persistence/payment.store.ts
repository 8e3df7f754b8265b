import { type BrandId, type Id, type OrderId, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PaymentRow, PaymentState } from '../domain/payment.js';

type Row = Record<string, unknown>;

function toPayment(row: Row): PaymentRow {
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as PaymentRow['id'],
    orderId: row['order_id'] as OrderId,
    accountId: String(row['account_id']),
    mchid: String(row['mchid']),
    subMchid: row['sub_mchid'] as string | null,
    outTradeNo: String(row['out_trade_no']),
    openid: String(row['openid']),
    amountFen: parseFen(row['amount_fen']),
    state: row['state'] as PaymentState,
    profitSharing: Number(row['profit_sharing']) === 1,
    requestBody: row['request_body'] as string | null,
    prepayId: row['prepay_id'] as string | null,
    prepayAt: row['prepay_at'] as Date | null,
    transactionId: row['transaction_id'] as string | null,
    paidAt: row['paid_at'] as Date | null,
    isLate: Number(row['is_late']) === 1,
    feeFen: parseFen(row['fee_fen']),
    checks: Number(row['checks']),
  };
}

/** A prepay_id lives two hours; ten minutes later whatever was paid has been paid. */
const LAST_LOOK_MS = 130 * 60_000;

/** All SQL of payments. */
export class PaymentStore {
  async ofOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<PaymentRow | null> {
    const [row] = await on.query<Row>('SELECT * FROM payment WHERE brand_id = ? AND order_id = ?', [brandId, orderId]);
    return row ? toPayment(row) : null;
  }

  async byOutTradeNo(on: Queryable, outTradeNo: string): Promise<PaymentRow | null> {
    const [row] = await on.query<Row>('SELECT * FROM payment WHERE out_trade_no = ?', [outTradeNo]);
    return row ? toPayment(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: Id): Promise<PaymentRow | null> {
    const [row] = await tx.query<Row>('SELECT * FROM payment WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, id]);
    return row ? toPayment(row) : null;
  }

  async insert(tx: Tx, payment: PaymentRow, nextCheckAt: Date): Promise<void> {
    const values: SqlValue[] = [
      payment.brandId,
      payment.id,
      payment.orderId,
      payment.accountId,
      payment.mchid,
      payment.subMchid,
      payment.outTradeNo,
      payment.openid,
      payment.amountFen,
      payment.state,
      payment.profitSharing ? 1 : 0,
      payment.requestBody,
      nextCheckAt,
      tx.now,
    ];
    await tx.execute(
      `INSERT INTO payment (brand_id, id, order_id, account_id, mchid, sub_mchid, out_trade_no, openid, amount_fen, state, profit_sharing,
         request_body, next_check_at, created_at) VALUES (${values.map(() => '?').join(',')})`,
      values,
    );
  }

  /** Keeps the prepay_id. @returns false when the payment has become final meanwhile; it stays as it is */
  async setPrepay(on: Queryable, payment: PaymentRow, prepayId: string, at: Date): Promise<boolean> {
    const written = await on.execute(
      "UPDATE payment SET prepay_id = ?, prepay_at = ?, state = 'PREPAID' WHERE brand_id = ? AND id = ? AND state IN ('CREATED','PREPAID')",
      [prepayId, at, payment.brandId, payment.id],
    );
    return written.affectedRows === 1;
  }

  async setPaid(
    tx: Tx,
    payment: PaymentRow,
    paid: { transactionId: string; paidAt: Date; feeFen: number; isLate: boolean },
  ): Promise<void> {
    await tx.execute(
      "UPDATE payment SET state = 'PAID', transaction_id = ?, paid_at = ?, fee_fen = ?, is_late = ?, settle_state = ?, next_check_at = NULL WHERE brand_id = ? AND id = ?",
      [
        paid.transactionId,
        paid.paidAt,
        paid.feeFen,
        paid.isLate ? 1 : 0,
        paid.isLate ? 'NONE' : 'OPEN',
        payment.brandId,
        payment.id,
      ],
    );
  }

  /** Gives a payment up; one last look is planned for when nobody can have paid any more (pay-04). */
  async setClosed(tx: Tx, payment: PaymentRow): Promise<void> {
    await tx.execute(
      "UPDATE payment SET state = 'CLOSED', next_check_at = ? WHERE brand_id = ? AND id = ? AND state IN ('CREATED','PREPAID')",
      [new Date(tx.now.getTime() + LAST_LOOK_MS), payment.brandId, payment.id],
    );
  }

  /** The last look found nothing: nobody asks about this payment again. */
  async endChecks(on: Queryable, payment: PaymentRow): Promise<void> {
    await on.execute("UPDATE payment SET next_check_at = NULL WHERE brand_id = ? AND id = ? AND state = 'CLOSED'", [
      payment.brandId,
      payment.id,
    ]);
  }

  /** Unpaid payments whose next look is due, oldest first; given-up ones have a last look. */
  async dueChecks(on: Queryable, now: Date, limit: number): Promise<PaymentRow[]> {
    const states: PaymentState[] = ['CREATED', 'PREPAID', 'CLOSED'];
    return (
      await on.query<Row>(
        `SELECT * FROM payment WHERE state IN ${marks(states)} AND next_check_at <= ? ORDER BY next_check_at LIMIT ?`,
        [...states, now, limit],
      )
    ).map(toPayment);
  }

  async scheduleCheck(on: Queryable, payment: PaymentRow, at: Date): Promise<void> {
    await on.execute(
      'UPDATE payment SET next_check_at = ?, checks = checks + 1 WHERE brand_id = ? AND id = ? AND next_check_at IS NOT NULL',
      [at, payment.brandId, payment.id],
    );
  }
}
