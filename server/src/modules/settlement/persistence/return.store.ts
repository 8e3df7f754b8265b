import { type BrandId, type Fen, type Id, type OrderId, parseFen } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Split } from './split-rows.js';

/** A share on its way back from a merchant, with what the channel wants to know about it. */
export interface ShareReturnRow {
  brandId: BrandId;
  id: Id<'return'>;
  receiverId: string;
  outReturnNo: string;
  outOrderNo: string;
  amountFen: Fen;
  state: 'PLANNED' | 'SENT';
  account: string;
  party: 'BRAND' | 'GUIDE';
  partyId: string;
  orderId: OrderId;
  accountId: string;
  mchid: string;
  subMchid: string | null;
}

type Row = Record<string, string>;

const toReturn = (row: Row): ShareReturnRow => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as ShareReturnRow['id'],
  receiverId: row['receiver_id'] as string,
  outReturnNo: row['out_return_no'] as string,
  outOrderNo: row['out_order_no'] as string,
  amountFen: parseFen(row['amount_fen']),
  state: row['state'] as ShareReturnRow['state'],
  account: row['account'] as string,
  party: row['party'] as ShareReturnRow['party'],
  partyId: row['party_id'] as string,
  orderId: row['order_id'] as OrderId,
  accountId: row['account_id'] as string,
  mchid: row['mchid'] as string,
  subMchid: row['sub_mchid'] as string | null,
});

const SELECT = `SELECT r.*, q.out_order_no, v.account, v.party, v.party_id, s.order_id, s.account_id, s.mchid, s.sub_mchid
  FROM split_return r JOIN split_receiver v ON v.brand_id = r.brand_id AND v.id = r.receiver_id
  JOIN split_request q ON q.brand_id = r.brand_id AND q.id = v.request_id JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id`;

/** All SQL of shares that are taken back from merchants. */
export class ReturnStore {
  async insert(tx: Tx, split: Split, one: { id: Id<'return'>; receiverId: Id; refundId: Id; fen: Fen }): Promise<void> {
    await tx.execute(
      "INSERT INTO split_return (brand_id, id, split_id, receiver_id, refund_id, out_return_no, amount_fen, state, created_at) VALUES (?,?,?,?,?,?,?,'PLANNED',?)",
      [split.brandId, one.id, split.id, one.receiverId, one.refundId, `B${one.id}`, one.fen, tx.now],
    );
  }

  /** What of each receiver's share is on its way back by a return that has not ended. */
  async underway(tx: Tx, split: Split): Promise<Map<string, Fen>> {
    const rows = await tx.query<{ receiver_id: string; fen: string }>(
      "SELECT receiver_id, SUM(amount_fen) AS fen FROM split_return WHERE brand_id = ? AND split_id = ? AND state IN ('PLANNED','SENT') GROUP BY receiver_id",
      [split.brandId, split.id],
    );
    return new Map(rows.map((row) => [row.receiver_id, parseFen(row.fen)]));
  }

  /** The returns of a refund that have not ended. */
  async openOf(on: Queryable, refund: { brandId: BrandId; id: Id }): Promise<ShareReturnRow[]> {
    const rows = await on.query<Row>(
      `${SELECT} WHERE r.brand_id = ? AND r.refund_id = ? AND r.state IN ('PLANNED','SENT')`,
      [refund.brandId, refund.id],
    );
    return rows.map(toReturn);
  }

  /** Returns that have not ended although their refund has, planned before an instant, oldest first. */
  async openLate(on: Queryable, before: Date, limit: number): Promise<ShareReturnRow[]> {
    const rows = await on.query<Row>(
      `${SELECT} JOIN refund f ON f.brand_id = r.brand_id AND f.id = r.refund_id WHERE r.state IN ('PLANNED','SENT') AND f.state IN ('SUCCESS','FAILED') AND r.created_at < ?
       ORDER BY r.created_at, r.id LIMIT ?`,
      [before, limit],
    );
    return rows.map(toReturn);
  }

  async setSent(on: Queryable, one: ShareReturnRow): Promise<void> {
    await on.execute("UPDATE split_return SET state = 'SENT' WHERE brand_id = ? AND id = ? AND state = 'PLANNED'", [
      one.brandId,
      one.id,
    ]);
  }

  /** The share is back: its receiver holds that much less. @returns false when this was known before */
  async setDone(tx: Tx, one: ShareReturnRow): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE split_return SET state = 'SUCCESS', finished_at = ? WHERE brand_id = ? AND id = ? AND state IN ('PLANNED','SENT')",
      [tx.now, one.brandId, one.id],
    );
    if (written.affectedRows !== 1) return false;
    await tx.execute('UPDATE split_receiver SET returned_fen = returned_fen + ? WHERE brand_id = ? AND id = ?', [
      one.amountFen,
      one.brandId,
      one.receiverId,
    ]);
    return true;
  }

  /** The share stays where it is. @returns false when the return had ended before */
  async setFailed(tx: Tx, one: ShareReturnRow, reason: string): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE split_return SET state = 'FAILED', fail_reason = ?, finished_at = ? WHERE brand_id = ? AND id = ? AND state IN ('PLANNED','SENT')",
      [reason.slice(0, 60), tx.now, one.brandId, one.id],
    );
    return written.affectedRows === 1;
  }
}
