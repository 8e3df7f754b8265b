import { balancesOf, move, proportionHalfUp } from './accounts.js';
import { INNER, invalid, noAuth, notEnough, notFound, PayError, paramError } from './errors.js';
import { subMerchant } from './merchants.js';
import { orderKey } from './orders.js';
import { refundBody, tellRefund } from './refund-body.js';
import { ABNORMAL, APPLY } from './refund-fields.js';
import type { Answer, Call, Route } from './route.js';
import { fingerprint, type PaySim } from './sim.js';
import { DAY_MS } from './time.js';
import type { Order, Refund } from './types.js';

const MOST_REFUNDS = 50;

const keyOf = (owner: string, outRefundNo: string) => `${owner}/${outRefundNo}`;

function orderFor(sim: PaySim, call: Call): Order {
  const { body, merchant } = call;
  if (!body.transaction_id && !body.out_trade_no) {
    throw paramError('transaction_id和out_trade_no必须二选一', { location: 'body', field: '/transaction_id' });
  }
  const order = body.transaction_id
    ? sim.orderByTransaction(body.transaction_id)
    : sim.state.orders[orderKey(merchant.mchid, body.out_trade_no)];
  if (!order?.transactionId || order.owner !== merchant.mchid || order.state === 'REVOKED') {
    throw notFound('订单不存在');
  }
  checkParty(sim, call, order, body.sub_mchid);
  return order;
}

function checkParty(sim: PaySim, call: Call, order: Order, subMchid: string | undefined): void {
  if (!order.partner && subMchid) throw invalid('直连商户不支持传入sub_mchid');
  if (!order.partner) return;
  const sub = subMerchant(sim, call.merchant, subMchid);
  if (sub.mchid !== order.collector) throw invalid('子商户号和订单不匹配', INNER.subMerchantMismatch);
  if (sim.merchantSettings(sub.mchid).refundAuthorised === false) throw noAuth('子商户未授权服务商发起退款');
}

/** Where the money of this refund comes from; throws when it does not suffice (reference: section 4.1). */
function sourceOf(sim: PaySim, order: Order, net: number): Refund['source'] {
  if (order.hold === 'UNSETTLED') return 'unsettled';
  if (order.hold === 'FROZEN') {
    if (net <= order.held) return 'frozen';
    throw new PayError(403, 'RULE_LIMIT', '申请退款金额大于剩余未分账金额，请先解冻剩余资金后再发起退款');
  }
  if (net > balancesOf(sim, order.collector).available) throw notEnough('基本账户余额不足，请充值后重新发起');
  return 'available';
}

function checkAmounts(sim: PaySim, order: Order, amount: { refund: number; total: number }): void {
  if (amount.total !== order.total) throw invalid('订单金额或退款金额与之前请求不一致，请核实后再试');
  if (sim.now() > (order.paidAt ?? 0) + 365 * DAY_MS)
    throw new PayError(403, 'TRADE_OVERDUE', '订单已经超过可退款的最大期限');
  if (amount.refund > order.total - order.refunded) throw invalid('申请退款金额大于订单可退金额');
  if (order.refundCount >= MOST_REFUNDS) throw invalid('订单部分退款次数超过50次');
}

function apply(sim: PaySim, call: Call): Answer {
  const { body, merchant } = call;
  const key = keyOf(merchant.mchid, body.out_refund_no);
  const print = fingerprint({ ...body, notify_url: undefined });
  const existing = sim.state.refunds[key];
  if (existing) {
    if (existing.fingerprint === print) return { body: refundBody(sim, existing) };
    const before = sim.order(existing.orderKey);
    const sameOrder = before.outTradeNo === body.out_trade_no || before.transactionId === body.transaction_id;
    if (!sameOrder) throw invalid('商户退款单号重复');
    throw new PayError(
      400,
      'REFUND_FEE_MISMATCH',
      '订单金额或退款金额与之前请求不一致，请核实后再试',
      INNER.reenteredDifferently,
    );
  }
  const order = orderFor(sim, call);
  const forced = sim.takeNext('refund-apply', body.out_refund_no, order.outTradeNo, order.collector);
  if (forced) throw new PayError(403, forced.result, forced.failReason ?? forced.result);
  checkAmounts(sim, order, body.amount);
  const feeTarget = proportionHalfUp(order.fee, order.refunded + body.amount.refund, order.total);
  const feeBack = feeTarget - order.feeReturned;
  const net = body.amount.refund - feeBack;
  const source = sourceOf(sim, order, net);
  const refund: Refund = {
    key,
    refundId: sim.newId('50300'),
    outRefundNo: body.out_refund_no,
    orderKey: order.key,
    owner: merchant.mchid,
    fingerprint: print,
    reason: body.reason,
    notifyUrl: body.notify_url,
    amount: body.amount.refund,
    feeBack,
    source,
    status: 'PROCESSING',
    createdAt: sim.now(),
  };
  sim.state.refunds[key] = refund;
  takeOut(sim, order, refund);
  sim.jobs.after(sim.settings.delays.refund, 'refund', key);
  return { body: refundBody(sim, refund) };
}

const cents = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** The money leaves at acceptance, net of the fee that comes back. */
function takeOut(sim: PaySim, order: Order, refund: Refund): void {
  const net = refund.amount - refund.feeBack;
  move(sim, order.collector, refund.source, -net, {
    business: '退款',
    businessId: refund.refundId,
    remark: `退款总金额${cents(refund.amount)}元;含手续费${cents(refund.feeBack)}元`,
    voucher: refund.outRefundNo,
  });
  if (refund.source !== 'available') order.held -= net;
  order.refunded += refund.amount;
  order.feeReturned += refund.feeBack;
  order.refundCount += 1;
  order.state = 'REFUND';
}

/** A closed refund gives the money back to where it came from. */
function putBack(sim: PaySim, order: Order, refund: Refund): void {
  const net = refund.amount - refund.feeBack;
  const bucket = refund.source !== 'available' && order.hold === 'NONE' ? 'available' : refund.source;
  move(sim, order.collector, bucket, net, {
    business: '退款关闭',
    businessId: refund.refundId,
    voucher: refund.outRefundNo,
  });
  if (bucket !== 'available') order.held += net;
  order.refunded -= refund.amount;
  order.feeReturned -= refund.feeBack;
}

function process(sim: PaySim, key: string): void {
  const refund = sim.state.refunds[key];
  if (refund?.status !== 'PROCESSING') return;
  const order = sim.order(refund.orderKey);
  const forced = sim.takeNext('refund', refund.outRefundNo, order.outTradeNo, order.collector);
  if (forced?.result === 'PROCESSING') {
    sim.jobs.after(sim.settings.delays.refund, 'refund', key);
    return;
  }
  finish(sim, refund, (forced?.result as Refund['status'] | undefined) ?? 'SUCCESS');
}

function finish(sim: PaySim, refund: Refund, status: Refund['status']): void {
  const order = sim.order(refund.orderKey);
  refund.status = status;
  refund.finishedAt = sim.now();
  if (status === 'CLOSED') putBack(sim, order, refund);
  sim.touch();
  tellRefund(sim, refund, order);
}

function query(sim: PaySim, call: Call): Answer {
  const refund = sim.state.refunds[keyOf(call.merchant.mchid, call.params.no ?? '')];
  if (!refund) throw notFound('退款单不存在');
  checkParty(sim, call, sim.order(refund.orderKey), call.query.sub_mchid);
  return { body: refundBody(sim, refund) };
}

/** A refund that the user's card refused goes to another card; afterwards it succeeds like any other. */
function applyAbnormal(sim: PaySim, call: Call): Answer {
  const { body } = call;
  const refund = sim.state.refunds[keyOf(call.merchant.mchid, body.out_refund_no)];
  if (!refund || refund.refundId !== call.params.id) throw notFound('退款单不存在');
  checkParty(sim, call, sim.order(refund.orderKey), body.sub_mchid);
  if (refund.status !== 'ABNORMAL') throw invalid('退款单状态非退款异常，不可发起异常退款');
  if (body.type === 'USER_BANK_CARD') {
    for (const field of ['bank_type', 'bank_account', 'real_name']) {
      if (!body[field])
        throw paramError(`${field}必填`, { location: 'body', field: `/${field}`, issue: '此字段为必填项' });
    }
    sim.keys.openField(body.bank_account, call.serial, '/bank_account');
    sim.keys.openField(body.real_name, call.serial, '/real_name');
  }
  refund.status = 'PROCESSING';
  sim.jobs.after(sim.settings.delays.refund, 'refund', refund.key);
  sim.touch();
  return { body: refundBody(sim, refund) };
}

/** Refund apply, query and abnormal refund (reference: section 4). */
export function refundRoutes(sim: PaySim): Route[] {
  const base = '/v3/refund/domestic/refunds';
  sim.jobs.on('refund', (key) => process(sim, key));
  return [
    { method: 'POST', url: base, fields: APPLY, handle: (call) => apply(sim, call) },
    { method: 'GET', url: `${base}/:no`, handle: (call) => query(sim, call) },
    {
      method: 'POST',
      url: `${base}/:id/apply-abnormal-refund`,
      fields: ABNORMAL,
      handle: (call) => applyAbnormal(sim, call),
    },
  ];
}
