import type { BrandId, GuideId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A return that names its sale, as far as booking it needs it; nothing in it tells of a person. */
export interface NamedReturn {
  externalNo: string;
  ofExternalNo: string;
  storeId: StoreId;
  guideId: GuideId | null;
  soldAt: string;
  lines: { skuCode: string; name: string; qty: number }[];
}
export interface KnownReturn {
  brandId: BrandId;
  hash: string;
  state: 'WAITING' | 'DONE' | 'REFUSED';
  orderId: OrderId | null;
  text: string;
  wish: NamedReturn;
}

const SELECT = 'SELECT brand_id, hash, state, order_id, body, text FROM pos_return';
const returnOf = (row: Record<string, unknown>): KnownReturn => ({
  brandId: row['brand_id'] as BrandId,
  hash: row['hash'] as string,
  state: row['state'] as KnownReturn['state'],
  orderId: row['order_id'] as OrderId | null,
  text: row['text'] as string,
  wish: (typeof row['body'] === 'string' ? JSON.parse(row['body']) : row['body']) as NamedReturn,
});

/** Returns that name their sale, each under its own number. */
export class PushedReturnStore {
  async find(on: Queryable, brandId: BrandId, externalNo: string): Promise<KnownReturn | null> {
    const [row] = await on.query<Record<string, unknown>>(`${SELECT} WHERE brand_id = ? AND external_no = ?`, [
      brandId,
      externalNo,
    ]);
    return row ? returnOf(row) : null;
  }

  /** What has become of a return; of one that was refused before, the corrected content counts. */
  async put(tx: Tx, one: KnownReturn): Promise<void> {
    await tx.execute(
      `INSERT INTO pos_return (brand_id, external_no, of_external_no, hash, state, order_id, body, text, received_at) VALUES (?,?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE of_external_no = VALUES(of_external_no), hash = VALUES(hash), state = VALUES(state), order_id = VALUES(order_id), body = VALUES(body),
         text = VALUES(text)`,
      [
        ...[one.brandId, one.wish.externalNo, one.wish.ofExternalNo, one.hash, one.state, one.orderId],
        ...[JSON.stringify(one.wish), one.text.slice(0, 200), tx.now],
      ],
    );
  }

  /** Returns whose sale has come meanwhile, whoever brought it, and is whole. */
  async arrived(on: Queryable, now: Date, most: number): Promise<KnownReturn[]> {
    const rows = await on.query<Record<string, unknown>>(
      `SELECT w.brand_id, w.hash, w.state, w.order_id, w.body, w.text FROM pos_return w
        JOIN sales_order s ON s.brand_id = w.brand_id AND s.channel = 'POS' AND s.external_no = w.of_external_no
       WHERE w.state = 'WAITING' AND NOT (s.is_imported = 1 AND EXISTS (
         SELECT 1 FROM pos_arriving_file f WHERE f.brand_id = s.brand_id AND f.quiet_at > ?))
       ORDER BY w.received_at LIMIT ?`,
      [now, most],
    );
    return rows.map(returnOf);
  }
}
