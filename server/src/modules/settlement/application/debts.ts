import { Inject, Injectable } from '@nestjs/common';
import { addFen, type Fen, minFen, negFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { shareOf } from '@shuke/shared/rules';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { accounts, transfer } from '../domain/ledger.js';
import { DebtStore, type PartyRef, type PlannedOffset } from '../persistence/debt.store.js';
import type { Split } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { netOfOrder, sharers } from './net-shares.js';

const keyOf = (who: { party: string; partyId: string }): string => `${who.party}:${who.partyId}`;

/** What of a party's share of one order is kept because it owes as much from an earlier one; negative: paid on top. */
export interface Offset {
  party: string;
  partyId: string;
  fen: Fen;
}

/**
 * What is open between a collector and those it divides with, from orders whose split is over (product.md S3). A refund is
 * paid by the collector whole; a person cannot return a share, a merchant may be unable to: then they owe the collector.
 * A receiver that the channel refused, or a share that was taken back for a refund that failed in the end, is owed by the
 * collector, to whom that money was freed. Both are always worked out from scratch, what the party holds of the order less
 * what it is entitled to, and are settled where the same collector divides money with the same party again.
 */
@Injectable()
export class Debts {
  private readonly debts = new DebtStore();

  constructor(@Inject(SettlementStores) private readonly stores: SettlementStores) {}

  /** Works out again what is open of an order whose split is over. The caller has locked the split. */
  async sync(tx: Tx, split: Split): Promise<void> {
    const net = await netOfOrder(tx, this.stores.chain, split.brandId, split.orderId);
    const held = await this.debts.held(tx, split);
    const parties = new Map([...sharers(split, net.shares), ...held].map((one) => [keyOf(one), one]));
    for (const who of parties.values()) {
      const has = held.find((one) => keyOf(one) === keyOf(who))?.fen ?? ZERO_FEN;
      await this.debts.setOwed(tx, split, who, subFen(has, shareOf(net.shares, who.party, who.partyId)));
    }
  }

  /** What every party holds of an order, less what was settled elsewhere: the most that can be taken back from it. */
  async holdings(tx: Tx, split: Split): Promise<(PartyRef & { fen: Fen })[]> {
    return this.debts.heldUnsettled(tx, split);
  }

  /**
   * Sets off what is open against the shares of a split that is being planned; what an earlier plan of it set off must
   * have been let go. The debts are locked in the order of their key.
   * @param roomFen the most that may go out on top of the shares, for what the collector owes
   * @returns kept from a share (positive) or paid on top of it (negative)
   */
  async plan(
    tx: Tx,
    split: Split,
    shares: readonly { party: string; partyId: string; fen: Fen }[],
    roomFen: Fen,
  ): Promise<Offset[]> {
    const left = new Map(shares.map((share) => [keyOf(share), share.fen]));
    const offsets: Offset[] = [];
    let room = roomFen;
    for (const debt of await this.debts.lockOpen(tx, split)) {
      const open = subFen(debt.owedFen, debt.nettedFen);
      const share = left.get(keyOf(debt)) ?? ZERO_FEN;
      const fen = open > 0 ? minFen(share, open) : negFen(share > 0 ? minFen(room, negFen(open)) : ZERO_FEN);
      if (share <= 0 || fen === 0) continue;
      if (fen > 0) left.set(keyOf(debt), subFen(share, fen));
      else room = addFen(room, fen);
      const offset = { party: debt.party, partyId: debt.partyId, fen };
      offsets.push(offset);
      await this.debts.insertOffset(tx, split, { ...offset, id: this.stores.ids.next(), debtOrderId: debt.orderId });
      await this.debts.addNetted(tx, split.brandId, debt.orderId, debt, fen);
    }
    return offsets;
  }

  /**
   * Lets go of what a plan had set off and that was not booked.
   * @returns what stays all the same, because it was paid on top of a share and has arrived
   */
  async letGo(tx: Tx, split: Pick<Split, 'brandId' | 'id'>): Promise<Offset[]> {
    const planned = await this.debts.lockPlanned(tx, split);
    const stays = (one: PlannedOffset) => one.fen < 0 && one.isPaid;
    for (const one of planned) if (!stays(one)) await this.undo(tx, split, one);
    return planned.filter(stays);
  }

  private async undo(tx: Tx, split: Pick<Split, 'brandId' | 'id'>, one: PlannedOffset): Promise<void> {
    await this.debts.addNetted(tx, split.brandId, one.debtOrderId, one, negFen(one.fen));
    await this.debts.deleteOffset(tx, split.brandId, one.id);
  }

  /**
   * The split is over. What was kept counts as paid here and as come back there, its money stays with the collector; what
   * was paid on top counts there and not here, if it has arrived.
   * @returns what was booked
   */
  async book(tx: Tx, split: Split): Promise<Offset[]> {
    const booked: Offset[] = [];
    for (const one of await this.debts.lockPlanned(tx, split)) {
      if (one.fen < 0 && !one.isPaid) {
        await this.undo(tx, split, one);
        continue;
      }
      const move = (ref: string, orderId: string, amount: Fen) =>
        transfer('ENTITLEMENT', ref, 'OFFSET', orderId, [
          { account: accounts.due(one), fen: negFen(amount) },
          { account: accounts.paid(one), fen: amount },
        ]);
      await this.stores.ledger.post(tx, split.brandId, [
        move(`offset:${one.id}`, split.orderId, one.fen),
        move(`offset-back:${one.id}`, one.debtOrderId, negFen(one.fen)),
      ]);
      await this.debts.setBooked(tx, split.brandId, one.id);
      if (one.fen < 0) await this.debts.settleOrder(tx, split.brandId, one.debtOrderId);
      booked.push(one);
    }
    return booked;
  }
}
