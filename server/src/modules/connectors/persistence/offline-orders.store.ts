import { type BrandId, type Fen, type Id, type MemberId, type OrderId, parseFen } from '@shuke/shared/kernel';
import type { BulkTransaction } from '../../../platform/database/bulk-writer.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import { FoldedMap } from '../../../platform/database/folded.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Pieces, SoldLine } from '../domain/returned-goods.js';
import { LINE_COLUMNS, lineRow, type OfflineLine, type OfflineOrder, ORDER_COLUMNS, orderRow } from './order-rows.js';

export interface SkuOfCode {
  skuId: Id<'sku'>;
  productId: Id<'product'>;
  categoryId: Id<'category'>;
  name: string;
  spec: string;
  imageUrl: string;
}
export interface KnownOrder {
  id: OrderId;
  kind: 'SALE' | 'RETURN';
  memberId: MemberId | null;
  totalFen: Fen;
  /** It came with a file of old purchases. */
  isImported: boolean;
}

/** A sale by both of its names. */
export interface KnownSale {
  id: OrderId;
  externalNo: string;
  soldAt: Date;
}

/** Pieces that came back of a sale in one return. */
export interface SaleReturn {
  saleId: OrderId;
  returnId: OrderId;
  pieces: Pieces;
}

/** Offline orders and what they refer to: identifiers of members (read) and SKUs by code (read). */
export class OfflineOrdersStore {
  /** Offline orders by the number that the point of sale gave them. */
  async known(on: Queryable, brandId: BrandId, externalNos: readonly string[]): Promise<Map<string, KnownOrder>> {
    const rows = await on.query<{
      id: OrderId;
      external_no: string;
      kind: 'SALE' | 'RETURN';
      member_id: MemberId | null;
      total_fen: string;
      is_imported: number;
    }>(
      `SELECT id, external_no, kind, member_id, total_fen, is_imported FROM sales_order WHERE brand_id = ? AND channel = 'POS' AND external_no IN ${marks(externalNos)}`,
      [brandId, ...externalNos],
    );
    return new Map(
      rows.map((row) => [
        row.external_no,
        {
          id: row.id,
          kind: row.kind,
          memberId: row.member_id,
          totalFen: parseFen(row.total_fen),
          isImported: Number(row.is_imported) === 1,
        },
      ]),
    );
  }

  /** What a member bought elsewhere between two instants that holds one of some goods, the latest first. */
  async salesWith(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    codes: readonly string[],
    since: Date,
    until: Date,
  ): Promise<KnownSale[]> {
    const rows = await on.query<{ id: OrderId; external_no: string; created_at: Date }>(
      `SELECT o.id, o.external_no, o.created_at FROM sales_order o WHERE o.brand_id = ? AND o.member_id = ? AND o.created_at BETWEEN ? AND ?
         AND o.channel = 'POS' AND o.kind = 'SALE'
         AND EXISTS (SELECT 1 FROM order_line l WHERE l.brand_id = o.brand_id AND l.order_id = o.id AND l.code IN ${marks(codes)})
       ORDER BY o.created_at DESC, o.id DESC LIMIT 50`,
      [brandId, memberId, since, until, ...codes],
    );
    return rows.map((row) => ({ id: row.id, externalNo: row.external_no, soldAt: row.created_at }));
  }

  /** Locks sales that goods may come back from, in id order. */
  async lock(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(`SELECT id FROM sales_order WHERE brand_id = ? AND id IN ${marks(ids)} ORDER BY id FOR UPDATE`, [
      brandId,
      ...ids,
    ]);
  }

  /** Lines of sales, by sale. */
  async soldLines(on: Queryable, brandId: BrandId, ids: readonly OrderId[]): Promise<Map<OrderId, SoldLine[]>> {
    const rows = await on.query<Record<string, string | number>>(
      `SELECT order_id, id, code, qty, amount_fen, payable_fen, wallet_fen FROM order_line WHERE brand_id = ? AND order_id IN ${marks(ids)} ORDER BY order_id, id`,
      [brandId, ...ids],
    );
    const sold = new Map<OrderId, SoldLine[]>(ids.map((id) => [id, []]));
    for (const row of rows)
      sold.get(row['order_id'] as OrderId)?.push({
        lineId: String(row['id']),
        code: String(row['code']),
        qty: Number(row['qty']),
        amountFen: parseFen(row['amount_fen']),
        payableFen: parseFen(row['payable_fen']),
        walletFen: parseFen(row['wallet_fen']),
      });
    return sold;
  }

  /** What came back of sales, return by return in the order in which they were booked. */
  async returnsOf(on: Queryable, brandId: BrandId, saleIds: readonly OrderId[]): Promise<SaleReturn[]> {
    const rows = await on.query<{ sale_id: OrderId; id: OrderId; code: string; qty: string }>(
      `SELECT o.of_order_id AS sale_id, o.id, l.code, SUM(l.qty) AS qty FROM sales_order o
        JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
       WHERE o.brand_id = ? AND o.of_order_id IN ${marks(saleIds)} GROUP BY o.of_order_id, o.id, l.code ORDER BY o.id`,
      [brandId, ...saleIds],
    );
    const returns = new Map<OrderId, SaleReturn & { pieces: Map<string, number> }>();
    for (const row of rows) {
      const one = returns.get(row.id) ?? { saleId: row.sale_id, returnId: row.id, pieces: new Map() };
      one.pieces.set(row.code, Number(row.qty));
      returns.set(row.id, one);
    }
    return [...returns.values()];
  }

  /** All members whose card number starts so. */
  async membersOfCards(on: Queryable, brandId: BrandId, prefix: string): Promise<MemberId[]> {
    const rows = await on.query<{ member_id: MemberId }>(
      "SELECT member_id FROM member_identifier WHERE brand_id = ? AND kind = 'card' AND value >= ? AND value < ? ORDER BY member_id",
      [brandId, prefix, `${prefix}\u{10FFFF}`],
    );
    return rows.map((row) => row.member_id);
  }

  /** SKUs by code, however it is written. */
  async skusByCode(on: Queryable, brandId: BrandId, codes: readonly string[]): Promise<FoldedMap<SkuOfCode>> {
    const rows = await on.query<{
      id: Id<'sku'>;
      product_id: Id<'product'>;
      category_id: Id<'category'>;
      code: string;
      name: string;
      colour: string;
      size: string;
      image_url: string;
    }>(
      `SELECT s.id, s.product_id, p.category_id, s.code, p.name, s.colour, s.size, s.image_url FROM sku s
        JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id WHERE s.brand_id = ? AND s.code IN ${marks(codes)}`,
      [brandId, ...codes],
    );
    return new FoldedMap(
      rows.map((row) => [
        row.code,
        {
          skuId: row.id,
          productId: row.product_id,
          categoryId: row.category_id,
          name: row.name,
          spec: `${row.colour} ${row.size}`,
          imageUrl: row.image_url,
        },
      ]),
    );
  }

  /** Writes orders and their lines; two statements whatever the number. A known external number fails as duplicate. */
  async add(
    tx: Tx,
    brandId: BrandId,
    orders: readonly { order: OfflineOrder; lines: readonly OfflineLine[] }[],
  ): Promise<void> {
    const orderRows = orders.map(({ order }) => orderRow(brandId, order));
    const lineRows = orders.flatMap(({ order, lines }) => lines.map((line) => lineRow(brandId, order.id, line)));
    const put = (
      table: string,
      columns: readonly string[],
      rows: readonly (readonly (string | number | boolean | Date | null)[])[],
    ) =>
      tx.execute(
        `INSERT INTO ${table} (${columns.join(',')}) VALUES ${rows.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
        rows.flat(),
      );
    await put('sales_order', ORDER_COLUMNS, orderRows);
    for (let from = 0; from < lineRows.length; from += 1000)
      await put('order_line', LINE_COLUMNS, lineRows.slice(from, from + 1000));
  }

  /** More lines of an order that an earlier batch of the same file wrote. */
  async grow(bulk: Pick<BulkTransaction, 'execute'>, brandId: BrandId, orderId: OrderId, byFen: Fen): Promise<void> {
    await bulk.execute(
      'UPDATE sales_order SET goods_fen = goods_fen + ?, total_fen = total_fen + ? WHERE brand_id = ? AND id = ?',
      [byFen, byFen, brandId, orderId],
    );
  }

  async addLines(
    tx: Tx,
    brandId: BrandId,
    more: readonly { orderId: OrderId; lines: readonly OfflineLine[] }[],
  ): Promise<void> {
    const rows = more.flatMap(({ orderId, lines }) => lines.map((line) => lineRow(brandId, orderId, line)));
    for (let from = 0; from < rows.length; from += 1000) {
      const part = rows.slice(from, from + 1000);
      await tx.execute(
        `INSERT INTO order_line (${LINE_COLUMNS.join(',')}) VALUES ${part.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
        part.flat(),
      );
    }
  }

  /** Lines of some orders, as `<order> <line>`. */
  async lineKeys(on: Queryable, brandId: BrandId, orderIds: readonly OrderId[]): Promise<Set<string>> {
    const rows = await on.query<{ order_id: string; id: string }>(
      `SELECT order_id, id FROM order_line WHERE brand_id = ? AND order_id IN ${marks(orderIds)}`,
      [brandId, ...orderIds],
    );
    return new Set(rows.map((row) => `${row.order_id} ${row.id}`));
  }

  /** Orders on which something happened since they came in. */
  async touched(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<Set<OrderId>> {
    const rows = await tx.query<{ id: OrderId }>(
      `SELECT o.id FROM sales_order o WHERE o.brand_id = ? AND o.id IN ${marks(ids)} AND (o.refunded_fen > 0
         OR EXISTS (SELECT 1 FROM sales_order b WHERE b.brand_id = o.brand_id AND b.of_order_id = o.id)
         OR EXISTS (SELECT 1 FROM review r WHERE r.brand_id = o.brand_id AND r.order_id = o.id)) ORDER BY o.id`,
      [brandId, ...ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  async empty(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<void> {
    await tx.execute(
      `UPDATE sales_order SET refunded_fen = IF(kind = 'SALE', total_fen, 0), total_fen = IF(kind = 'SALE', total_fen, 0)
       WHERE brand_id = ? AND channel = 'POS' AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
  }

  async remove(tx: Tx, brandId: BrandId, ids: readonly OrderId[]): Promise<void> {
    await tx.execute(`DELETE FROM order_line WHERE brand_id = ? AND order_id IN ${marks(ids)}`, [brandId, ...ids]);
    await tx.execute(`DELETE FROM sales_order WHERE brand_id = ? AND channel = 'POS' AND id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
  }
}
