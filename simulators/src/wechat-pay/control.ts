import type { FastifyInstance } from 'fastify';
import { makeCertificate, makeKeyPair } from '../core/index.js';
import { balancesOf, move } from './accounts.js';
import { redeliver } from './notify.js';
import { findOrder, markSettled, type PayRequest, payOrder } from './payment.js';
import type { MerchantSettings, NextResult, PaySettings } from './settings-types.js';
import { nonce, verifyText } from './signing.js';
import type { PaySim } from './sim.js';
import { MINUTE_MS } from './time.js';
import { confirmTransfer } from './transfers.js';
import type { Bucket, Order } from './types.js';

export interface PaySignRequest {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: string;
  paySign: string;
}

/** Checks what a page hands to `wx.requestPayment`, as the WeChat client does before it shows the sheet. */
export function verifyPaySign(sim: PaySim, request: PaySignRequest): { ok: boolean; reason?: string } {
  const prepayId = /^prepay_id=(.+)$/.exec(request.package ?? '')?.[1];
  if (!prepayId) return { ok: false, reason: 'package应为prepay_id=…' };
  if (request.signType !== 'RSA') return { ok: false, reason: 'signType应为RSA' };
  if (!/^\d{10}$/.test(request.timeStamp ?? '')) return { ok: false, reason: 'timeStamp应为秒级时间戳字符串' };
  const order = findOrder(sim, { prepayId });
  if (!order) return { ok: false, reason: 'prepay_id无效' };
  if (request.appId !== (order.subAppid ?? order.appid)) return { ok: false, reason: 'appId与下单不一致' };
  const text = `${request.appId}\n${request.timeStamp}\n${request.nonceStr}\n${request.package}\n`;
  const key = sim.merchant(order.owner)?.publicKeyPem ?? '';
  return verifyText(text, key, request.paySign ?? '') ? { ok: true } : { ok: false, reason: '支付验证签名失败' };
}

/** What the pay sheet shows of an order. */
function sheet(sim: PaySim, order: Order): Record<string, unknown> {
  return {
    prepay_id: order.prepayId,
    out_trade_no: order.outTradeNo,
    appid: order.subAppid ?? order.appid,
    mchid: order.collector,
    merchantName: sim.merchant(order.collector)?.name ?? '',
    description: order.description,
    total: order.total,
    state: order.state,
    transaction_id: order.transactionId,
    expiresAt: Math.min(order.expiresAt, order.prepayExpiresAt),
  };
}

function paymentRoutes(app: FastifyInstance, sim: PaySim): void {
  app.post<{
    Body: { out_trade_no?: string; prepay_id?: string; mchid?: string; openid?: string; bank_type?: string };
  }>('/control/pay/pay', async ({ body }, reply) => {
    const request: PayRequest = {
      ...body,
      outTradeNo: body.out_trade_no,
      prepayId: body.prepay_id,
      bankType: body.bank_type,
    };
    const outcome = payOrder(sim, request);
    if (!outcome.ok) return reply.code(409).send(outcome);
    return { ok: true, transaction_id: outcome.order.transactionId, trade_state: outcome.order.state };
  });
  app.get<{ Params: { id: string } }>('/control/pay/prepay/:id', async ({ params }, reply) => {
    const order = findOrder(sim, { prepayId: params.id });
    return order ? sheet(sim, order) : reply.code(404).send({ reason: '订单不存在' });
  });
  app.post<{ Body: PaySignRequest }>('/control/pay/verify-pay-sign', async ({ body }) => verifyPaySign(sim, body));
  app.post<{ Body: { openid: string } }>('/control/pay/codepay', async ({ body }, reply) => {
    const consumer = sim.consumerByAnyOpenid(body.openid);
    if (!consumer) return reply.code(404).send({ reason: '没有这个openid' });
    const digits = [...nonce(16)].map((char) => String(char.charCodeAt(0) % 10)).join('');
    const authCode = `13${digits}`;
    sim.state.authCodes[authCode] = { consumerKey: consumer.key, expiresAt: sim.now() + MINUTE_MS };
    sim.touch();
    return { auth_code: authCode };
  });
  app.post<{ Body: { transaction_id?: string; out_trade_no?: string } }>(
    '/control/pay/settle',
    async ({ body }, reply) => {
      const order = sim.orderByTransaction(body.transaction_id) ?? findOrder(sim, { outTradeNo: body.out_trade_no });
      if (!order?.transactionId) return reply.code(404).send({ reason: '没有这笔已支付的订单' });
      markSettled(sim, order);
      return { ok: true };
    },
  );
  app.post<{ Body: { package_info?: string; out_bill_no?: string; openid?: string } }>(
    '/control/pay/transfer-confirm',
    async ({ body }, reply) => {
      const outcome = confirmTransfer(sim, { ...body, packageInfo: body.package_info, outBillNo: body.out_bill_no });
      if (!outcome.ok) return reply.code(409).send(outcome);
      return { ok: true, state: outcome.transfer.state, transfer_amount: outcome.transfer.amount };
    },
  );
}

const SETTABLE = ['available', 'operation'] as const satisfies readonly Bucket[];

function accountRoutes(app: FastifyInstance, sim: PaySim): void {
  const view = () => ({
    merchants: sim.core.world.merchants.map((merchant) => ({
      mchid: merchant.mchid,
      name: merchant.name,
      ...balancesOf(sim, merchant.mchid),
      settings: sim.merchantSettings(merchant.mchid),
    })),
    wallets: sim.state.wallets,
  });
  app.get('/control/pay/balances', async () => view());
  app.post<{ Body: { mchid: string; available?: number; operation?: number } }>(
    '/control/pay/balances',
    async ({ body }, reply) => {
      if (!sim.merchant(body.mchid)) return reply.code(404).send({ reason: '没有这个商户号' });
      for (const bucket of SETTABLE) {
        const wanted = body[bucket];
        if (wanted === undefined) continue;
        const difference = wanted - balancesOf(sim, body.mchid)[bucket];
        const note = { business: difference > 0 ? '充值' : '提现', businessId: sim.newId('70000') };
        move(sim, body.mchid, bucket, difference, note);
      }
      return view();
    },
  );
  app.post<{ Body: { mchid: string; ratio: number } }>('/control/pay/ratio', async ({ body }) =>
    change(sim, body.mchid, { maxRatio: body.ratio }),
  );
  app.post<{ Body: { mchid: string; enabled: boolean } }>('/control/pay/return-authorisation', async ({ body }) =>
    change(sim, body.mchid, { returnEnabled: body.enabled }),
  );
  app.post<{ Body: { mchid: string } & MerchantSettings }>('/control/pay/merchant', async ({ body }) => {
    const { mchid, ...settings } = body;
    return change(sim, mchid, settings);
  });
}

function change(sim: PaySim, mchid: string, settings: MerchantSettings): MerchantSettings {
  sim.settings.merchants[mchid] = { ...sim.settings.merchants[mchid], ...settings };
  sim.touch();
  return sim.merchantSettings(mchid);
}

function behaviourRoutes(app: FastifyInstance, sim: PaySim): void {
  app.get('/control/pay/settings', async () => sim.settings);
  app.post<{ Body: Partial<PaySettings> }>('/control/pay/settings', async ({ body }) => {
    const { delays, merchants: _merchants, nextResults: _next, ...rest } = body;
    Object.assign(sim.settings, rest);
    Object.assign(sim.settings.delays, delays ?? {});
    sim.touch();
    return sim.settings;
  });
  app.post<{ Body: Partial<PaySettings['delays']> }>('/control/pay/delays', async ({ body }) => {
    Object.assign(sim.settings.delays, body);
    sim.touch();
    return sim.settings.delays;
  });
  app.post<{ Body: Omit<NextResult, 'times'> & { times?: number } }>('/control/pay/next-result', async ({ body }) => {
    sim.settings.nextResults.push({ ...body, times: body.times ?? 1 });
    sim.touch();
    return { nextResults: sim.settings.nextResults };
  });
  app.post<{ Body: { kind?: 'pubkey' | 'certificate' } }>('/control/pay/rotate-keys', async ({ body }) =>
    rotate(sim, body?.kind),
  );
}

/** A new certificate beside the old ones (they overlap, as on the real platform), or a new pay public key. */
function rotate(sim: PaySim, kind: 'pubkey' | 'certificate' = 'certificate'): Record<string, unknown> {
  const { payKeys } = sim.core.world;
  if (kind === 'pubkey') {
    const { privateKeyPem, publicKeyPem } = makeKeyPair();
    const digits = [...nonce(32)].map((char) => String(char.charCodeAt(0) % 10)).join('');
    Object.assign(payKeys, { publicKeyId: `PUB_KEY_ID_01${digits}`, privateKeyPem, publicKeyPem });
  } else {
    payKeys.certificates.push(makeCertificate('Tenpay.com sign', new Date(sim.now())));
  }
  return {
    publicKeyId: payKeys.publicKeyId,
    publicKeyPem: sim.keys.publicKeyPem(),
    serials: payKeys.certificates.map((certificate) => certificate.serial),
  };
}

function recordRoutes(app: FastifyInstance, sim: PaySim): void {
  app.get<{ Querystring: { event_type?: string; state?: string; mchid?: string } }>(
    '/control/pay/deliveries',
    async ({ query }) => ({
      deliveries: Object.values(sim.state.deliveries).filter(
        (item) =>
          (!query.event_type || item.eventType === query.event_type) &&
          (!query.state || item.state === query.state) &&
          (!query.mchid || item.mchid === query.mchid),
      ),
    }),
  );
  app.post<{ Body: { id: string } }>('/control/pay/redeliver', async ({ body }, reply) => {
    const delivery = sim.state.deliveries[body.id];
    if (!delivery) return reply.code(404).send({ reason: '没有这条通知' });
    redeliver(sim, delivery);
    return { ok: true };
  });
  for (const name of ['orders', 'refunds', 'splits', 'returns', 'transfers'] as const) {
    app.get(`/control/pay/${name}`, async () => ({ [name]: Object.values(sim.state[name]) }));
  }
  app.get<{ Querystring: { mchid?: string } }>('/control/pay/movements', async ({ query }) => ({
    movements: sim.state.movements.filter((item) => !query.mchid || item.mchid === query.mchid),
  }));
  app.get('/control/pay/receivers', async () => ({ receivers: sim.state.receivers }));
}

/** Everything the desk can do with the simulated WeChat Pay, under `/control/pay`. */
export function registerPayControl(app: FastifyInstance, sim: PaySim): void {
  paymentRoutes(app, sim);
  accountRoutes(app, sim);
  behaviourRoutes(app, sim);
  recordRoutes(app, sim);
}
