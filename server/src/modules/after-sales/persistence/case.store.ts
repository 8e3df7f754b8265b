import type { AfterSaleState } from '@shuke/shared/contracts';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AfterSaleCase, CaseId } from '../domain/after-sale-case.js';
import { type CaseMessage, fromJson, toCase, toLine, toMessage } from './case-row.js';

type Row = Record<string, unknown>;

/** All SQL of cases. */
export class CaseStore {
  async withLines(on: Queryable, brandId: BrandId, rows: readonly Row[]): Promise<AfterSaleCase[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row['id'] as CaseId);
    const lines = await on.query<Row>(
      `SELECT * FROM after_sale_line WHERE brand_id = ? AND case_id IN ${marks(ids)} ORDER BY case_id, line_id`,
      [brandId, ...ids],
    );
    return rows.map((row) => toCase(row, lines.filter((line) => line['case_id'] === row['id']).map(toLine)));
  }

  async find(on: Queryable, brandId: BrandId, id: Id): Promise<AfterSaleCase | null> {
    const rows = await on.query<Row>('SELECT * FROM after_sale_case WHERE brand_id = ? AND id = ?', [brandId, id]);
    return (await this.withLines(on, brandId, rows))[0] ?? null;
  }

  async findByCode(on: Queryable, brandId: BrandId, code: string): Promise<AfterSaleCase | null> {
    const rows = await on.query<Row>('SELECT * FROM after_sale_case WHERE brand_id = ? AND return_code = ?', [
      brandId,
      code,
    ]);
    return (await this.withLines(on, brandId, rows))[0] ?? null;
  }

  /** Locks one case. The order's row is always locked before it. */
  async lock(tx: Tx, brandId: BrandId, id: Id): Promise<AfterSaleCase | null> {
    const rows = await tx.query<Row>('SELECT * FROM after_sale_case WHERE brand_id = ? AND id = ? FOR UPDATE', [
      brandId,
      id,
    ]);
    return (await this.withLines(tx, brandId, rows))[0] ?? null;
  }

  /** Pieces of an order's lines that cases which are still open give back or keep for their price, and which case has them. */
  async openPieces(
    on: Queryable,
    brandId: BrandId,
    orderId: Id,
  ): Promise<{ lineId: string; caseId: CaseId; qty: number }[]> {
    const rows = await on.query<Row>(
      `SELECT l.line_id, l.case_id, l.qty FROM after_sale_case c JOIN after_sale_line l ON l.brand_id = c.brand_id AND l.case_id = c.id
       WHERE c.brand_id = ? AND c.order_id = ? AND c.state NOT IN ('DONE','REFUSED','CANCELLED') ORDER BY c.id`,
      [brandId, orderId],
    );
    const back = rows.map((row) => ({
      lineId: String(row['line_id']),
      caseId: row['case_id'] as CaseId,
      qty: Number(row['qty']),
    }));
    return [...back, ...(await this.keptPieces(on, brandId, orderId))];
  }

  /** Presents that open cases will keep; once the refund is opened, it says so itself. */
  private async keptPieces(on: Queryable, brandId: BrandId, orderId: Id) {
    const rows = await on.query<Row>(
      `SELECT id, kept_presents FROM after_sale_case
       WHERE brand_id = ? AND order_id = ? AND kept_presents IS NOT NULL AND refund_id IS NULL AND state NOT IN ('DONE','REFUSED','CANCELLED')`,
      [brandId, orderId],
    );
    return rows.flatMap((row) =>
      fromJson<AfterSaleCase['keptPresents']>(row['kept_presents']).map(({ lineId, qty }) => ({
        lineId,
        caseId: row['id'] as CaseId,
        qty,
      })),
    );
  }

  /** The done exchanges of an order: what a consumer holds now instead of what was bought. */
  async exchanged(on: Queryable, brandId: BrandId, orderId: Id): Promise<AfterSaleCase[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND kind = 'EXCHANGE' AND state IN ('RESENT','DONE') ORDER BY id",
      [brandId, orderId],
    );
    return this.withLines(on, brandId, rows);
  }

  async insert(tx: Tx, one: AfterSaleCase): Promise<void> {
    const columns: Record<string, SqlValue> = {
      brand_id: one.brandId,
      id: one.id,
      case_no: one.caseNo,
      order_id: one.orderId,
      order_no: one.orderNo,
      store_id: one.storeId,
      member_id: one.memberId,
      guide_id: one.guideId,
      kind: one.kind,
      state: one.state,
      reason: one.reason,
      text: one.text,
      pictures: JSON.stringify(one.pictures),
      is_merchant_fault: one.isMerchantFault ? 1 : 0,
      had_left: one.hadLeft ? 1 : 0,
      return_way: one.returnWay,
      return_store_id: one.returnStoreId,
      return_code: one.returnCode,
      exchange_sku_id: one.exchangeSkuId,
      exchange_spec: one.exchangeSpec,
      sources: JSON.stringify(one.sources),
      consequences: JSON.stringify(one.consequences),
      refund_fen: one.refundFen,
      kept_presents: one.keptPresents.length > 0 ? JSON.stringify(one.keptPresents) : null,
      created_at: tx.now,
      due_at: one.dueAt,
    };
    const names = Object.keys(columns);
    await tx.execute(
      `INSERT INTO after_sale_case (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`,
      Object.values(columns),
    );
    await tx.execute(
      `INSERT INTO after_sale_line (brand_id, case_id, line_id, order_id, sku_id, name, spec, image_url, qty, refund_fen, is_gift) VALUES ${one.lines.map(() => '(?,?,?,?,?,?,?,?,?,?,?)').join(',')}`,
      one.lines.flatMap((line): SqlValue[] => [
        one.brandId,
        one.id,
        line.lineId,
        one.orderId,
        line.skuId,
        line.name,
        line.spec,
        line.imageUrl,
        line.qty,
        line.refundFen,
        line.isGift ? 1 : 0,
      ]),
    );
  }

  /** Moves a case, which ends what was asked before; the guard in the WHERE makes a second mover lose. The columns are named by us. */
  async move(
    tx: Tx,
    one: Pick<AfterSaleCase, 'brandId' | 'id' | 'state'>,
    to: AfterSaleState,
    set: Readonly<Record<string, SqlValue>>,
  ): Promise<boolean> {
    const names = Object.keys(set);
    const written = await tx.execute(
      `UPDATE after_sale_case SET state = ?, version = version + 1, paused_ms = NULL${names.map((name) => `, ${name} = ?`).join('')} WHERE brand_id = ? AND id = ? AND state = ?`,
      [to, ...Object.values(set), one.brandId, one.id, one.state],
    );
    return written.affectedRows === 1;
  }

  async set(
    tx: Tx,
    one: Pick<AfterSaleCase, 'brandId' | 'id'>,
    set: Readonly<Record<string, SqlValue>>,
  ): Promise<void> {
    await tx.execute(
      `UPDATE after_sale_case SET ${Object.keys(set)
        .map((name) => `${name} = ?`)
        .join(', ')} WHERE brand_id = ? AND id = ?`,
      [...Object.values(set), one.brandId, one.id],
    );
  }

  async say(tx: Tx, one: Pick<AfterSaleCase, 'brandId' | 'id'>, message: Omit<CaseMessage, 'at'>): Promise<void> {
    await tx.execute(
      'INSERT INTO after_sale_message (brand_id, case_id, id, party, by_label, by_name, text, pictures, at) VALUES (?,?,?,?,?,?,?,?,?)',
      [
        one.brandId,
        one.id,
        message.id,
        message.party,
        message.byLabel,
        message.byName,
        message.text.slice(0, 400),
        JSON.stringify(message.pictures),
        tx.now,
      ],
    );
  }

  async messages(on: Queryable, brandId: BrandId, caseId: Id): Promise<CaseMessage[]> {
    const rows = await on.query<Row>(
      'SELECT * FROM after_sale_message WHERE brand_id = ? AND case_id = ? ORDER BY id DESC LIMIT 200',
      [brandId, caseId],
    );
    return rows.reverse().map(toMessage);
  }

  /** Cases whose deadline has passed, and refunds that could not be opened yet; over all brands, for the sweep. */
  async due(on: Queryable, now: Date, limit: number): Promise<{ brandId: BrandId; id: CaseId; orderId: Id }[]> {
    const rows = await on.query<Row>(
      `SELECT brand_id, id, order_id FROM after_sale_case WHERE state IN ('REQUESTED','APPROVED','SENT_BACK','RESENT','REFUNDING') AND due_at <= ? ORDER BY due_at LIMIT ?`,
      [now, limit],
    );
    return rows.map((row) => ({
      brandId: row['brand_id'] as BrandId,
      id: row['id'] as CaseId,
      orderId: row['order_id'] as Id,
    }));
  }
}
