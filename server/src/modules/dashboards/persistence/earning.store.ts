import type { BrandId, GuideId } from '@shuke/shared/kernel';
import type { EntryBody } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';

type Whose = { brandId: BrandId; guideId: GuideId };

/** What a guide is entitled to from one order, and how far it has come. */
export interface Earning {
  orderId: string;
  orderNo: string;
  entitledFen: number;
  paidAt: Date;
  splitState: string;
  /** The chain entry of the accrual, which holds the formula. */
  body: EntryBody;
  isSent: boolean;
}

/** All SQL of guides' incomes, read from the books of settlement. */
export class EarningStore {
  /** What a guide is entitled to in all, and what has arrived. */
  async sums(on: Queryable, { brandId, guideId }: Whose): Promise<{ entitledFen: number; arrivedFen: number }> {
    const [sums] = await on.query<{ entitled: string | null; arrived: string | null }>(
      `SELECT (SELECT SUM(fen) FROM entitlement_leg WHERE brand_id = ? AND party = 'GUIDE' AND party_id = ?) AS entitled,
              (SELECT SUM(amount_fen - returned_fen) FROM split_receiver WHERE brand_id = ? AND party = 'GUIDE' AND party_id = ? AND state = 'SUCCESS') AS arrived`,
      [brandId, guideId, brandId, guideId],
    );
    return { entitledFen: Number(sums?.entitled ?? 0), arrivedFen: Number(sums?.arrived ?? 0) };
  }

  /** Order by order, the newest first. */
  async list(
    on: Queryable,
    { brandId, guideId }: Whose,
    beforeId: string | undefined,
    limit: number,
  ): Promise<Earning[]> {
    const rows = await on.query(
      `SELECT l.order_id, o.order_no, SUM(l.fen) AS fen, s.paid_at, s.state,
         (SELECT e.body FROM entitlement e WHERE e.brand_id = l.brand_id AND e.order_id = l.order_id AND e.kind = 'ACCRUAL' LIMIT 1) AS body,
         (SELECT MAX(r.amount_fen) FROM split_receiver r WHERE r.brand_id = l.brand_id AND r.split_id = s.id AND r.party = 'GUIDE' AND r.state = 'SUCCESS') AS sent
       FROM entitlement_leg l JOIN sales_order o ON o.brand_id = l.brand_id AND o.id = l.order_id JOIN split s ON s.brand_id = l.brand_id AND s.order_id = l.order_id
       WHERE l.brand_id = ? AND l.party = 'GUIDE' AND l.party_id = ?${beforeId ? ' AND l.order_id < ?' : ''}
       GROUP BY l.brand_id, l.order_id, o.order_no, s.id, s.paid_at, s.state ORDER BY l.order_id DESC LIMIT ?`,
      [brandId, guideId, ...(beforeId ? [beforeId] : []), limit],
    );
    return rows.map((row) => ({
      orderId: String(row['order_id']),
      orderNo: String(row['order_no']),
      entitledFen: Number(row['fen']),
      paidAt: row['paid_at'] as Date,
      splitState: String(row['state']),
      body: JSON.parse(String(row['body'])) as EntryBody,
      isSent: row['sent'] !== null,
    }));
  }
}
