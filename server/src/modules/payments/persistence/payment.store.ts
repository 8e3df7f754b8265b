import { type BrandId, type Id, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type PaymentPurpose, type PaymentRef, type PaymentRow, type PaymentState } from '../domain/payment.js';

type Row = Record<string, unknown>;

export function toPayment(row: Row): PaymentRow {
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as PaymentRow['id'],
    subject: String(row['subject']),
    subjectId: row['subject_id'] as Id,
    purpose: row['purpose'] as PaymentPurpose,
    channel: row['channel'] as PaymentRow['channel'],
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

const columnsOf = (payment: PaymentRow, createdAt: Date, nextCheckAt: Date | null): Record<string, SqlValue> => ({
  brand_id: payment.brandId,
  id: payment.id,
  subject: payment.subject,
  subject_id: payment.subjectId,
  purpose: payment.purpose,
  order_id: payment.subject === 'ORDER' ? payment.subjectId : null,
  channel: payment.channel,
  account_id: payment.accountId,
  mchid: payment.mchid,
  sub_mchid: payment.subMchid,
  out_trade_no: payment.outTradeNo,
  openid: payment.openid,
  amount_fen: payment.amountFen,
  state: payment.state,
  profit_sharing: payment.profitSharing ? 1 : 0,
  request_body: payment.requestBody,
  prepay_id: payment.prepayId,
  prepay_at: payment.prepayAt,
  paid_at: payment.paidAt,
  next_check_at: nextCheckAt,
  created_at: createdAt,
});

/** A prepay_id lives two hours; ten minutes later whatever was paid has been paid. */
const LAST_LOOK_MS = 130 * 60_000;

/** An order's payment as WeChat Pay says it was made. */
export interface TakenPayment {
  accountId: string;
  mchid: string;
  subMchid: string | null;
  outTradeNo: string;
  totalFen: number;
  transactionId: string;
  paidAt: Date;
  feeFen: number;
  notificationId: string | null;
}

/** All SQL of payments. */
export class PaymentStore {
  /** The payment of something, if one was started. */
  async of(on: Queryable, ref: PaymentRef): Promise<PaymentRow | null> {
    const [row] = await on.query<Row>(
      'SELECT * FROM payment WHERE brand_id = ? AND subject = ? AND subject_id = ? AND purpose = ?',
      [ref.brandId, ref.subject, ref.subjectId, ref.purpose ?? 'FULL'],
    );
    return row ? toPayment(row) : null;
  }

  /** The payment that makes an order paid, its only one or a presale's tail, if it was started. */
  async ofOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<PaymentRow | null> {
    return (await this.allOfOrder(on, brandId, orderId)).find((one) => one.purpose !== 'DEPOSIT') ?? null;
  }

  /** Every payment of an order that was started: one, or a presale's deposit and tail. */
  async allOfOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<PaymentRow[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM payment WHERE brand_id = ? AND subject = 'ORDER' AND subject_id = ?",
      [brandId, orderId],
    );
    return rows.map(toPayment);
  }

  /** A payment that was wanted is to go back after all: settlement books its coming and going together. */
  async setLate(tx: Tx, payment: PaymentRow): Promise<void> {
    await tx.execute('UPDATE payment SET is_late = 1 WHERE brand_id = ? AND id = ?', [payment.brandId, payment.id]);
  }

  async find(on: Queryable, brandId: BrandId, id: Id): Promise<PaymentRow | null> {
    const [row] = await on.query<Row>('SELECT * FROM payment WHERE brand_id = ? AND id = ?', [brandId, id]);
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

  /** A payment before WeChat is asked, or one of nothing that is paid at once. */
  async insert(on: Queryable, payment: PaymentRow, createdAt: Date, nextCheckAt: Date | null): Promise<void> {
    const columns = columnsOf(payment, createdAt, nextCheckAt);
    const names = Object.keys(columns);
    await on.execute(
      `INSERT INTO payment (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`,
      Object.values(columns),
    );
  }

  /**
   * A payment that WeChat has just prepared, provided that its order still waits for it.
   * @returns false when the order no longer waits; nothing is written then
   * @throws the database's refusal of a double when the order has a payment already
   */
  async insertForOrder(on: Queryable, payment: PaymentRow, createdAt: Date, nextCheckAt: Date): Promise<boolean> {
    const columns = columnsOf(payment, createdAt, nextCheckAt);
    const names = Object.keys(columns);
    const written = await on.execute(
      `INSERT INTO payment (${names.join(',')}) SELECT ${names.map(() => '?').join(',')} FROM sales_order
        WHERE brand_id = ? AND id = ? AND state = 'PENDING_PAY' LOCK IN SHARE MODE`,
      [...Object.values(columns), payment.brandId, payment.subjectId],
    );
    return written.affectedRows === 1;
  }

  /**
   * Takes the money of an order's payment, provided that it is what we asked for and was not taken before.
   * @returns true when this call took it; false means that the long way must decide
   */
  async takeForOrder(tx: Tx, brandId: BrandId, paid: TakenPayment): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE payment
       SET state = 'PAID', transaction_id = ?, paid_at = ?, fee_fen = ?, notification_id = ?, settle_state = 'OPEN', next_check_at = NULL
       WHERE out_trade_no = ? AND brand_id = ? AND state IN ('CREATED','PREPAID') AND subject = 'ORDER' AND purpose = 'FULL'
         AND account_id = ? AND mchid = ? AND sub_mchid <=> ? AND amount_fen = ?`,
      [
        paid.transactionId,
        paid.paidAt,
        paid.feeFen,
        paid.notificationId,
        paid.outTradeNo,
        brandId,
        paid.accountId,
        paid.mchid,
        paid.subMchid,
        paid.totalFen,
      ],
    );
    return written.affectedRows === 1;
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
    paid: { transactionId: string; paidAt: Date; feeFen: number; isLate: boolean; splits: boolean },
  ): Promise<void> {
    await tx.execute(
      "UPDATE payment SET state = 'PAID', transaction_id = ?, paid_at = ?, fee_fen = ?, is_late = ?, settle_state = ?, next_check_at = NULL WHERE brand_id = ? AND id = ?",
      [
        paid.transactionId,
        paid.paidAt,
        paid.feeFen,
        paid.isLate ? 1 : 0,
        paid.isLate || !paid.splits ? 'NONE' : 'OPEN',
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
