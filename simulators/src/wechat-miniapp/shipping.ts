import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { MiniappPlatform, ShippingOrder } from './platform.js';
import { api, type Json, str } from './wire.js';

/** A payment becomes known to the shipping service only some seconds after it was made. */
const INGEST_MS = 10_000;

function orderFor(
  sim: MiniappPlatform,
  key: { transactionId?: string; mchid?: string; outTradeNo?: string },
): ShippingOrder {
  const payment = sim.payments?.find(key);
  if (!payment || sim.core.clock.now() - payment.paidAtMs < INGEST_MS) refuse(10060001);
  const known = sim.state.shipping[payment.transactionId];
  if (known) return known;
  const made: ShippingOrder = {
    transactionId: payment.transactionId,
    merchantId: payment.mchid,
    merchantTradeNo: payment.outTradeNo,
    openid: payment.openid,
    description: payment.description,
    paidAmount: payment.amountFen,
    paidAt: payment.paidAtMs,
    state: 1,
    uploads: 0,
    finished: false,
    shippingList: [],
    receiptNotified: false,
  };
  sim.state.shipping[payment.transactionId] = made;
  return made;
}

function keyOf(body: Json): { transactionId?: string; mchid?: string; outTradeNo?: string } {
  const key = body.order_key as Json | undefined;
  const type = key?.order_number_type;
  if (!key || typeof type !== 'number') refuse(47001);
  if (type === 2) return { transactionId: str(key.transaction_id) };
  if (type === 1) return { mchid: str(key.mchid), outTradeNo: str(key.out_trade_no) };
  return refuse(47001);
}

/** Types are strict: the two usual bugs, an object for the list and a word for the mode, give 47001. */
function checkedUpload(body: Json): { logistics: number; mode: number; rows: Json[]; allDelivered: boolean } {
  const logistics = body.logistics_type;
  const mode = body.delivery_mode;
  if (typeof logistics !== 'number' || typeof mode !== 'number' || !Array.isArray(body.shipping_list)) refuse(47001);
  if (![1, 2, 3, 4].includes(logistics)) refuse(10060005);
  if (mode === 2 && logistics !== 1) refuse(10060006);
  if (mode === 2 && typeof body.is_all_delivered !== 'boolean') refuse(10060007);
  const rows = body.shipping_list as Json[];
  if (rows.length === 0) refuse(47001);
  if (rows.length > 15) refuse(10060024);
  for (const row of rows) {
    const description = str(row.item_desc);
    if (!description || [...description].length > 120) refuse(10060008);
    if (logistics === 1 && (!str(row.tracking_no) || !str(row.express_company))) refuse(47001);
    if (str(row.tracking_no).length > 128) refuse(10060026);
    if (row.express_company === 'SF' && !row.contact) refuse(47001, 'contact is required for SF');
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/.test(str(body.upload_time))) refuse(47001);
  if (!str((body.payer as Json | undefined)?.openid)) refuse(47001);
  return { logistics, mode, rows, allDelivered: mode === 1 || body.is_all_delivered === true };
}

function orderView(order: ShippingOrder): Json {
  return {
    transaction_id: order.transactionId,
    merchant_id: order.merchantId,
    merchant_trade_no: order.merchantTradeNo,
    openid: order.openid,
    description: order.description,
    paid_amount: order.paidAmount,
    pay_time: Math.floor(order.paidAt / 1000),
    order_state: order.state,
    in_complaint: false,
    shipping: {
      delivery_mode: order.deliveryMode ?? 1,
      logistics_type: order.logisticsType ?? 0,
      finish_shipping: order.finished,
      goods_desc: order.description,
      finish_shipping_count: order.uploads,
      shipping_list: order.shippingList,
    },
  };
}

/** Shipping information management, without which the money of real goods stays frozen. */
export function registerShippingRoutes(app: FastifyInstance, sim: MiniappPlatform): void {
  api(app, sim, 'POST', '/wxa/sec/order/upload_shipping_info', ({ body }) => {
    const key = keyOf(body);
    const upload = checkedUpload(body);
    const order = orderFor(sim, key);
    if (order.state >= 3) refuse(10060004);
    if (str((body.payer as Json).openid) !== order.openid) refuse(10060001, '支付单不存在 (payer)');
    if (order.finished) {
      // A finished order may be shipped again once, and never in another mode.
      if (order.uploads >= 2) refuse(10060003);
      if (order.deliveryMode !== upload.mode) refuse(10060002);
      if (JSON.stringify(order.shippingList) === JSON.stringify(upload.rows)) refuse(10060023);
    }
    if (upload.allDelivered || order.finished) order.uploads += 1;
    order.shippingList = upload.mode === 2 && !order.finished ? [...order.shippingList, ...upload.rows] : upload.rows;
    order.logisticsType = upload.logistics;
    order.deliveryMode = upload.mode;
    order.finished = order.finished || upload.allDelivered;
    order.state = 2;
    if (order.finished) sim.payments?.onShipped(order.transactionId);
    return {};
  });

  api(app, sim, 'POST', '/wxa/sec/order/get_order', ({ body }) => {
    const order = orderFor(sim, {
      transactionId: str(body.transaction_id) || undefined,
      mchid: str(body.merchant_id) || undefined,
      outTradeNo: str(body.merchant_trade_no) || undefined,
    });
    return { order: orderView(order) };
  });

  api(app, sim, 'POST', '/wxa/sec/order/notify_confirm_receive', ({ body }) => {
    const order = orderFor(sim, {
      transactionId: str(body.transaction_id) || undefined,
      mchid: str(body.merchant_id) || undefined,
      outTradeNo: str(body.merchant_trade_no) || undefined,
    });
    if (typeof body.received_time !== 'number') refuse(47001);
    // Milliseconds instead of seconds lands in the far future.
    if (body.received_time * 1000 > sim.core.clock.now() + 60_000) refuse(10060029);
    if (order.state !== 2 || order.logisticsType !== 1 || order.receiptNotified) refuse(10060004);
    order.receiptNotified = true;
    return {};
  });

  api(app, sim, 'POST', '/wxa/sec/order/is_trade_managed', () => ({ is_trade_managed: true }));
  api(app, sim, 'POST', '/wxa/sec/order/is_trade_management_confirmation_completed', () => ({ completed: true }));
}

/** The consumer confirms receipt in the client; the payment platform then releases the money. */
export function confirmReceipt(sim: MiniappPlatform, transactionId: string): boolean {
  const order = sim.state.shipping[transactionId];
  if (order?.state !== 2) return false;
  order.state = 3;
  sim.payments?.onReceived(transactionId);
  sim.touch();
  return true;
}
