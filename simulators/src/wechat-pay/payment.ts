import { move, shareHalfUp, shift } from './accounts.js';
import { PayError } from './errors.js';
import { notify } from './notify.js';
import type { PaySim } from './sim.js';
import { DAY_MS } from './time.js';
import { transactionBody } from './transaction-body.js';
import type { Order } from './types.js';

/** Books a payment: money in, fee out, hold it where it belongs, tell the merchant. */
export function settlePaid(sim: PaySim, order: Order, bankType = 'OTHERS'): void {
  order.transactionId = sim.newId('42000');
  sim.state.transactions[order.transactionId] = order.key;
  order.state = 'SUCCESS';
  order.paidAt = sim.now();
  order.bankType = bankType;
  order.fee = shareHalfUp(order.total, order.feeRate);
  order.settled = !sim.merchantSettings(order.collector).requireShipping;
  order.hold = order.profitSharing ? 'FROZEN' : order.settled ? 'NONE' : 'UNSETTLED';
  const bucket = order.hold === 'FROZEN' ? 'frozen' : order.hold === 'UNSETTLED' ? 'unsettled' : 'available';
  const note = { businessId: order.transactionId, voucher: order.outTradeNo };
  move(sim, order.collector, bucket, order.total, { ...note, business: '交易', remark: order.description });
  move(sim, order.collector, bucket, -order.fee, { ...note, business: '扣除交易手续费' });
  order.held = order.hold === 'NONE' ? 0 : order.total - order.fee;
  if (order.hold === 'FROZEN') sim.jobs.after(30 * DAY_MS, 'auto-unfreeze', order.key);
  sim.touch();
  notifyPaid(sim, order);
}

export function notifyPaid(sim: PaySim, order: Order): void {
  if (!order.notifyUrl) return;
  notify(sim, {
    url: order.notifyUrl,
    mchid: order.owner,
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    plaintext: transactionBody(order),
  });
}

export interface PayRequest {
  outTradeNo?: string;
  prepayId?: string;
  /** Narrows an order number that several service providers use. */
  mchid?: string;
  /** Any openid of the person who pays; the payer named in the order when absent. */
  openid?: string;
  bankType?: string;
}

export type PayOutcome = { ok: true; order: Order } | { ok: false; reason: string };

/** Finds an order by prepay number or order number. */
export function findOrder(sim: PaySim, request: PayRequest): Order | undefined {
  const known = request.prepayId && sim.byPrepay.get(request.prepayId.replace(/^prepay_id=/, ''));
  if (known && sim.state.orders[known.key] === known) return known;
  return Object.values(sim.state.orders).find((order) =>
    request.prepayId
      ? order.prepayId === request.prepayId.replace(/^prepay_id=/, '')
      : order.outTradeNo === request.outTradeNo && (!request.mchid || order.owner === request.mchid),
  );
}

/** The consumer presses "pay". The reason of a refusal is what the phone shows. */
export function payOrder(sim: PaySim, request: PayRequest): PayOutcome {
  const order = findOrder(sim, request);
  if (!order) return { ok: false, reason: '订单不存在' };
  if (order.transactionId) return { ok: false, reason: '该订单已支付' };
  if (order.state === 'CLOSED' || order.state === 'REVOKED') return { ok: false, reason: '该订单已关闭' };
  if (order.expiresAt <= sim.now()) return { ok: false, reason: '该订单已过期' };
  if (order.tradeType === 'JSAPI' && order.prepayExpiresAt <= sim.now()) {
    return { ok: false, reason: '预支付交易会话已过期，请重新下单' };
  }
  if (request.openid && sim.consumerByAnyOpenid(request.openid)?.key !== order.consumerKey) {
    return { ok: false, reason: '当前用户与下单用户不一致' };
  }
  settlePaid(sim, order, request.bankType);
  return { ok: true, order };
}

/** Releases what an order still holds to the collector's available balance. */
export function releaseHeld(sim: PaySim, order: Order): number {
  const amount = order.held;
  if (order.hold !== 'NONE' && amount > 0) {
    shift(sim, order.collector, order.hold === 'FROZEN' ? 'frozen' : 'unsettled', 'available', amount);
  }
  order.held = 0;
  if (order.reserved === 0) order.hold = 'NONE';
  sim.touch();
  return amount;
}

/** Shipping or receipt was marked: the trade settles, and from now on it can be split. */
export function markSettled(sim: PaySim, order: Order): void {
  order.settled = true;
  if (order.hold === 'UNSETTLED') releaseHeld(sim, order);
  sim.touch();
}

/** Takes back a payment-code order: closes it unpaid, or gives the whole amount back at once. */
export function reverseOrder(sim: PaySim, order: Order): void {
  if (order.state === 'REVOKED') return;
  if (order.tradeType !== 'MICROPAY') throw new PayError(400, 'INVALID_REQUEST', '当前订单不支持撤销');
  if (order.transactionId) {
    if (order.refunded > 0 || order.splitRequests > 0) throw new PayError(400, 'INVALID_REQUEST', '当前订单不支持撤销');
    const bucket = order.hold === 'FROZEN' ? 'frozen' : order.hold === 'UNSETTLED' ? 'unsettled' : 'available';
    const note = { business: '撤销', businessId: order.transactionId, voucher: order.outTradeNo };
    move(sim, order.collector, bucket, -(order.total - order.fee), note);
    order.held = 0;
    order.hold = 'NONE';
    order.refunded = order.total;
    order.feeReturned = order.fee;
  }
  order.state = 'REVOKED';
  sim.touch();
}
