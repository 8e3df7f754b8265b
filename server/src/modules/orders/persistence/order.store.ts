import { type BrandId, type Id, type MemberId, type OrderId, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue, type Written } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { RequestKey } from '../../../platform/idempotency/idempotency.js';
import type { Order, OrderLineRow } from '../domain/order.js';
import type { OrderState } from '../domain/order-state.js';

type Row = Record<string, unknown>;

const fromJson = <T>(value: unknown): T | null =>
  value === null || value === undefined ? null : ((typeof value === 'string' ? JSON.parse(value) : value) as T);

function toLine(row: Row): OrderLineRow {
  return {
    lineId: row['id'] as OrderLineRow['lineId'],
    skuId: row['sku_id'] as OrderLineRow['skuId'],
    productId: row['product_id'] as OrderLineRow['productId'],
    categoryId: row['category_id'] as OrderLineRow['categoryId'],
    code: String(row['code']),
    name: String(row['name']),
    spec: String(row['spec']),
    imageUrl: row['image_url'] as string | null,
    qty: Number(row['qty']),
    unitPriceFen: parseFen(row['unit_price_fen']),
    amountFen: parseFen(row['amount_fen']),
    payableFen: parseFen(row['payable_fen']),
    walletFen: parseFen(row['wallet_fen']),
    applied: fromJson<OrderLineRow['applied']>(row['applied']) ?? [],
    refundedQty: Number(row['refunded_qty']),
    refundedFen: parseFen(row['refunded_fen']),
  };
}

function toOrder(row: Row, lines: OrderLineRow[]): Order {
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as OrderId,
    orderNo: String(row['order_no']),
    channel: row['channel'] as Order['channel'],
    kind: row['kind'] as Order['kind'],
    memberId: row['member_id'] as Order['memberId'],
    storeId: row['store_id'] as Order['storeId'],
    guideId: row['guide_id'] as Order['guideId'],
    attribution: fromJson(row['attribution']),
    state: row['state'] as OrderState,
    fulfil: row['fulfil'] as Order['fulfil'],
    goodsFen: parseFen(row['goods_fen']),
    freightFen: parseFen(row['freight_fen']),
    promotionFen: parseFen(row['promotion_fen']),
    couponFen: parseFen(row['coupon_fen']),
    pointsFen: parseFen(row['points_fen']),
    pointsUsed: Number(row['points_used']),
    totalFen: parseFen(row['total_fen']),
    walletFen: parseFen(row['wallet_fen']),
    cashFen: parseFen(row['cash_fen']),
    hasHolds: Number(row['has_holds']) === 1,
    refundedFen: parseFen(row['refunded_fen']),
    collectMode: row['collect_mode'] as Order['collectMode'],
    address: fromJson(row['address']),
    shipping: fromJson(row['shipping']),
    pickupCode: row['pickup_code'] as string | null,
    presale: fromJson(row['presale']),
    depositPaidAt: row['deposit_paid_at'] as Date | null,
    delivery: fromJson(row['delivery']),
    steps: fromJson<Order['steps']>(row['price_steps']) ?? [],
    remark: String(row['remark']),
    sendId: row['send_id'] as Order['sendId'],
    createdAt: row['created_at'] as unknown as Date,
    dueAt: row['due_at'] as Date | null,
    paidAt: row['paid_at'] as Date | null,
    shippedAt: row['shipped_at'] as Date | null,
    receivedAt: row['received_at'] as Date | null,
    finishedAt: row['finished_at'] as Date | null,
    closedAt: row['closed_at'] as Date | null,
    closeReason: row['close_reason'] as string | null,
    lines,
  };
}

const LINE_COLUMNS = [
  'id',
  'sku_id',
  'product_id',
  'category_id',
  'code',
  'name',
  'spec',
  'image_url',
  'qty',
  'unit_price_fen',
  'amount_fen',
  'payable_fen',
  'wallet_fen',
  'applied',
  'refunded_qty',
  'refunded_fen',
] as const;

/** Columns of an order and, prefixed, of its lines; an order repeats once per line. */
export const lineColumns = LINE_COLUMNS.map((name) => `l.${name} AS line_${name}`).join(', ');
const WITH_LINES = `SELECT o.*, ${lineColumns} FROM sales_order o
  LEFT JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id`;

/** One order of rows that repeat it for every line. */
export function whole(rows: readonly Row[]): Order | null {
  const [first] = rows;
  if (!first) return null;
  const lines = rows
    .filter((row) => row['line_id'] !== null)
    .map((row) => toLine(Object.fromEntries(LINE_COLUMNS.map((name) => [name, row[`line_${name}`]]))))
    .sort((a, b) => a.lineId.length - b.lineId.length || (a.lineId < b.lineId ? -1 : 1));
  return toOrder(first, lines);
}

/** Adds the lines to order rows with one statement, keeping the order of the rows. */
export async function withLines(on: Queryable, brandId: BrandId, rows: Row[]): Promise<Order[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row['id'] as OrderId);
  const lines = await on.query<Row>(
    `SELECT * FROM order_line WHERE brand_id = ? AND order_id IN ${marks(ids)} ORDER BY order_id, id`,
    [brandId, ...ids],
  );
  return rows.map((row) => toOrder(row, lines.filter((line) => line['order_id'] === row['id']).map(toLine)));
}

/** What made an order: the request, and the payment that was planned for it. */
export interface Made {
  request: RequestKey;
  payPlan: string | null;
}

const jsonOf = (value: unknown) => (value === null ? null : JSON.stringify(value));

const columnsOf = (order: Order, made: Made): Record<string, SqlValue> => ({
  brand_id: order.brandId,
  id: order.id,
  order_no: order.orderNo,
  channel: order.channel,
  kind: order.kind,
  member_id: order.memberId,
  store_id: order.storeId,
  guide_id: order.guideId,
  attribution: jsonOf(order.attribution),
  state: order.state,
  fulfil: order.fulfil,
  goods_fen: order.goodsFen,
  freight_fen: order.freightFen,
  promotion_fen: order.promotionFen,
  coupon_fen: order.couponFen,
  points_fen: order.pointsFen,
  points_used: order.pointsUsed,
  total_fen: order.totalFen,
  wallet_fen: order.walletFen,
  cash_fen: order.cashFen,
  has_holds: order.hasHolds ? 1 : 0,
  refunded_fen: order.refundedFen,
  collect_mode: order.collectMode,
  address: jsonOf(order.address),
  pickup_code: order.pickupCode,
  presale: jsonOf(order.presale),
  delivery: jsonOf(order.delivery),
  price_steps: jsonOf(order.steps),
  remark: order.remark,
  send_id: order.sendId,
  created_at: order.createdAt,
  due_at: order.dueAt,
  paid_at: order.paidAt,
  request_key: made.request.key,
  request_hash: made.request.inputHash,
  pay_plan: made.payPlan,
});

const lineValues = (order: Order, line: OrderLineRow): SqlValue[] => [
  order.brandId,
  order.id,
  line.lineId,
  line.skuId,
  line.productId,
  line.categoryId,
  line.code,
  line.name,
  line.spec,
  line.imageUrl,
  line.qty,
  line.unitPriceFen,
  line.amountFen,
  line.payableFen,
  line.walletFen,
  line.applied.length === 0 ? null : JSON.stringify(line.applied),
  line.refundedQty,
  line.refundedFen,
];

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

  /** Whether an after-sale case of the order is open; its window does not end meanwhile. */
  async hasOpenCase(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await tx.query(
      "SELECT id FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND state NOT IN ('DONE','REFUSED','CANCELLED') LIMIT 1",
      [brandId, orderId],
    );
    return rows.length > 0;
  }

  /**
   * Whether money of the order is on its way back, or was asked for before the goods left; with the order's row locked
   * nothing of it can begin meanwhile.
   */
  async hasOpenRefund(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await tx.query(
      `SELECT id FROM refund WHERE brand_id = ? AND order_id = ? AND state IN ('REQUESTED','PROCESSING')
       UNION ALL SELECT id FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND kind = 'REFUND_ONLY' AND state IN ('REQUESTED','REFUNDING') LIMIT 1`,
      [brandId, orderId, brandId, orderId],
    );
    return rows.length > 0;
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
      `INSERT INTO order_line (brand_id, order_id, id, sku_id, product_id, category_id, code, name, spec, image_url, qty, unit_price_fen,
         amount_fen, payable_fen, wallet_fen, applied, refunded_qty, refunded_fen) VALUES ${lines.map((line) => `(${line.map(() => '?').join(',')})`).join(',')}`,
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

  /** Moves an order's deadline without moving the order. @returns 0, nothing was moved on */
  async putOff(tx: Tx, order: { brandId: BrandId; id: OrderId }, until: Date): Promise<0> {
    await tx.execute('UPDATE sales_order SET due_at = ? WHERE brand_id = ? AND id = ?', [
      until,
      order.brandId,
      order.id,
    ]);
    return 0;
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
