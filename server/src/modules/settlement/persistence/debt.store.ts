import { type BrandId, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Split } from './split.store.js';

export interface PartyRef {
  party: string;
  partyId: string;
}
/** What a party owes the collector of an order. */
export interface Debt extends PartyRef {
  orderId: Id;
  owedFen: Fen;
  nettedFen: Fen;
}
/** What of a party's share in one order is kept for its debt from another. */
export interface OffsetRow extends PartyRef {
  id: Id;
  debtOrderId: Id;
  fen: Fen;
}

type Row = Record<string, string>;
const toParty = (row: Row): PartyRef => ({ party: row['party'] as string, partyId: row['party_id'] as string });

/** All SQL of what parties owe back after refunds, and of its netting from later splits. */
export class DebtStore {
  /** What each party holds of an order: received, less what came or is coming back, with what was kept for its debts. */
  async held(tx: Tx, split: Split): Promise<(PartyRef & { fen: Fen })[]> {
    const rows = await tx.query<Row>(
      `SELECT party, party_id, SUM(fen) AS fen FROM (
         SELECT r.party, r.party_id, r.amount_fen - r.returned_fen AS fen FROM split_receiver r WHERE r.brand_id = ? AND r.split_id = ? AND r.state = 'SUCCESS'
         UNION ALL SELECT v.party, v.party_id, -b.amount_fen FROM split_return b JOIN split_receiver v ON v.brand_id = b.brand_id AND v.id = b.receiver_id
           WHERE b.brand_id = ? AND b.split_id = ? AND b.state IN ('PLANNED','SENT')
         UNION ALL SELECT o.party, o.party_id, o.fen FROM split_offset o WHERE o.brand_id = ? AND o.order_id = ? AND o.state = 'BOOKED') h GROUP BY party, party_id`,
      [split.brandId, split.id, split.brandId, split.id, split.brandId, split.orderId],
    );
    return rows.map((row) => ({ ...toParty(row), fen: parseFen(row['fen']) }));
  }

  /** Sets what a party owes of an order; what was netted of it stays. */
  async setOwed(tx: Tx, split: Split, who: PartyRef, owedFen: Fen): Promise<void> {
    await tx.execute(
      `INSERT INTO split_debt (brand_id, order_id, party, party_id, collector, owed_fen, netted_fen, at) VALUES (?,?,?,?,?,?,0,?)
       ON DUPLICATE KEY UPDATE owed_fen = VALUES(owed_fen)`,
      [split.brandId, split.orderId, who.party, who.partyId, split.subMchid ?? split.mchid, owedFen, tx.now],
    );
  }

  /** The debts to a split's collector from other orders, locked in the order of their key. */
  async lockOpen(tx: Tx, split: Split): Promise<Debt[]> {
    const rows = await tx.query<Row>(
      `SELECT order_id, party, party_id, owed_fen, netted_fen FROM split_debt
       WHERE brand_id = ? AND collector = ? AND order_id <> ? AND owed_fen > netted_fen ORDER BY order_id, party, party_id FOR UPDATE`,
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
  async lockPlanned(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<OffsetRow[]> {
    const rows = await tx.query<Row>(
      "SELECT id, debt_order_id, party, party_id, fen FROM split_offset WHERE brand_id = ? AND split_id = ? AND state = 'PLANNED' ORDER BY id FOR UPDATE",
      [split.brandId, split.id],
    );
    return rows.map((row) => ({
      ...toParty(row),
      id: row['id'] as Id,
      debtOrderId: row['debt_order_id'] as Id,
      fen: parseFen(row['fen']),
    }));
  }

  async deleteOffset(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    await tx.execute('DELETE FROM split_offset WHERE brand_id = ? AND id = ?', [brandId, id]);
  }

  async setBooked(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    await tx.execute("UPDATE split_offset SET state = 'BOOKED' WHERE brand_id = ? AND id = ?", [brandId, id]);
  }
}
