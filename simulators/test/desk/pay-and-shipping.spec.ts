import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openidOf } from '../../src/core/index.js';
import { type Answer, APPID, post, startTrial, type Trial } from '../wecom/small-world.js';

const MCHID = '1900000200';
let trial: Trial;

const rsa = (text: string): string =>
  sign('RSA-SHA256', Buffer.from(text), trial.merchant.privateKeyPem).toString('base64');

/** Places an order as the mall's server does, and signs what the page hands to the phone. */
async function placeOrder(outTradeNo: string): Promise<Record<string, string>> {
  const body = JSON.stringify({
    appid: APPID,
    mchid: MCHID,
    description: '云朵轻羽绒',
    out_trade_no: outTradeNo,
    notify_url: `${trial.receiver.origin}/pay`,
    amount: { total: 59900, currency: 'CNY' },
    payer: { openid: openidOf(APPID, 'lin') },
  });
  const stamp = String(Math.floor(trial.sims.clock.now() / 1000));
  const path = '/v3/pay/transactions/jsapi';
  const signature = rsa(`POST\n${path}\n${stamp}\nnonce\n${body}\n`);
  const answer = await fetch(trial.sims.urls.pay + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${MCHID}",nonce_str="nonce",timestamp="${stamp}",serial_no="${trial.merchant.serial}",signature="${signature}"`,
    },
    body,
  });
  const { prepay_id: prepay } = (await answer.json()) as { prepay_id: string };
  const pack = `prepay_id=${prepay}`;
  const paySign = rsa(`${APPID}\n${stamp}\nn1\n${pack}\n`);
  return { timeStamp: stamp, nonceStr: 'n1', package: pack, signType: 'RSA', paySign };
}

const phone = (path: string, body: unknown, who = 'lin'): Promise<Answer> =>
  post(`${trial.sims.urls.desk}/desk/phone/${who}/pay/${path}`, body);

async function upload(outTradeNo: string, more: Record<string, unknown> = {}): Promise<unknown> {
  const { access_token: token } = trial.sims.miniapp.tokens.issueStable(APPID, 'app-secret', false);
  const answer = await post(`${trial.sims.urls.miniapp}/wxa/sec/order/upload_shipping_info?access_token=${token}`, {
    order_key: { order_number_type: 1, mchid: MCHID, out_trade_no: outTradeNo },
    logistics_type: 1,
    delivery_mode: 1,
    shipping_list: [{ tracking_no: 'YT1', express_company: 'YTO', item_desc: '云朵轻羽绒*1' }],
    upload_time: '2026-11-22T09:00:00.000+08:00',
    payer: { openid: openidOf(APPID, 'lin') },
    ...more,
  });
  return answer.errcode;
}

beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.stop());

describe('the pay sheet', () => {
  it('shows amount and merchant only when paySign holds and the payer is the one who ordered', async () => {
    const args = await placeOrder('ORDER-T1');
    expect(await phone('open', args)).toMatchObject({ ok: true, amountFen: 59900, merchantName: '雪岭服饰' });
    expect(await phone('open', { ...args, nonceStr: 'other' })).toMatchObject({
      ok: false,
      reason: '支付验证签名失败',
    });
    expect(await phone('open', args, 'fang')).toMatchObject({ ok: false });
    expect(await phone('confirm', { package: args.package })).toEqual({ ok: true });
    expect(await phone('confirm', { package: args.package })).toMatchObject({ ok: false, reason: '该订单已支付' });
  });
});

describe('shipping information', () => {
  it('answers 10060001 for the first ten seconds and then takes the upload', async () => {
    await phone('confirm', { package: (await placeOrder('ORDER-T2')).package });
    expect(await upload('ORDER-T2')).toBe(10060001);
    await trial.sims.clock.advance(10_000);
    expect(await upload('ORDER-T2', { shipping_list: { item_desc: 'x' } })).toBe(47001);
    expect(await upload('ORDER-T2', { delivery_mode: 'UNIFIED_DELIVERY' })).toBe(47001);
    expect(await upload('ORDER-T2')).toBe(0);
  });

  it('allows one new upload for a shipped order', async () => {
    const parcel = (tracking_no: string) => ({
      shipping_list: [{ tracking_no, express_company: 'YTO', item_desc: '云朵轻羽绒*1' }],
    });
    expect(await upload('ORDER-T2')).toBe(10060023);
    expect(await upload('ORDER-T2', parcel('YT2'))).toBe(0);
    expect(await upload('ORDER-T2', parcel('YT3'))).toBe(10060003);
  });

  it('refuses an order that was never paid', async () => {
    await placeOrder('ORDER-T3');
    await trial.sims.clock.advance(20_000);
    expect(await upload('ORDER-T3')).toBe(10060001);
  });
});
