import { type BrandId, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Split } from './split-rows.js';

export interface PartyRef {
  party: string;
  partyId: string;
}
/** What a party owes the collector of an order; negative: what the collector owes the party. */
export interface Debt extends PartyRef {
  orderId: Id;
  owedFen: Fen;
  nettedFen: Fen;
}
/** What of a party's share in one order is kept for its debt from another; negative: what is paid on top for another. */
export interface OffsetRow extends PartyRef {
  id: Id;
  debtOrderId: Id;
  fen: Fen;
}
export interface PlannedOffset extends OffsetRow {
  /** Whether its party has received money by this split. */
  isPaid: boolean;
}

type Row = Record<string, string>;
const toParty = (row: Row): PartyRef => ({ party: row['party'] as string, partyId: row['party_id'] as string });

/** All SQL of what parties owe back after refunds, and of its netting from later splits. */
export class DebtStore {
  /** What each party holds of an order: received, less what came or is coming back, with what was kept for its debts. */
  async held(tx: Tx, split: Split): Promise<(PartyRef & { fen: Fen })[]> {
    return this.holdings(tx, split, '', []);
  }

  /** The same, less what other splits have kept for this order already. */
  async heldUnsettled(tx: Tx, split: Split): Promise<(PartyRef & { fen: Fen })[]> {
    const netted =
      'UNION ALL SELECT d.party, d.party_id, -d.netted_fen FROM split_debt d WHERE d.brand_id = ? AND d.order_id = ?';
    return this.holdings(tx, split, netted, [split.brandId, split.orderId]);
  }

  private async holdings(tx: Tx, split: Split, more: string, values: readonly string[]) {
    const rows = await tx.query<Row>(
      `SELECT party, party_id, SUM(fen) AS fen FROM (
         SELECT r.party, r.party_id, r.amount_fen - r.returned_fen AS fen FROM split_receiver r WHERE r.brand_id = ? AND r.split_id = ? AND r.state = 'SUCCESS'
         UNION ALL SELECT v.party, v.party_id, -b.amount_fen FROM split_return b JOIN split_receiver v ON v.brand_id = b.brand_id AND v.id = b.receiver_id
           WHERE b.brand_id = ? AND b.split_id = ? AND b.state IN ('PLANNED','SENT')
         UNION ALL SELECT o.party, o.party_id, o.fen FROM split_offset o WHERE o.brand_id = ? AND o.order_id = ? AND o.state = 'BOOKED' ${more}) h GROUP BY party, party_id`,
      [split.brandId, split.id, split.brandId, split.id, split.brandId, split.orderId, ...values],
    );
    return rows.map((row) => ({ ...toParty(row), fen: parseFen(row['fen']) }));
  }

  /** Sets what a party owes of an order, or is owed; what was netted of it stays. */
  async setOwed(tx: Tx, split: Split, who: PartyRef, owedFen: Fen): Promise<void> {
    await tx.execute(
      `INSERT INTO split_debt (brand_id, order_id, party, party_id, collector, owed_fen, netted_fen, at) VALUES (?,?,?,?,?,?,0,?)
       ON DUPLICATE KEY UPDATE owed_fen = VALUES(owed_fen)`,
      [split.brandId, split.orderId, who.party, who.partyId, split.subMchid ?? split.mchid, owedFen, tx.now],
    );
  }

  /** What is open between a split's collector and others from other orders, locked in the order of its key. */
  async lockOpen(tx: Tx, split: Split): Promise<Debt[]> {
    const rows = await tx.query<Row>(
      `SELECT order_id, party, party_id, owed_fen, netted_fen FROM split_debt
       WHERE brand_id = ? AND collector = ? AND order_id <> ? AND owed_fen <> netted_fen ORDER BY order_id, party, party_id FOR UPDATE`,
      [split.brandId, split.subMchid ?? split.mchid, split.orderId],
    );
    return rows.map((row) => ({
      ...toParty(row),
      orderId: row['order_id'] as Id,
      owedFen: parseFen(row['owed_fen']),
      nettedFen: parseFen(row['netted_fen']),
    }));
  }

  /** @param fen negative to let go of what a plan had kept */
  async addNetted(tx: Tx, brandId: BrandId, orderId: Id, who: PartyRef, fen: Fen): Promise<void> {
    await tx.execute(
      'UPDATE split_debt SET netted_fen = netted_fen + ? WHERE brand_id = ? AND order_id = ? AND party = ? AND party_id = ?',
      [fen, brandId, orderId, who.party, who.partyId],
    );
  }

  async insertOffset(tx: Tx, split: Split, offset: OffsetRow): Promise<void> {
    await tx.execute(
      "INSERT INTO split_offset (brand_id, id, split_id, order_id, debt_order_id, party, party_id, fen, state, at) VALUES (?,?,?,?,?,?,?,?,'PLANNED',?)",
      [
        ...[split.brandId, offset.id, split.id, split.orderId],
        ...[offset.debtOrderId, offset.party, offset.partyId, offset.fen, tx.now],
      ],
    );
  }

  /** What the plan of a split keeps and has not booked yet, locked. */
  async lockPlanned(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<PlannedOffset[]> {
    const rows = await tx.query<Row>(
      `SELECT o.id, o.debt_order_id, o.party, o.party_id, o.fen, EXISTS (SELECT 1 FROM split_receiver r
         WHERE r.brand_id = o.brand_id AND r.split_id = o.split_id AND r.party = o.party AND r.party_id = o.party_id AND r.state = 'SUCCESS') AS is_paid
       FROM split_offset o WHERE o.brand_id = ? AND o.split_id = ? AND o.state = 'PLANNED' ORDER BY o.id FOR UPDATE`,
      [split.brandId, split.id],
    );
    return rows.map((row) => ({
      ...toParty(row),
      id: row['id'] as Id,
      debtOrderId: row['debt_order_id'] as Id,
      fen: parseFen(row['fen']),
      isPaid: Number(row['is_paid']) === 1,
    }));
  }

  async deleteOffset(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    await tx.execute('DELETE FROM split_offset WHERE brand_id = ? AND id = ?', [brandId, id]);
  }

  /** An order of which nobody is owed anything any more needs no person. */
  async settleOrder(tx: Tx, brandId: BrandId, orderId: Id): Promise<void> {
    await tx.execute(
      `UPDATE split s SET s.state = 'FINISHED', s.problem = NULL WHERE s.brand_id = ? AND s.order_id = ? AND s.step = 'DONE' AND s.state = 'ATTENTION'
         AND NOT EXISTS (SELECT 1 FROM split_debt d WHERE d.brand_id = s.brand_id AND d.order_id = s.order_id AND d.owed_fen < d.netted_fen)`,
      [brandId, orderId],
    );
  }

  async setBooked(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    await tx.execute("UPDATE split_offset SET state = 'BOOKED' WHERE brand_id = ? AND id = ?", [brandId, id]);
  }
}
