import { Inject, Injectable } from '@nestjs/common';
import type { AfterSaleRules } from '@shuke/shared/contracts';
import { addFen, type Id, type OrderId, type StoreId, subFen } from '@shuke/shared/kernel';
import { type Actor, actorLabel } from '../../../platform/access/actor.js';
import type { SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { EventDraft } from '../../../platform/outbox/event.js';
import { Wake } from '../../../platform/platform.module.js';
import { Inventory } from '../../inventory/index.js';
import type { Order } from '../../orders/index.js';
import { OpenRefund, type RefundDraft, RefundStore, type RefundWish } from '../../payments/index.js';
import type { AfterSaleCase, CaseParcel } from '../domain/after-sale-case.js';
import { type CaseAct, needsGoods, nextCaseState } from '../domain/case-state.js';
import { CaseStore } from '../persistence/case.store.js';
import { refuseCase } from './after-sale-errors.js';
import { refundWish } from './preview-after-sale.js';
import { ReturnedGoods } from './returned-goods.js';
import { AfterSaleRuleBook } from './rule-book.js';

const HOUR_MS = 3_600_000;
/** Another refund of the order is on its way: this one waits for it. */
const WAIT_MS = 5_000;

/** Who says something in a case's log. */
export interface Speaker {
  party: 'CONSUMER' | 'MERCHANT' | 'SYSTEM';
  byLabel: string;
  byName: string;
}
export const THE_SYSTEM: Speaker = { party: 'SYSTEM', byLabel: 'system', byName: '系统' };
export const speakerOf = (actor: Actor, name: string): Speaker => ({
  party: actor.kind === 'consumer' ? 'CONSUMER' : 'MERCHANT',
  byLabel: actorLabel(actor),
  byName: name,
});

/** The merchant has decided; whoever sends messages tells the consumer. */
const decided = (one: AfterSaleCase, isApproved: boolean, text: string): EventDraft => ({
  brandId: one.brandId,
  type: 'after-sale.decided',
  payload: { caseId: one.id, orderId: one.orderId, storeId: one.storeId, memberId: one.memberId, isApproved, text },
});

/** What a case asks back. The switch that the consumer saw in the preview holds, whatever was set since. */
function wishOf(order: Order, one: AfterSaleCase, rules: AfterSaleRules): RefundWish {
  const lines = one.lines.map((line) => ({ lineId: line.lineId, qty: line.qty }));
  const condition = one.sources.withheldFen > 0 ? 'RECOMPUTE' : 'KEEP';
  const asked = { lines, kept: one.keptPresents, isMerchantFault: one.isMerchantFault };
  return refundWish(order, asked, { ...rules, condition });
}

/** The moves of a case, each inside the caller's transaction, which has locked the order and then the case. */
@Injectable()
export class ProgressCase {
  readonly cases = new CaseStore();
  private readonly refundRows = new RefundStore();

  constructor(
    @Inject(OpenRefund) private readonly refunds: OpenRefund,
    @Inject(Inventory) private readonly inventory: Inventory,
    @Inject(ReturnedGoods) private readonly goods: ReturnedGoods,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** The merchant agrees; money that needs no goods goes back at once, a replacement is held from now on. */
  async approve(tx: Tx, order: Order, one: AfterSaleCase, by: Speaker, text: string): Promise<void> {
    const rules = await this.book.of(one.brandId, tx);
    const due = needsGoods(one.kind) ? this.after(tx, rules.sendBackHours) : null;
    await this.move(tx, one, 'APPROVE', {
      decided_at: tx.now,
      due_at: due,
      return_code: needsGoods(one.kind) ? this.returnCode(one.id) : null,
    });
    await this.say(tx, one, by, text);
    tx.emit(decided(one, true, text));
    const approved: AfterSaleCase = { ...one, state: 'APPROVED' };
    if (one.kind === 'EXCHANGE') await this.holdReplacement(tx, one);
    if (!needsGoods(one.kind)) await this.startRefund(tx, order, approved);
  }

  private async holdReplacement(tx: Tx, one: AfterSaleCase): Promise<void> {
    const [line] = one.lines;
    if (!line || !one.exchangeSkuId) throw refuseCase('EXCHANGE_SKU');
    const productId = await this.goods.productOf(tx, one.brandId, one.exchangeSkuId);
    await this.inventory.reserve(tx, {
      brandId: one.brandId,
      // The replacement is held under the case's own number, since the order holds what it sold.
      orderId: one.id as unknown as OrderId,
      storeId: one.storeId,
      lines: [{ skuId: one.exchangeSkuId, productId, qty: line.qty }],
    });
  }

  /**
   * The merchant wants to see more before it decides: its own time stands still, and the consumer has as long to answer as
   * to send goods back. Whoever is late already cannot stop the clock any more.
   */
  async askEvidence(tx: Tx, one: AfterSaleCase, by: Speaker, text: string): Promise<void> {
    const leftMs = (one.dueAt?.getTime() ?? 0) - tx.now.getTime();
    if (one.state !== 'REQUESTED' || leftMs <= 0) throw refuseCase('AFTER_SALE_STATE', { state: one.state });
    const rules = await this.book.of(one.brandId, tx);
    if (one.pausedMs === null)
      await this.cases.set(tx, one, { paused_ms: leftMs, due_at: this.after(tx, rules.sendBackHours) });
    await this.say(tx, one, by, text);
  }

  /** The consumer writes; an answer gives the merchant back all the time that it had left. */
  async answer(tx: Tx, one: AfterSaleCase, by: Speaker, text: string, pictures: string[]): Promise<void> {
    if (one.pausedMs !== null)
      await this.cases.set(tx, one, { paused_ms: null, due_at: new Date(tx.now.getTime() + one.pausedMs) });
    await this.say(tx, one, by, text, pictures);
  }

  /** The merchant does not agree, or the goods are not as agreed; the reason is read by the consumer. */
  async refuse(tx: Tx, one: AfterSaleCase, by: Speaker, reason: string): Promise<void> {
    await this.move(tx, one, 'REFUSE', { refusal: reason, decided_at: tx.now, finished_at: tx.now, due_at: null });
    await this.say(tx, one, by, `未同意：${reason}`);
    tx.emit(decided(one, false, reason));
    await this.letGo(tx, one);
  }

  /** Withdrawn by the consumer, or given up because the goods never came. */
  async cancel(tx: Tx, one: AfterSaleCase, by: Speaker, text: string): Promise<void> {
    await this.move(tx, one, 'CANCEL', { finished_at: tx.now, due_at: null });
    await this.say(tx, one, by, text);
    await this.letGo(tx, one);
  }

  private async letGo(tx: Tx, one: AfterSaleCase): Promise<void> {
    if (one.kind === 'EXCHANGE') await this.inventory.release(tx, one.brandId, one.id as unknown as OrderId);
  }

  /** The parcel is on its way back. */
  async sendBack(tx: Tx, one: AfterSaleCase, by: Speaker, parcel: Omit<CaseParcel, 'at'>): Promise<void> {
    if (!needsGoods(one.kind)) throw refuseCase('AFTER_SALE_STATE');
    const rules = await this.book.of(one.brandId, tx);
    const sent = JSON.stringify({ ...parcel, at: tx.now.toISOString() });
    await this.move(tx, one, 'SEND_BACK', { sent_back: sent, due_at: this.after(tx, rules.checkHours) });
    await this.say(tx, one, by, `已寄回：${parcel.company} ${parcel.trackingNo}`);
  }

  /** The goods are back in a store and checked: they return to its shelf, and money or replacement follows. */
  async receive(
    tx: Tx,
    order: Order,
    one: AfterSaleCase,
    at: { storeId: StoreId; by: Speaker; text: string },
  ): Promise<void> {
    if (!needsGoods(one.kind)) throw refuseCase('AFTER_SALE_STATE');
    await this.move(tx, one, 'RECEIVE', { received_at: tx.now, received_store_id: at.storeId, due_at: null });
    await this.say(tx, one, at.by, at.text);
    await this.goods.putBack(tx, one, at.storeId);
    const received: AfterSaleCase = { ...one, state: 'RECEIVED', receivedStoreId: at.storeId };
    if (one.kind === 'RETURN_REFUND') await this.startRefund(tx, order, received);
  }

  /** The replacement has left the store. */
  async resend(tx: Tx, one: AfterSaleCase, by: Speaker, parcel: Omit<CaseParcel, 'at'>): Promise<void> {
    if (one.kind !== 'EXCHANGE') throw refuseCase('AFTER_SALE_STATE');
    const rules = await this.book.of(one.brandId, tx);
    const sent = JSON.stringify({ ...parcel, at: tx.now.toISOString() });
    await this.move(tx, one, 'RESEND', { resent: sent, due_at: this.after(tx, rules.confirmResentHours) });
    await this.inventory.take(tx, one.brandId, one.id as unknown as OrderId);
    await this.say(tx, one, by, `换货已寄出：${parcel.company} ${parcel.trackingNo}`);
  }

  /** The case is over: the refund was booked, or the replacement has arrived. */
  async finish(tx: Tx, one: AfterSaleCase, by: Speaker, text: string): Promise<void> {
    await this.move(tx, one, 'FINISH', { finished_at: tx.now, due_at: null });
    await this.say(tx, one, by, text);
  }

  private async startRefund(tx: Tx, order: Order, one: AfterSaleCase): Promise<void> {
    await this.move(tx, one, 'REFUND', { due_at: tx.now });
    await this.openRefund(tx, order, { ...one, state: 'REFUNDING' });
  }

  /** Opens the refund of a case, or waits while another one of the same order is on its way. */
  async openRefund(tx: Tx, order: Order, one: AfterSaleCase): Promise<void> {
    const rules = await this.book.of(one.brandId, tx);
    if (await this.refundRows.hasOpen(tx, order.brandId, order.id)) {
      await this.cases.set(tx, one, { due_at: new Date(tx.now.getTime() + WAIT_MS) });
      return;
    }
    const wish = wishOf(order, one, rules);
    if (!(await this.refunds.shares(tx, order, wish))) {
      await this.move(tx, one, 'GIVE_UP', { finished_at: tx.now, due_at: null });
      await this.say(tx, one, THE_SYSTEM, '这几件已经通过其他方式退款，这次申请自动结束');
      return;
    }
    const refund = await this.refunds.open(tx, order, wish, {
      reason: one.caseNo,
      cause: 'AFTER_SALE',
      requestedBy: `case:${one.id}`,
      // A return was put on a shelf when it was received; what never left is let go by the refund.
      goods: one.hadLeft ? 'KEPT' : 'BACK',
      caseId: one.id,
    });
    await this.followRefund(tx, one, refund);
  }

  /** The case says what its refund gives back, and that is on its way. */
  private async followRefund(tx: Tx, one: AfterSaleCase, refund: RefundDraft): Promise<void> {
    const { amountFen: cashFen, walletFen, freightFen, pointsBack } = refund;
    const totalFen = addFen(cashFen, walletFen);
    const goodsFen = subFen(totalFen, freightFen);
    const sources = { ...one.sources, cashFen, walletFen, totalFen, goodsFen, freightFen, pointsBack };
    await this.cases.set(tx, one, {
      refund_id: refund.id,
      refund_fen: totalFen,
      due_at: null,
      sources: JSON.stringify(sources),
    });
    tx.afterCommit(() => this.wake.sweep('settlement.refunds'));
  }

  /** Tries a failed refund again under a new number, with what its pieces are worth by now (pain-07). */
  async retryRefund(tx: Tx, order: Order, one: AfterSaleCase, by: Speaker): Promise<void> {
    const wish = wishOf(order, one, await this.book.of(one.brandId, tx));
    const refund =
      one.state === 'REFUNDING' && one.refundId ? await this.refunds.retry(tx, order, one.refundId, wish) : null;
    if (!refund) throw refuseCase('REFUND_NOT_FAILED');
    await this.say(tx, one, by, '重新发起了退款');
    await this.followRefund(tx, one, refund);
  }

  async say(tx: Tx, one: AfterSaleCase, by: Speaker, text: string, pictures: string[] = []): Promise<void> {
    await this.cases.say(tx, one, { id: this.ids.next<'message'>(), ...by, text, pictures });
  }

  /** Short enough to read out at a counter: the case's id in digits and letters that look different. */
  private returnCode(id: Id): string {
    const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
    let rest = (BigInt(id) * 2654435761n) % 32n ** 9n;
    let code = '';
    for (let at = 0; at < 9; at += 1) {
      code += letters[Number(rest % 32n)];
      rest /= 32n;
    }
    return code;
  }

  private after(tx: Tx, hours: number): Date {
    return new Date(tx.now.getTime() + hours * HOUR_MS);
  }

  private async move(tx: Tx, one: AfterSaleCase, act: CaseAct, set: Readonly<Record<string, SqlValue>>): Promise<void> {
    const to = nextCaseState(one.state, act);
    if (to === null || !(await this.cases.move(tx, one, to, set)))
      throw refuseCase('AFTER_SALE_STATE', { state: one.state });
  }
}
