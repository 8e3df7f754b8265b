import type { BrandId, Id, MemberId, OrderId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue, type Written } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { RequestKey } from '../../../platform/idempotency/idempotency.js';
import type { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order-state.js';
import { columnsOf, lineColumns, lineValues, type Made, NEW_LINE, whole, withLines } from './order-rows.js';

type Row = Record<string, unknown>;

const WITH_LINES = `SELECT o.*, ${lineColumns} FROM sales_order o
  LEFT JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id`;

/** All SQL that changes orders. */
export class OrderStore {
  /** Reads one order with its lines in one statement. */
  async find(on: Queryable, brandId: BrandId, orderId: Id): Promise<Order | null> {
    return whole(await on.query<Row>(`${WITH_LINES} WHERE o.brand_id = ? AND o.id = ?`, [brandId, orderId]));
  }

  /** Reads one order in one statement and locks its row, and its lines, until the end of the transaction. */
  async lock(tx: Tx, brandId: BrandId, orderId: Id): Promise<Order | null> {
    return whole(await tx.query<Row>(`${WITH_LINES} WHERE o.brand_id = ? AND o.id = ? FOR UPDATE`, [brandId, orderId]));
  }

  /** Reads several orders with their lines in two statements. */
  async many(on: Queryable, brandId: BrandId, orderIds: readonly OrderId[]): Promise<Order[]> {
    const rows = await on.query<Row>(`SELECT * FROM sales_order WHERE brand_id = ? AND id IN ${marks(orderIds)}`, [
      brandId,
      ...orderIds,
    ]);
    return withLines(on, brandId, rows);
  }

  async findByPickupCode(on: Queryable, brandId: BrandId, code: string): Promise<Order | null> {
    const rows = await on.query<Row>('SELECT * FROM sales_order WHERE brand_id = ? AND pickup_code = ?', [
      brandId,
      code,
    ]);
    return (await withLines(on, brandId, rows))[0] ?? null;
  }

  /** The order that a request with this key made, if any. @throws AppError IDEMPOTENCY_MISMATCH for another input */
  async ofRequest(on: Queryable, brandId: BrandId, memberId: MemberId, request: RequestKey): Promise<Order | null> {
    const rows = await on.query<Row>(
      'SELECT * FROM sales_order WHERE brand_id = ? AND member_id = ? AND request_key = ?',
      [brandId, memberId, request.key],
    );
    if (rows[0] && rows[0]['request_hash'] !== request.inputHash) throw refuse('IDEMPOTENCY_MISMATCH');
    return (await withLines(on, brandId, rows))[0] ?? null;
  }

  /** The payment that was planned when the order was submitted, or null. */
  async payPlan(on: Queryable, brandId: BrandId, orderId: Id): Promise<string | null> {
    const [row] = await on.query<{ pay_plan: string | null }>(
      'SELECT pay_plan FROM sales_order WHERE brand_id = ? AND id = ?',
      [brandId, orderId],
    );
    return row?.pay_plan ?? null;
  }

  /** Plans the payment of an order that has no plan yet; the first plan stays. */
  async setPayPlan(on: Queryable, brandId: BrandId, orderId: Id, plan: string): Promise<void> {
    await on.execute('UPDATE sales_order SET pay_plan = ? WHERE brand_id = ? AND id = ? AND pay_plan IS NULL', [
      plan,
      brandId,
      orderId,
    ]);
  }

  /**
   * Writes an order with its lines: two statements.
   * @throws the database's refusal of a double when the request made an order before
   */
  insert(tx: Tx, order: Order, made: Made): Promise<void> {
    return this.insertAll(tx, [{ order, made }]);
  }

  /** Writes many orders with their lines: two statements. @throws as {@link insert}; none is written then */
  async insertAll(tx: Tx, orders: readonly { order: Order; made: Made }[]): Promise<void> {
    const rows = orders.map(({ order, made }) => columnsOf(order, made));
    const names = Object.keys(rows[0] ?? {});
    await tx.execute(
      `INSERT INTO sales_order (${names.join(',')}) VALUES ${rows.map(() => `(${names.map(() => '?').join(',')})`).join(',')}`,
      rows.flatMap((row) => Object.values(row)),
    );
    const lines = orders.flatMap(({ order }) => order.lines.map((line) => lineValues(order, line)));
    await tx.execute(
      `INSERT INTO order_line (${NEW_LINE}) VALUES ${lines.map((line) => `(${line.map(() => '?').join(',')})`).join(',')}`,
      lines.flat(),
    );
  }

  /**
   * The deposit of a presale has come: from now on the order waits for its tail.
   * @returns false when it did not wait for a deposit
   */
  async setDepositPaid(tx: Tx, order: Pick<Order, 'brandId' | 'id'>, paidAt: Date, dueAt: Date): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE sales_order SET deposit_paid_at = ?, due_at = ?, version = version + 1 WHERE brand_id = ? AND id = ? AND state = 'PENDING_PAY' AND deposit_paid_at IS NULL",
      [paidAt, dueAt, order.brandId, order.id],
    );
    return written.affectedRows === 1;
  }

  /**
   * The money of an order has come that waits for nothing else and holds nothing else.
   * @returns false when it did not wait for its money or holds points, coupons or the like: nothing was changed
   */
  async setPaid(
    tx: Tx,
    order: { brandId: BrandId; id: string },
    money: { paidAt: Date; pickupCode: string },
  ): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE sales_order
       SET paid_at = ?, due_at = NULL, pickup_code = IF(fulfil IN ('PICKUP','SCAN_AND_GO'), ?, NULL), version = version + 1,
         state = IF(fulfil IN ('PICKUP','SCAN_AND_GO'), 'TO_PICKUP', 'TO_SHIP')
       WHERE brand_id = ? AND id = ? AND state = 'PENDING_PAY' AND has_holds = 0`,
      [money.paidAt, money.pickupCode, order.brandId, order.id],
    );
    return written.affectedRows === 1;
  }

  /**
   * Moves an order from one state to another; the guard in the WHERE makes a second mover lose.
   * @param set further columns, named by us and never by a caller's input
   * @returns true when this call moved it
   */
  async move(
    tx: Tx,
    order: { brandId: BrandId; id: OrderId },
    from: OrderState,
    to: OrderState,
    set: Readonly<Record<string, SqlValue>>,
  ): Promise<boolean> {
    const names = Object.keys(set);
    const written = await tx.execute(
      `UPDATE sales_order SET state = ?, version = version + 1${names.map((name) => `, ${name} = ?`).join('')} WHERE brand_id = ? AND id = ? AND state = ?`,
      [to, ...Object.values(set), order.brandId, order.id, from],
    );
    return written.affectedRows === 1;
  }

  /** Moves an order's deadline without moving the order. */
  async putOff(tx: Tx, order: { brandId: BrandId; id: OrderId }, until: Date): Promise<void> {
    await tx.execute('UPDATE sales_order SET due_at = ? WHERE brand_id = ? AND id = ?', [
      until,
      order.brandId,
      order.id,
    ]);
  }

  /** Orders whose deadline in a state has passed, oldest first: over all brands, for the sweeps. */
  async due(
    on: Queryable,
    states: readonly OrderState[],
    now: Date,
    limit: number,
  ): Promise<{ brandId: BrandId; id: OrderId; state: OrderState }[]> {
    const rows = await on.query<Row>(
      `SELECT brand_id, id, state FROM sales_order WHERE state IN ${marks(states)} AND due_at <= ? ORDER BY due_at LIMIT ?`,
      [...states, now, limit],
    );
    return rows.map((row) => ({
      brandId: row['brand_id'] as BrandId,
      id: row['id'] as OrderId,
      state: row['state'] as OrderState,
    }));
  }

  /**
   * Writes what a refund gave back to the lines and the order.
   * @throws Error when more would be given back than was bought or paid
   */
  async addRefunded(
    tx: Tx,
    order: Order,
    lines: readonly { lineId: string; qty: number; amountFen: number }[],
    totalFen: number,
  ): Promise<void> {
    const counted: Written[] = [];
    for (const line of lines) {
      const written = await tx.execute(
        `UPDATE order_line SET refunded_qty = refunded_qty + ?, refunded_fen = refunded_fen + ?
         WHERE brand_id = ? AND order_id = ? AND id = ? AND refunded_qty + ? <= qty AND refunded_fen + ? <= payable_fen`,
        [line.qty, line.amountFen, order.brandId, order.id, line.lineId, line.qty, line.amountFen],
      );
      counted.push(written);
    }
    counted.push(
      await tx.execute(
        'UPDATE sales_order SET refunded_fen = refunded_fen + ? WHERE brand_id = ? AND id = ? AND refunded_fen + ? <= total_fen',
        [totalFen, order.brandId, order.id, totalFen],
      ),
    );
    if (counted.some((written) => written.affectedRows !== 1))
      throw new Error(`order ${order.id} would give back more than was paid for it`);
  }
}
