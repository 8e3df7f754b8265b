import { type BrandId, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { planOf, type RefundDraft, type RefundOutcome, type RefundState, rowsOf, toRefund } from './refund-row.js';

type Row = Record<string, unknown>;

/** All SQL of refunds. */
export class RefundStore {
  async insert(tx: Tx, refund: RefundDraft): Promise<void> {
    const values: SqlValue[] = [
      refund.brandId,
      refund.id,
      refund.orderId,
      refund.paymentId,
      refund.amountFen,
      refund.walletFen,
      refund.freightFen,
      refund.freightWalletFen,
      refund.pointsBack,
      refund.withheldFen,
      refund.depositFen,
      refund.goods,
      refund.caseId,
      refund.reason,
      refund.cause,
      refund.outRefundNo,
      refund.attempt,
      refund.state,
      refund.step,
      refund.requestedBy,
      tx.now,
      tx.now,
    ];
    await tx.execute(
      `INSERT INTO refund (brand_id, id, order_id, payment_id, amount_fen, wallet_fen, freight_fen, freight_wallet_fen, points_back, withheld_fen, deposit_fen, goods, case_id, reason, cause, out_refund_no, attempt, state, step, requested_by,
         next_check_at, created_at) VALUES (${values.map(() => '?').join(',')})`,
      values,
    );
    await this.insertLines(tx, refund);
  }

  private async insertLines(tx: Tx, refund: RefundDraft): Promise<void> {
    const rows = rowsOf(refund);
    if (rows.length === 0) return;
    await tx.execute(
      `INSERT INTO refund_line (brand_id, refund_id, line_id, qty, kept_qty, amount_fen, wallet_fen) VALUES ${rows.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      rows.flatMap((row) => [refund.brandId, refund.id, ...row]),
    );
  }

  /** Reads a refund with its lines. @throws AppError NOT_FOUND */
  async get(on: Queryable, brandId: BrandId, id: Id): Promise<RefundDraft> {
    return this.whole(
      on,
      brandId,
      await on.query<Row>('SELECT * FROM refund WHERE brand_id = ? AND id = ?', [brandId, id]),
    );
  }

  /** How a refund stands and what was planned for it, without its lines; null when there is none. */
  async outcome(on: Queryable, brandId: BrandId, id: Id): Promise<RefundOutcome | null> {
    const [row] = await on.query<Row>('SELECT state, problem, plan FROM refund WHERE brand_id = ? AND id = ?', [
      brandId,
      id,
    ]);
    if (!row) return null;
    return {
      state: row['state'] as RefundState,
      problem: row['problem'] as string | null,
      plan: planOf(row['plan']),
    };
  }

  async lock(tx: Tx, brandId: BrandId, id: Id): Promise<RefundDraft> {
    return this.whole(
      tx,
      brandId,
      await tx.query<Row>('SELECT * FROM refund WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, id]),
    );
  }

  async byOutRefundNo(on: Queryable, outRefundNo: string): Promise<RefundDraft | null> {
    const rows = await on.query<Row>('SELECT * FROM refund WHERE out_refund_no = ?', [outRefundNo]);
    return rows[0] ? this.whole(on, rows[0]['brand_id'] as BrandId, rows) : null;
  }

  private async whole(on: Queryable, brandId: BrandId, rows: Row[]): Promise<RefundDraft> {
    const [row] = rows;
    if (!row) throw refuse('NOT_FOUND');
    const lines = await on.query<Row>(
      'SELECT * FROM refund_line WHERE brand_id = ? AND refund_id = ? ORDER BY line_id',
      [brandId, row['id'] as string],
    );
    return toRefund(row, lines);
  }

  /**
   * What an order's refunds that did not fail gave back so far: per line from the wallet, of the freight, in points; and
   * how many pieces of presents were kept for their price.
   */
  async givenBack(
    on: Queryable,
    brandId: BrandId,
    orderId: Id,
  ): Promise<{ freightFen: Fen; points: number; walletByLine: Map<string, Fen>; keptByLine: Map<string, number> }> {
    const [sums] = await on.query<Row>(
      "SELECT COALESCE(SUM(freight_fen), 0) AS freight_fen, COALESCE(SUM(points_back), 0) AS points FROM refund WHERE brand_id = ? AND order_id = ? AND state <> 'FAILED' AND cause <> 'LATE_PAYMENT'",
      [brandId, orderId],
    );
    const lines = await on.query<Row>(
      `SELECT l.line_id, SUM(l.wallet_fen) AS wallet_fen, SUM(l.kept_qty) AS kept_qty FROM refund r JOIN refund_line l ON l.brand_id = r.brand_id AND l.refund_id = r.id
       WHERE r.brand_id = ? AND r.order_id = ? AND r.state <> 'FAILED' GROUP BY l.line_id`,
      [brandId, orderId],
    );
    return {
      freightFen: parseFen(sums?.['freight_fen'] ?? 0),
      points: Number(sums?.['points'] ?? 0),
      walletByLine: new Map(lines.map((line) => [String(line['line_id']), parseFen(line['wallet_fen'])])),
      keptByLine: new Map(lines.map((line) => [String(line['line_id']), Number(line['kept_qty'])])),
    };
  }

  /** What of a presale's tail has gone back, or is on its way, through refunds that did not fail. */
  async tailGivenBack(on: Queryable, brandId: BrandId, orderId: Id): Promise<Fen> {
    const [row] = await on.query<Row>(
      "SELECT COALESCE(SUM(amount_fen - deposit_fen), 0) AS fen FROM refund WHERE brand_id = ? AND order_id = ? AND state <> 'FAILED' AND cause <> 'LATE_PAYMENT'",
      [brandId, orderId],
    );
    return parseFen(row?.['fen'] ?? 0);
  }

  /** An order's refunds that failed, oldest first. */
  async failedOf(on: Queryable, brandId: BrandId, orderId: Id): Promise<RefundDraft[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM refund WHERE brand_id = ? AND order_id = ? AND state = 'FAILED' AND cause <> 'LATE_PAYMENT' ORDER BY id",
      [brandId, orderId],
    );
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row['id'] as string);
    const lines = await on.query<Row>(
      `SELECT * FROM refund_line WHERE brand_id = ? AND refund_id IN ${marks(ids)} ORDER BY refund_id, line_id`,
      [brandId, ...ids],
    );
    return rows.map((row) =>
      toRefund(
        row,
        lines.filter((line) => line['refund_id'] === row['id']),
      ),
    );
  }

  /**
   * Opens a failed refund again under a new number, with what it gives back by now; its shares are planned anew, since other
   * refunds may have come between (pain-07).
   * @returns false when it is no longer failed
   */
  async reopen(tx: Tx, refund: RefundDraft): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE refund SET state = 'REQUESTED', step = 'PLAN', attempt = ?, out_refund_no = ?, problem = NULL, checks = 0, next_check_at = ?,
         amount_fen = ?, wallet_fen = ?, freight_fen = ?, freight_wallet_fen = ?, points_back = ?, withheld_fen = ?, deposit_fen = ?
       WHERE brand_id = ? AND id = ? AND state = 'FAILED'`,
      [
        refund.attempt,
        refund.outRefundNo,
        tx.now,
        refund.amountFen,
        refund.walletFen,
        refund.freightFen,
        refund.freightWalletFen,
        refund.pointsBack,
        refund.withheldFen,
        refund.depositFen,
        refund.brandId,
        refund.id,
      ],
    );
    if (written.affectedRows !== 1) return false;
    await tx.execute('DELETE FROM refund_line WHERE brand_id = ? AND refund_id = ?', [refund.brandId, refund.id]);
    await this.insertLines(tx, refund);
    return true;
  }

  async hasOpen(on: Queryable, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM refund WHERE brand_id = ? AND order_id = ? AND state IN ('REQUESTED','PROCESSING') LIMIT 1",
      [brandId, orderId],
    );
    return rows.length > 0;
  }

  /** Whether a refund was asked for at or after an instant, whatever became of it. */
  async hasAnySince(on: Queryable, brandId: BrandId, orderId: Id, since: Date): Promise<boolean> {
    const rows = await on.query(
      'SELECT id FROM refund WHERE brand_id = ? AND order_id = ? AND created_at >= ? LIMIT 1',
      [brandId, orderId, since],
    );
    return rows.length > 0;
  }

  /** Refunds that wait for their next step. */
  async due(on: Queryable, now: Date, limit: number): Promise<{ brandId: BrandId; id: Id<'refund'> }[]> {
    const rows = await on.query<Row>(
      "SELECT brand_id, id FROM refund WHERE state IN ('REQUESTED','PROCESSING') AND next_check_at <= ? ORDER BY next_check_at LIMIT ?",
      [now, limit],
    );
    return rows.map((row) => ({ brandId: row['brand_id'] as BrandId, id: row['id'] as Id<'refund'> }));
  }

  /**
   * Moves an open refund on; columns are named by us. One that has ended stays as it ended: a second worker that still
   * waited for WeChat's answer must not open it again.
   */
  async update(
    on: Queryable,
    refund: Pick<RefundDraft, 'brandId' | 'id'>,
    set: Readonly<Record<string, SqlValue>>,
  ): Promise<void> {
    const names = Object.keys(set);
    await on.execute(
      `UPDATE refund SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE brand_id = ? AND id = ? AND state IN ('REQUESTED','PROCESSING')`,
      [...Object.values(set), refund.brandId, refund.id],
    );
  }
}
