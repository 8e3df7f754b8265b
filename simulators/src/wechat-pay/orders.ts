import { openidOf } from '../core/index.js';
import { INNER, invalid, PayError, paramError } from './errors.js';
import { sameMchid, subMerchant } from './merchants.js';
import {
  CLOSE_DIRECT,
  CLOSE_PARTNER,
  CODEPAY_DIRECT,
  CODEPAY_PARTNER,
  JSAPI_DIRECT,
  JSAPI_PARTNER,
  REVERSE_DIRECT,
  REVERSE_PARTNER,
} from './order-fields.js';
import { type Parties, parties, partnerPayer, payerOf } from './order-parties.js';
import { reverseOrder, settlePaid } from './payment.js';
import type { Answer, Call, Route } from './route.js';
import { nonce } from './signing.js';
import { fingerprint, type PaySim } from './sim.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.js';
import { transactionBody } from './transaction-body.js';
import type { Order } from './types.js';

export const orderKey = (owner: string, outTradeNo: string): string => `${owner}/${outTradeNo}`;

function expiryOf(sim: PaySim, timeExpire: string | undefined): number {
  if (!timeExpire) return sim.now() + 7 * DAY_MS;
  const at = Date.parse(timeExpire);
  if (!(at >= sim.now() + MINUTE_MS)) {
    throw paramError('time_expire时间过短，刷卡至少1分钟，其他5分钟', {
      location: 'body',
      field: '/time_expire',
      value: timeExpire,
      issue: '订单失效时间必须晚于当前时间1分钟',
    });
  }
  return at;
}

/** Fails unless the repeated order is the same request for an order that is still open. */
function repeatable(existing: Order, print: string): void {
  if (existing.fingerprint !== print) {
    throw new PayError(403, 'OUT_TRADE_NO_USED', '商户订单号重复', INNER.reenteredDifferently);
  }
  if (existing.state === 'CLOSED' || existing.state === 'REVOKED') {
    throw new PayError(400, 'ORDER_CLOSED', '该订单已关闭', INNER.orderExpired);
  }
  if (existing.transactionId) throw new PayError(400, 'ORDER_PAID', '该订单已支付', INNER.orderPaid);
}

function issuePrepay(sim: PaySim, order: Order): Answer {
  if (!order.prepayId || order.prepayExpiresAt <= sim.now()) {
    order.prepayId = `wx${sim.newId('', 16)}${nonce(18).toLowerCase()}`;
    order.prepayExpiresAt = sim.now() + 2 * HOUR_MS;
    sim.byPrepay.set(order.prepayId, order);
    sim.touch();
  }
  return { body: { prepay_id: order.prepayId } };
}

function newOrder(sim: PaySim, call: Call, partner: boolean, who: Parties, payer: ReturnType<typeof payerOf>): Order {
  const { body } = call;
  const collector = sim.merchant(who.collector);
  const order: Order = {
    key: orderKey(who.owner, body.out_trade_no),
    ...who,
    ...payer,
    partner,
    outTradeNo: body.out_trade_no,
    prepayExpiresAt: 0,
    fingerprint: fingerprint(body),
    description: body.description,
    attach: body.attach,
    notifyUrl: body.notify_url,
    sceneInfo: body.scene_info?.device_id ? { device_id: body.scene_info.device_id } : undefined,
    total: body.amount.total,
    profitSharing: body.settle_info?.profit_sharing === true,
    tradeType: 'JSAPI',
    state: 'NOTPAY',
    bankType: 'OTHERS',
    createdAt: sim.now(),
    expiresAt: expiryOf(sim, body.time_expire),
    feeRate: collector?.feeRate ?? 60,
    fee: 0,
    feeReturned: 0,
    refunded: 0,
    refundCount: 0,
    hold: 'NONE',
    held: 0,
    reserved: 0,
    settled: false,
    splitFinished: false,
    splitRequests: 0,
    splitTotal: 0,
  };
  sim.state.orders[order.key] = order;
  sim.jobs.after(order.expiresAt - sim.now(), 'order-expiry', order.key);
  return order;
}

function placeJsapi(sim: PaySim, call: Call, partner: boolean): Answer {
  const who = parties(sim, call, partner);
  const existing = sim.state.orders[orderKey(who.owner, call.body.out_trade_no)];
  if (existing) {
    repeatable(existing, fingerprint(call.body));
    return issuePrepay(sim, existing);
  }
  const payer = payerOf(sim, call.body, partner);
  return issuePrepay(sim, newOrder(sim, call, partner, who, payer));
}

function placeCodepay(sim: PaySim, call: Call, partner: boolean): Answer {
  const who = parties(sim, call, partner);
  const { body } = call;
  const existing = sim.state.orders[orderKey(who.owner, body.out_trade_no)];
  if (existing) {
    if (existing.fingerprint !== fingerprint(body)) repeatable(existing, fingerprint(body));
    return { body: transactionBody(existing) };
  }
  const code = sim.state.authCodes[body.payer.auth_code];
  if (!code || code.expiresAt <= sim.now()) {
    throw new PayError(400, 'AUTH_CODE_INVALID', '付款码已过期或无效，请用户刷新后重试');
  }
  delete sim.state.authCodes[body.payer.auth_code];
  const payer = partner ? partnerPayer(body, code.consumerKey) : { openid: openidOf(body.appid, code.consumerKey) };
  const order = newOrder(sim, call, partner, who, { consumerKey: code.consumerKey, payer });
  order.tradeType = 'MICROPAY';
  const forced = sim.takeNext('codepay', order.outTradeNo, order.collector);
  if (forced && forced.result !== 'SUCCESS') order.state = forced.result === 'USERPAYING' ? 'USERPAYING' : 'PAYERROR';
  else settlePaid(sim, order);
  return { body: transactionBody(order) };
}

/** The order that this caller may see; throws ORDER_NOT_EXIST otherwise. */
export function ownOrder(order: Order | undefined, call: Call, subMchid: string | undefined): Order {
  if (!order || order.owner !== call.merchant.mchid) {
    throw new PayError(404, 'ORDER_NOT_EXIST', '订单不存在', INNER.orderNotExist);
  }
  if (order.partner && order.collector !== subMchid) throw invalid('子商户号和订单不匹配', INNER.subMerchantMismatch);
  return order;
}

function query(sim: PaySim, call: Call, partner: boolean, find: (call: Call) => Order | undefined): Answer {
  sameMchid(call.merchant, partner ? call.query.sp_mchid : call.query.mchid);
  if (partner) subMerchant(sim, call.merchant, call.query.sub_mchid);
  const order = find(call);
  if (order && order.partner !== partner) throw new PayError(404, 'ORDER_NOT_EXIST', '订单不存在', INNER.orderNotExist);
  return { body: transactionBody(ownOrder(order, call, call.query.sub_mchid)) };
}

function close(sim: PaySim, call: Call, partner: boolean): Answer {
  sameMchid(call.merchant, partner ? call.body.sp_mchid : call.body.mchid);
  if (partner) subMerchant(sim, call.merchant, call.body.sub_mchid);
  const found = sim.state.orders[orderKey(call.merchant.mchid, call.params.no ?? '')];
  const order = ownOrder(found, call, call.body.sub_mchid);
  if (order.transactionId) throw new PayError(400, 'ORDER_PAID', '该订单已支付', INNER.orderPaid);
  order.state = 'CLOSED';
  sim.touch();
  return { status: 204 };
}

function reverse(sim: PaySim, call: Call, partner: boolean): Answer {
  sameMchid(call.merchant, partner ? call.body.sp_mchid : call.body.mchid);
  const found = sim.state.orders[orderKey(call.merchant.mchid, call.params.no ?? '')];
  const order = ownOrder(found, call, call.body.sub_mchid);
  reverseOrder(sim, order);
  const names = partner
    ? { sp_appid: order.appid, sp_mchid: order.owner, sub_mchid: order.collector }
    : { appid: order.appid, mchid: order.owner };
  return { body: { ...names, out_trade_no: order.outTradeNo } };
}

function family(sim: PaySim, base: string, partner: boolean): Route[] {
  const byNumber = (call: Call) => sim.state.orders[orderKey(call.merchant.mchid, call.params.no ?? '')];
  const byId = (call: Call) => sim.orderByTransaction(call.params.id);
  return [
    {
      method: 'POST',
      url: `${base}/jsapi`,
      fields: partner ? JSAPI_PARTNER : JSAPI_DIRECT,
      handle: (call) => placeJsapi(sim, call, partner),
    },
    {
      method: 'POST',
      url: `${base}/codepay`,
      fields: partner ? CODEPAY_PARTNER : CODEPAY_DIRECT,
      handle: (call) => placeCodepay(sim, call, partner),
    },
    { method: 'GET', url: `${base}/out-trade-no/:no`, handle: (call) => query(sim, call, partner, byNumber) },
    { method: 'GET', url: `${base}/id/:id`, handle: (call) => query(sim, call, partner, byId) },
    {
      method: 'POST',
      url: `${base}/out-trade-no/:no/close`,
      fields: partner ? CLOSE_PARTNER : CLOSE_DIRECT,
      handle: (call) => close(sim, call, partner),
    },
    {
      method: 'POST',
      url: `${base}/out-trade-no/:no/reverse`,
      fields: partner ? REVERSE_PARTNER : REVERSE_DIRECT,
      handle: (call) => reverse(sim, call, partner),
    },
  ];
}

/** Order, query, close, payment code and reverse, direct and partner (reference: section 3). */
export function orderRoutes(sim: PaySim): Route[] {
  sim.jobs.on('order-expiry', (key) => {
    const order = sim.order(key);
    if (!order.transactionId && order.state !== 'REVOKED') order.state = 'CLOSED';
    sim.touch();
  });
  return [...family(sim, '/v3/pay/transactions', false), ...family(sim, '/v3/pay/partner/transactions', true)];
}
