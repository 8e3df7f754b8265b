import { Inject, Injectable } from '@nestjs/common';
import { type Fen, minFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { shareOf } from '@shuke/shared/rules';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { accounts, transfer } from '../domain/ledger.js';
import { DebtStore } from '../persistence/debt.store.js';
import type { Split } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { netOfOrder } from './net-shares.js';

/** What of a party's share of one order is kept because it owes as much from an earlier one. */
export interface Offset {
  party: string;
  partyId: string;
  fen: Fen;
}

/**
 * What merchants and guides owe back after a refund, and its netting from their next splits (product.md S3). A refund is
 * paid by the collector whole; a person cannot return a share, a merchant may be unable to. The debt is always worked out
 * from scratch: what the party holds of the order less what it is entitled to. It is netted only where the same collector
 * divides money again, because it is this collector who has advanced it.
 */
@Injectable()
export class Debts {
  private readonly debts = new DebtStore();

  constructor(@Inject(SettlementStores) private readonly stores: SettlementStores) {}

  /** Works out again what each party owes of an order whose split is over. The caller has locked the split. */
  async sync(tx: Tx, split: Split): Promise<void> {
    const net = await netOfOrder(tx, this.stores.chain, split.brandId, split.orderId);
    for (const holder of await this.debts.held(tx, split)) {
      const over = subFen(holder.fen, shareOf(net.shares, holder.party, holder.partyId));
      await this.debts.setOwed(tx, split, holder, over > 0 ? over : ZERO_FEN);
    }
  }

  /**
   * Keeps what can be netted from the shares of a split that is being planned; what an earlier plan of it kept is let go
   * first. The debts are locked in the order of their key.
   */
  async plan(tx: Tx, split: Split, shares: readonly { party: string; partyId: string; fen: Fen }[]): Promise<Offset[]> {
    await this.letGo(tx, split);
    const left = new Map(shares.map((share) => [`${share.party}:${share.partyId}`, share.fen]));
    const offsets: Offset[] = [];
    for (const debt of await this.debts.lockOpen(tx, split)) {
      const key = `${debt.party}:${debt.partyId}`;
      const fen = minFen(left.get(key) ?? ZERO_FEN, subFen(debt.owedFen, debt.nettedFen));
      if (fen <= 0) continue;
      left.set(key, subFen(left.get(key) ?? ZERO_FEN, fen));
      const offset = { party: debt.party, partyId: debt.partyId, fen };
      offsets.push(offset);
      await this.debts.insertOffset(tx, split, { ...offset, id: this.stores.ids.next(), debtOrderId: debt.orderId });
      await this.debts.addNetted(tx, split.brandId, debt.orderId, debt, fen);
    }
    return offsets;
  }

  /** Lets go of what a plan had kept and that was not booked. */
  async letGo(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<void> {
    for (const kept of await this.debts.lockPlanned(tx, split)) {
      await this.debts.addNetted(tx, split.brandId, kept.debtOrderId, kept, subFen(ZERO_FEN, kept.fen));
      await this.debts.deleteOffset(tx, split.brandId, kept.id);
    }
  }

  /** The split is over: the kept shares count as paid here and as come back there; the money stays with the collector. */
  async book(tx: Tx, split: Split): Promise<void> {
    for (const kept of await this.debts.lockPlanned(tx, split)) {
      const move = (ref: string, orderId: string, amount: Fen) =>
        transfer('ENTITLEMENT', ref, 'OFFSET', orderId, [
          { account: accounts.due(kept), fen: subFen(ZERO_FEN, amount) },
          { account: accounts.paid(kept), fen: amount },
        ]);
      await this.stores.ledger.post(tx, split.brandId, [
        move(`offset:${kept.id}`, split.orderId, kept.fen),
        move(`offset-back:${kept.id}`, kept.debtOrderId, subFen(ZERO_FEN, kept.fen)),
      ]);
      await this.debts.setBooked(tx, split.brandId, kept.id);
    }
  }
}
