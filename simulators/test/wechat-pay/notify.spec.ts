import { createDecipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RETRY_WAITS_MS } from '../../src/wechat-pay/notify.js';
import {
  APPID,
  addBrand,
  type Bench,
  BRAND,
  number,
  openBench,
  openListener,
  paidOrder,
  type Received,
  SP,
  SUB,
  wellSigned,
} from './bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());

const tick = () => bench.sims.clock.advance(1);
const good = (item: Received | undefined) => wellSigned(item?.text ?? '', (name) => item?.headers[name] as string);

function open(text: string, key = 'k'.repeat(32)): Record<string, unknown> {
  const { resource } = JSON.parse(text);
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  const opener = createDecipheriv('aes-256-gcm', key, resource.nonce);
  opener.setAAD(Buffer.from(resource.associated_data));
  opener.setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([opener.update(bytes.subarray(0, -16)), opener.final()]).toString());
}

const fault = (kind: string, extra: Record<string, unknown> = {}) =>
  bench.control('POST', '/faults', { target: 'pay', side: 'callback', path: 'TRANSACTION.SUCCESS', kind, ...extra });

describe('notifications', () => {
  it('carries the paid order, signed and encrypted', async () => {
    const listener = await openListener();
    const { no, id } = await paidOrder(bench, { notify_url: listener.url });
    await tick();
    await listener.close();
    expect(good(listener.got[0])).toBe(true);
    const event = JSON.parse(listener.got[0]?.text ?? '{}');
    expect(event).toMatchObject({
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      resource: { original_type: 'transaction' },
    });
    expect(open(listener.got[0]?.text ?? '')).toMatchObject({
      out_trade_no: no,
      transaction_id: id,
      sub_mchid: SUB,
      trade_state: 'SUCCESS',
    });
  });

  it('repeats on the documented schedule with the same id and fresh signatures, then gives up', async () => {
    const listener = await openListener(() => 500);
    await paidOrder(bench, { notify_url: listener.url });
    const start = bench.sims.clock.now();
    await tick();
    for (const wait of RETRY_WAITS_MS) await bench.sims.clock.advance(wait + 10);
    await bench.sims.clock.advance(86_400_000);
    await listener.close();
    const { deliveries } = (await bench.control('GET', '/pay/deliveries?state=given-up')).body;
    const times = deliveries.at(-1).attempts.map((attempt: { at: number }) => Math.round((attempt.at - start) / 1000));
    const waits = times.slice(1).map((at: number, n: number) => at - times[n]);
    expect(waits).toEqual([15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]);
    const [first, second] = listener.got;
    expect(JSON.parse(first?.text ?? '{}').id).toBe(JSON.parse(second?.text ?? '{}').id);
    expect(first?.headers['wechatpay-nonce']).not.toBe(second?.headers['wechatpay-nonce']);
    expect(listener.got.every(good)).toBe(true);
  });

  it('stops after the first good answer and can be sent again by hand', async () => {
    const listener = await openListener((n) => (n === 1 ? 503 : 200));
    await paidOrder(bench, { notify_url: listener.url });
    await tick();
    await bench.sims.clock.advance(60_000);
    expect(listener.got).toHaveLength(2);
    const { deliveries } = (await bench.control('GET', '/pay/deliveries?state=delivered')).body;
    await bench.control('POST', '/pay/redeliver', { id: deliveries.at(-1).id });
    await tick();
    await listener.close();
    expect(listener.got).toHaveLength(3);
  });

  it('sends three copies at once when told to duplicate', async () => {
    const listener = await openListener();
    await fault('duplicate-callback');
    await paidOrder(bench, { notify_url: listener.url });
    await tick();
    await listener.close();
    expect(listener.got).toHaveLength(3);
    expect(new Set(listener.got.map((item) => JSON.parse(item.text).id)).size).toBe(1);
  });

  it('probes with a signature that must fail and repeats properly', async () => {
    const listener = await openListener((n) => (n === 1 ? 401 : 200));
    await fault('signtest');
    await paidOrder(bench, { notify_url: listener.url });
    await tick();
    await bench.sims.clock.advance(15_000);
    await listener.close();
    expect(listener.got[0]?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
    expect(listener.got.map(good)).toEqual([false, true]);
  });

  it('bends amount, merchant, ciphertext and signature, each so that only its own check can tell', async () => {
    const seen: Record<string, Received | undefined> = {};
    for (const kind of ['wrong-amount', 'foreign-merchant', 'tampered', 'bad-signature', 'expired-certificate']) {
      const listener = await openListener();
      await fault(kind);
      await paidOrder(bench, { notify_url: listener.url });
      await tick();
      await listener.close();
      seen[kind] = listener.got[0];
    }
    expect(good(seen['wrong-amount'])).toBe(true);
    expect(open(seen['wrong-amount']?.text ?? '')).toMatchObject({ amount: { total: 10_001 } });
    expect(open(seen['foreign-merchant']?.text ?? '')).toMatchObject({ sub_mchid: '1699999999' });
    expect(good(seen.tampered)).toBe(true);
    expect(() => open(seen.tampered?.text ?? '')).toThrow();
    expect(good(seen['bad-signature'])).toBe(false);
    expect(good(seen['expired-certificate'])).toBe(false);
  });

  it('loses, delays and reorders', async () => {
    const listener = await openListener();
    await fault('drop-callback');
    const lost = await paidOrder(bench, { notify_url: listener.url });
    await tick();
    expect(listener.got).toHaveLength(0);
    await fault('reorder-callbacks');
    const early = await paidOrder(bench, { notify_url: listener.url });
    const late = await paidOrder(bench, { notify_url: listener.url });
    await bench.sims.clock.advance(3500);
    await bench.sims.clock.advance(15_000);
    await listener.close();
    expect(listener.got.map((item) => open(item.text).out_trade_no)).toEqual([late.no, early.no, lost.no]);
  });

  it('calls back before it answers when told to', async () => {
    const listener = await openListener();
    const { id } = await paidOrder(bench);
    await bench.control('POST', '/faults', { target: 'pay', path: 'refunds$', kind: 'callback-before-response' });
    const amount = { refund: 10, total: 10_000, currency: 'CNY' };
    const body = { sub_mchid: SUB, transaction_id: id, out_refund_no: number('F'), notify_url: listener.url, amount };
    const reply = await bench.call('POST', '/v3/refund/domestic/refunds', body);
    await listener.close();
    expect(reply.body.status).toBe('PROCESSING');
    expect(listener.got).toHaveLength(1);
    expect(open(listener.got[0]?.text ?? '')).toMatchObject({
      refund_status: 'SUCCESS',
      out_refund_no: body.out_refund_no,
    });
  });

  it('signs with certificates, or with both in turn, when switched, and follows a rotation', async () => {
    const serials = async (callbackSigner: string) => {
      const listener = await openListener((n) => (n === 1 ? 500 : 200));
      await bench.control('POST', '/pay/settings', { callbackSigner });
      await paidOrder(bench, { notify_url: listener.url });
      await tick();
      await bench.sims.clock.advance(15_000);
      await listener.close();
      return listener.got.map((item) => String(item.headers['wechatpay-serial']).slice(0, 6));
    };
    const [first, second] = await serials('mixed');
    expect([first, second?.length]).toEqual(['PUB_KE', 6]);
    const rotated = (await bench.control('POST', '/pay/rotate-keys', { kind: 'certificate' })).body;
    expect(rotated.serials).toHaveLength(2);
    expect(await serials('certificate')).toEqual(Array(2).fill(rotated.serials[1].slice(0, 6)));
    await bench.control('POST', '/pay/settings', { callbackSigner: 'pubkey' });
  });

  it('tells only a receiving merchant with an address about a split, under either event name', async () => {
    const listener = await openListener();
    await bench.control('POST', '/pay/merchant', { mchid: BRAND, profitSharingNotifyUrl: listener.url });
    await addBrand(bench);
    const types: string[] = [];
    for (const splitEventType of ['PROFITSHARING', 'TRANSACTION']) {
      await bench.control('POST', '/pay/settings', { splitEventType });
      const { id } = await paidOrder(bench);
      await bench.sims.clock.advance(61_000);
      const receivers = [{ type: 'MERCHANT_ID', account: BRAND, amount: 5, description: '品牌' }];
      const body = {
        sub_mchid: SUB,
        appid: APPID,
        transaction_id: id,
        out_order_no: number('P'),
        receivers,
        unfreeze_unsplit: false,
      };
      await bench.call('POST', '/v3/profitsharing/orders', body);
      await bench.sims.clock.advance(2000);
      types.push(JSON.parse(listener.got.at(-1)?.text ?? '{}').event_type);
    }
    await listener.close();
    expect(types).toEqual(['PROFITSHARING.SUCCESS', 'TRANSACTION.SUCCESS']);
    const last = listener.got.at(-1)?.text ?? '';
    expect(JSON.parse(last)).toMatchObject({ summary: '分账', resource: { original_type: 'profitsharing' } });
    expect(open(last, 'b'.repeat(32))).toMatchObject({ mchid: BRAND, receiver: { account: BRAND, amount: 5 } });
  });

  it('sends nothing for a merchant without an APIv3 key', async () => {
    const listener = await openListener();
    await bench.control('POST', '/pay/merchant', { mchid: SP, apiV3Key: '' });
    await paidOrder(bench, { notify_url: listener.url });
    await tick();
    await listener.close();
    expect(listener.got).toHaveLength(0);
    await bench.control('POST', '/pay/merchant', { mchid: SP, apiV3Key: 'k'.repeat(32) });
  });
});
