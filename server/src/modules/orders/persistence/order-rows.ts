import { type BrandId, type OrderId, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
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
    isImported: Number(row['is_imported']) === 1,
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

/** The columns of a new order. */
export const columnsOf = (order: Order, made: Made): Record<string, SqlValue> => ({
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

/** The columns that a new line is written with. */
export const NEW_LINE =
  'brand_id, order_id, id, sku_id, product_id, category_id, code, name, spec, image_url, qty, unit_price_fen, amount_fen, payable_fen, wallet_fen, applied, refunded_qty, refunded_fen';

/** The values of a new order's line, in the order of {@link NEW_LINE}. */
export const lineValues = (order: Order, line: OrderLineRow): SqlValue[] => [
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
