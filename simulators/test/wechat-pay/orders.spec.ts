import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  APPID,
  type Bench,
  BRAND,
  GUIDE,
  jsapiBody,
  LIN,
  number,
  openBench,
  paidOrder,
  SP,
  SUB,
  SUB2,
  silence,
} from './bench.js';

const JSAPI = '/v3/pay/partner/transactions/jsapi';
const query = (bench: Bench, no: unknown, sub = SUB) =>
  bench.call('GET', `/v3/pay/partner/transactions/out-trade-no/${no}?sp_mchid=${SP}&sub_mchid=${sub}`);

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await silence(bench);
});
afterAll(() => bench.stop());

describe('orders', () => {
  it('goes from NOTPAY to SUCCESS with the payer in the answer', async () => {
    const body = jsapiBody({ sub_appid: APPID, payer: { sub_openid: LIN }, attach: 'a' });
    bench.sims.core.world.merchants.find((item) => item.mchid === SUB)?.appids.push(APPID);
    const placed = await bench.call('POST', JSAPI, body);
    expect((await query(bench, body.out_trade_no)).body).toMatchObject({
      trade_state: 'NOTPAY',
      out_trade_no: body.out_trade_no,
    });
    const sheet = await bench.control('GET', `/pay/prepay/${placed.body.prepay_id}`);
    expect(sheet.body).toMatchObject({ total: 10_000, merchantName: '湖滨店', description: '羽绒服' });
    await bench.control('POST', '/pay/pay', { prepay_id: placed.body.prepay_id, openid: LIN });
    const paid = await query(bench, body.out_trade_no);
    expect(paid.body).toMatchObject({
      sp_mchid: SP,
      sub_mchid: SUB,
      trade_state: 'SUCCESS',
      payer: { sp_openid: LIN, sub_openid: LIN },
      amount: { total: 10_000, payer_total: 10_000, currency: 'CNY' },
      attach: 'a',
    });
    const byId = await bench.call(
      'GET',
      `/v3/pay/partner/transactions/id/${paid.body.transaction_id}?sp_mchid=${SP}&sub_mchid=${SUB}`,
    );
    expect(byId.body.out_trade_no).toBe(body.out_trade_no);
  });

  it('repeats the same order with the same prepay number and a fresh one after two hours', async () => {
    const body = jsapiBody();
    const first = await bench.call('POST', JSAPI, body);
    expect((await bench.call('POST', JSAPI, body)).body).toEqual(first.body);
    await bench.sims.clock.advance(2 * 3_600_000 + 1000);
    const late = await bench.control('POST', '/pay/pay', { prepay_id: first.body.prepay_id });
    expect(late.status).toBe(409);
    const fresh = await bench.call('POST', JSAPI, body);
    expect(fresh.body.prepay_id).not.toBe(first.body.prepay_id);
    expect((await bench.control('POST', '/pay/pay', { prepay_id: fresh.body.prepay_id })).status).toBe(200);
  });

  it('refuses the same number for another order', async () => {
    const body = jsapiBody();
    await bench.call('POST', JSAPI, body);
    const other = await bench.call('POST', JSAPI, { ...body, description: '别的' });
    expect([other.status, other.body.code]).toEqual([403, 'OUT_TRADE_NO_USED']);
    expect(other.headers.get('request-id')).toMatch(/-268498688$/);
  });

  it('refuses unknown openids, foreign sub-merchants, other appids and other merchant numbers', async () => {
    const place = async (extra: Record<string, unknown>) =>
      (await bench.call('POST', JSAPI, jsapiBody(extra))).body.code;
    expect(await place({ payer: { sp_openid: 'oNobody' } })).toBe('PARAM_ERROR');
    expect(await place({ sub_mchid: BRAND })).toBe('NO_AUTH');
    expect(await place({ sp_appid: 'wxother' })).toBe('APPID_MCHID_NOT_MATCH');
    expect(await place({ sp_mchid: BRAND })).toBe('INVALID_REQUEST');
  });

  it('lets only the person who ordered pay', async () => {
    const placed = await bench.call('POST', JSAPI, jsapiBody());
    const stranger = await bench.control('POST', '/pay/pay', { prepay_id: placed.body.prepay_id, openid: GUIDE });
    expect(stranger.body).toEqual({ ok: false, reason: '当前用户与下单用户不一致' });
  });

  it('closes again and again, but never a paid order, and a closed one cannot be paid', async () => {
    const body = jsapiBody();
    const placed = await bench.call('POST', JSAPI, body);
    const close = (no: unknown) =>
      bench.call('POST', `/v3/pay/partner/transactions/out-trade-no/${no}/close`, { sp_mchid: SP, sub_mchid: SUB });
    expect([(await close(body.out_trade_no)).status, (await close(body.out_trade_no)).status]).toEqual([204, 204]);
    expect((await bench.control('POST', '/pay/pay', { prepay_id: placed.body.prepay_id })).body.reason).toBe(
      '该订单已关闭',
    );
    const paid = await paidOrder(bench);
    const refused = await close(paid.no);
    expect([refused.status, refused.body.code]).toEqual([400, 'ORDER_PAID']);
  });

  it('closes by itself after seven days and checks the sub-merchant on query', async () => {
    const body = jsapiBody();
    await bench.call('POST', JSAPI, body);
    const foreign = await query(bench, body.out_trade_no, SUB2);
    expect(foreign.headers.get('request-id')).toMatch(/-268447845$/);
    await bench.sims.clock.advance(7 * 86_400_000 + 1000);
    expect((await query(bench, body.out_trade_no)).body.trade_state).toBe('CLOSED');
    expect((await query(bench, 'nothing-there')).body.code).toBe('ORDER_NOT_EXIST');
  });

  it('takes a direct order and keeps its money, less the fee, available', async () => {
    const {
      sp_appid: _a,
      sp_mchid: _b,
      sub_mchid: _c,
      ...rest
    } = jsapiBody({ payer: { openid: LIN }, settle_info: undefined });
    const body = { ...rest, appid: APPID, mchid: BRAND };
    const placed = await bench.call('POST', '/v3/pay/transactions/jsapi', body, { mchid: BRAND });
    await bench.control('POST', '/pay/pay', { prepay_id: placed.body.prepay_id });
    const balances = await bench.control('GET', '/pay/balances');
    expect(balances.body.merchants.find((item: { mchid: string }) => item.mchid === BRAND).available).toBe(9940);
  });

  it('charges a payment code once and gives it back on reverse', async () => {
    const { auth_code } = (await bench.control('POST', '/pay/codepay', { openid: LIN })).body;
    const { notify_url: _n, ...rest } = jsapiBody({ payer: { auth_code }, out_trade_no: number('C') });
    const paid = await bench.call('POST', '/v3/pay/partner/transactions/codepay', rest);
    expect(paid.body).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'MICROPAY', payer: { sp_openid: LIN } });
    const again = await bench.call('POST', '/v3/pay/partner/transactions/codepay', {
      ...rest,
      out_trade_no: number('C'),
    });
    expect(again.body.code).toBe('AUTH_CODE_INVALID');
    const path = `/v3/pay/partner/transactions/out-trade-no/${rest.out_trade_no}/reverse`;
    expect((await bench.call('POST', path, { sp_mchid: SP, sub_mchid: SUB })).status).toBe(200);
    expect((await query(bench, rest.out_trade_no)).body.trade_state).toBe('REVOKED');
  });
});

describe('restart', () => {
  it('keeps orders, balances and the clock in the state folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sim-state-'));
    const first = await openBench(undefined, folder);
    const paid = await paidOrder(first);
    await first.sims.clock.advance(86_400_000);
    await first.stop();
    const second = await openBench(undefined, folder);
    expect((await query(second, paid.no)).body.trade_state).toBe('SUCCESS');
    expect(second.sims.clock.now()).toBeGreaterThan(Date.now() + 80_000_000);
    await second.sims.clock.advance(30 * 86_400_000);
    const left = await second.call('GET', `/v3/profitsharing/transactions/${paid.id}/amounts`);
    expect(left.body.unsplit_amount).toBe(0);
    await second.stop();
    rmSync(folder, { recursive: true });
  });
});
