import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type Id, minFen, parseFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { shareOf } from '@shuke/shared/rules';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { accounts, transfer } from '../domain/ledger.js';
import type { Split } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { netOfOrder } from './net-shares.js';

/** What of a party's share of one order is kept because it owes as much from an earlier one. */
export interface Offset {
  party: string;
  partyId: string;
  fen: Fen;
}

interface HeldRow {
  party: 'BRAND' | 'GUIDE';
  party_id: string;
  fen: string;
}
interface DebtRow {
  order_id: Id;
  party: string;
  party_id: string;
  owed_fen: string;
  netted_fen: string;
}
interface OffsetRow {
  id: Id;
  debt_order_id: Id;
  party: string;
  party_id: string;
  fen: string;
}

/**
 * What merchants and guides owe back after a refund, and its netting from their next splits (product.md S3). A refund is
 * paid by the collector whole; a person cannot return a share, a merchant may be unable to. The debt is always worked out
 * from scratch: what the party holds of the order less what it is entitled to. It is netted only where the same collector
 * divides money again, because it is this collector who has advanced it.
 */
@Injectable()
export class Debts {
  constructor(@Inject(SettlementStores) private readonly stores: SettlementStores) {}

  /** Works out again what each party owes of an order whose split is over. The caller has locked the split. */
  async sync(tx: Tx, split: Split): Promise<void> {
    const net = await netOfOrder(tx, this.stores.chain, split.brandId, split.orderId);
    const held = await tx.query<HeldRow>(
      `SELECT party, party_id, SUM(fen) AS fen FROM (
         SELECT r.party, r.party_id, r.amount_fen - r.returned_fen AS fen FROM split_receiver r WHERE r.brand_id = ? AND r.split_id = ? AND r.state = 'SUCCESS'
         UNION ALL SELECT v.party, v.party_id, -b.amount_fen FROM split_return b JOIN split_receiver v ON v.brand_id = b.brand_id AND v.id = b.receiver_id
           WHERE b.brand_id = ? AND b.split_id = ? AND b.state IN ('PLANNED','SENT')
         UNION ALL SELECT o.party, o.party_id, o.fen FROM split_offset o WHERE o.brand_id = ? AND o.order_id = ? AND o.state = 'BOOKED') h GROUP BY party, party_id`,
      [split.brandId, split.id, split.brandId, split.id, split.brandId, split.orderId],
    );
    for (const row of held) {
      const over = subFen(parseFen(row.fen), shareOf(net.shares, row.party, row.party_id));
      const owed = over > 0 ? over : ZERO_FEN;
      await tx.execute(
        `INSERT INTO split_debt (brand_id, order_id, party, party_id, collector, owed_fen, netted_fen, at) VALUES (?,?,?,?,?,?,0,?)
         ON DUPLICATE KEY UPDATE owed_fen = VALUES(owed_fen)`,
        [split.brandId, split.orderId, row.party, row.party_id, split.subMchid ?? split.mchid, owed, tx.now],
      );
    }
  }

  /**
   * Keeps what can be netted from the shares of a split that is being planned; what an earlier plan of it kept is let go
   * first. The debts are locked in the order of their key.
   */
  async plan(tx: Tx, split: Split, shares: readonly { party: string; partyId: string; fen: Fen }[]): Promise<Offset[]> {
    await this.letGo(tx, split);
    const collector = split.subMchid ?? split.mchid;
    const debts = await tx.query<DebtRow>(
      `SELECT order_id, party, party_id, owed_fen, netted_fen FROM split_debt
       WHERE brand_id = ? AND collector = ? AND order_id <> ? AND owed_fen > netted_fen ORDER BY order_id, party, party_id FOR UPDATE`,
      [split.brandId, collector, split.orderId],
    );
    const left = new Map(shares.map((share) => [`${share.party}:${share.partyId}`, share.fen]));
    const offsets: Offset[] = [];
    for (const debt of debts) {
      const key = `${debt.party}:${debt.party_id}`;
      const fen = minFen(left.get(key) ?? ZERO_FEN, subFen(parseFen(debt.owed_fen), parseFen(debt.netted_fen)));
      if (fen <= 0) continue;
      left.set(key, subFen(left.get(key) ?? ZERO_FEN, fen));
      offsets.push({ party: debt.party, partyId: debt.party_id, fen });
      await tx.execute(
        'INSERT INTO split_offset (brand_id, id, split_id, order_id, debt_order_id, party, party_id, fen, state, at) VALUES (?,?,?,?,?,?,?,?,?,?)',
        [
          split.brandId,
          this.stores.ids.next(),
          split.id,
          split.orderId,
          debt.order_id,
          debt.party,
          debt.party_id,
          fen,
          'PLANNED',
          tx.now,
        ],
      );
      await this.addNetted(tx, split.brandId, debt, fen);
    }
    return offsets;
  }

  /** Lets go of what a plan had kept and that was not booked. */
  async letGo(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<void> {
    for (const row of await this.offsets(tx, split)) {
      await this.addNetted(
        tx,
        split.brandId,
        { ...row, order_id: row.debt_order_id },
        subFen(ZERO_FEN, parseFen(row.fen)),
      );
      await tx.execute('DELETE FROM split_offset WHERE brand_id = ? AND id = ?', [split.brandId, row.id]);
    }
  }

  /** The split is over: the kept shares count as paid here and as come back there; the money stays with the collector. */
  async book(tx: Tx, split: Split): Promise<void> {
    for (const row of await this.offsets(tx, split)) {
      const fen = parseFen(row.fen);
      const party = { party: row.party, partyId: row.party_id };
      const move = (ref: string, orderId: string, amount: Fen) =>
        transfer('ENTITLEMENT', ref, 'OFFSET', orderId, [
          { account: accounts.due(party), fen: subFen(ZERO_FEN, amount) },
          { account: accounts.paid(party), fen: amount },
        ]);
      await this.stores.ledger.post(tx, split.brandId, [
        move(`offset:${row.id}`, split.orderId, fen),
        move(`offset-back:${row.id}`, row.debt_order_id, subFen(ZERO_FEN, fen)),
      ]);
      await tx.execute("UPDATE split_offset SET state = 'BOOKED' WHERE brand_id = ? AND id = ?", [
        split.brandId,
        row.id,
      ]);
    }
  }

  private offsets(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<OffsetRow[]> {
    return tx.query<OffsetRow>(
      "SELECT id, debt_order_id, party, party_id, fen FROM split_offset WHERE brand_id = ? AND split_id = ? AND state = 'PLANNED' ORDER BY id FOR UPDATE",
      [split.brandId, split.id],
    );
  }

  private addNetted(
    tx: Tx,
    brandId: BrandId,
    debt: { order_id: Id; party: string; party_id: string },
    fen: Fen,
  ): Promise<unknown> {
    return tx.execute(
      'UPDATE split_debt SET netted_fen = netted_fen + ? WHERE brand_id = ? AND order_id = ? AND party = ? AND party_id = ?',
      [fen, brandId, debt.order_id, debt.party, debt.party_id],
    );
  }
}
