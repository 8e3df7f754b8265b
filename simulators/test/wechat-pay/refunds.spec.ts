import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Movement, Order } from '../../src/wechat-pay/types.js';
import {
  APPID,
  addBrand,
  type Bench,
  BRAND,
  number,
  openBench,
  openListener,
  paidOrder,
  payPublicKeyId,
  SP,
  SUB,
  seal,
} from './bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await addBrand(bench);
});
afterAll(() => bench.stop());

const BASE = '/v3/refund/domestic/refunds';
const refund = (id: string, amount: number, extra: Record<string, unknown> = {}, total = 10_000) =>
  bench.call('POST', BASE, {
    sub_mchid: SUB,
    transaction_id: id,
    out_refund_no: number('F'),
    amount: { refund: amount, total, currency: 'CNY' },
    ...extra,
  });
const status = (no: string) => bench.call('GET', `${BASE}/${no}?sub_mchid=${SUB}`).then((reply) => reply.body.status);
const unsplit = (id: string) =>
  bench.call('GET', `/v3/profitsharing/transactions/${id}/amounts`).then((reply) => reply.body.unsplit_amount);
const store = async () =>
  (await bench.control('GET', '/pay/balances')).body.merchants.find((item: { mchid: string }) => item.mchid === SUB);
const soon = () => bench.sims.clock.advance(2000);

describe('refunds', () => {
  it('takes the net amount from the frozen money and ends in SUCCESS', async () => {
    const { id, no } = await paidOrder(bench);
    const asked = await refund(id, 5000);
    expect(asked.body).toMatchObject({ status: 'PROCESSING', amount: { refund: 5000, total: 10_000 } });
    expect(await unsplit(id)).toBe(9940 - 4970);
    await soon();
    expect(await status(asked.body.out_refund_no)).toBe('SUCCESS');
    const order = await bench.call(
      'GET',
      `/v3/pay/partner/transactions/out-trade-no/${no}?sp_mchid=${SP}&sub_mchid=${SUB}`,
    );
    expect(order.body.trade_state).toBe('REFUND');
  });

  it('gives the whole fee back over many small refunds', async () => {
    const { id } = await paidOrder(bench, { amount: { total: 1003, currency: 'CNY' } });
    for (const part of [333, 333, 337]) expect((await refund(id, part, {}, 1003)).status).toBe(200);
    expect(await unsplit(id)).toBe(0);
    expect((await refund(id, 1, {}, 1003)).body.code).toBe('INVALID_REQUEST');
  });

  it('repeats the same number with the same answer and refuses another amount under it', async () => {
    const { id } = await paidOrder(bench);
    const out_refund_no = number('F');
    const first = await refund(id, 100, { out_refund_no });
    expect((await refund(id, 100, { out_refund_no })).body.refund_id).toBe(first.body.refund_id);
    expect((await refund(id, 101, { out_refund_no })).body.code).toBe('REFUND_FEE_MISMATCH');
    expect(await unsplit(id)).toBe(9940 - 99);
  });

  it('refuses more than what is left after a split until the rest is unfrozen', async () => {
    const { id } = await paidOrder(bench);
    await bench.sims.clock.advance(61_000);
    const receivers = [{ type: 'MERCHANT_ID', account: BRAND, amount: 3000, description: '品牌' }];
    const body = {
      sub_mchid: SUB,
      appid: APPID,
      transaction_id: id,
      out_order_no: number('P'),
      receivers,
      unfreeze_unsplit: false,
    };
    await bench.call('POST', '/v3/profitsharing/orders', body);
    await soon();
    const refused = await refund(id, 10_000);
    expect([refused.status, refused.body.code]).toEqual([403, 'RULE_LIMIT']);
    expect((await refund(id, 2000)).status).toBe(200);
    const release = { sub_mchid: SUB, transaction_id: id, out_order_no: number('U'), description: '解冻' };
    await bench.call('POST', '/v3/profitsharing/orders/unfreeze', release);
    await soon();
    await bench.control('POST', '/pay/balances', { mchid: SUB, available: 100 });
    const poor = await refund(id, 8000);
    expect([poor.status, poor.body.code]).toEqual([403, 'NOT_ENOUGH']);
    await bench.control('POST', '/pay/balances', { mchid: SUB, available: 50_000 });
    const rich = await refund(id, 8000);
    expect(rich.body.funds_account).toBe('AVAILABLE');
    expect((await store()).available).toBe(50_000 - 8000 + 48);
  });

  it('gives the money back when the refund is closed', async () => {
    const { id } = await paidOrder(bench);
    const out_refund_no = number('F');
    await bench.control('POST', '/pay/next-result', { op: 'refund', match: out_refund_no, result: 'CLOSED' });
    await refund(id, 4000, { out_refund_no });
    await soon();
    expect(await status(out_refund_no)).toBe('CLOSED');
    expect(await unsplit(id)).toBe(9940);
  });

  it('takes an abnormal refund to another card', async () => {
    const { id } = await paidOrder(bench);
    const out_refund_no = number('F');
    await bench.control('POST', '/pay/next-result', { op: 'refund', match: out_refund_no, result: 'ABNORMAL' });
    const asked = await refund(id, 4000, { out_refund_no });
    await soon();
    expect(await status(out_refund_no)).toBe('ABNORMAL');
    const card = { bank_type: 'ICBC_DEBIT', bank_account: seal('6222'), real_name: seal('林') };
    const body = { sub_mchid: SUB, out_refund_no, type: 'USER_BANK_CARD', ...card };
    const options = { headers: { 'Wechatpay-Serial': payPublicKeyId } };
    const again = await bench.call('POST', `${BASE}/${asked.body.refund_id}/apply-abnormal-refund`, body, options);
    expect(again.body.status).toBe('PROCESSING');
    await soon();
    expect(await status(out_refund_no)).toBe('SUCCESS');
  });

  it('checks the sub-merchant, the total and unknown orders', async () => {
    const { id } = await paidOrder(bench);
    expect((await refund(id, 1, { sub_mchid: undefined })).headers.get('request-id')).toMatch(/-268443704$/);
    expect((await refund(id, 1, {}, 9999)).body.code).toBe('INVALID_REQUEST');
    expect((await refund('4200000000', 1)).body.code).toBe('RESOURCE_NOT_EXISTS');
  });

  it('sends v2 XML when the refund named no address but the platform has one', async () => {
    const listener = await openListener(() => 200);
    await bench.control('POST', '/pay/merchant', { mchid: SP, refundNotifyUrl: listener.url });
    const { id } = await paidOrder(bench);
    await refund(id, 100);
    await soon();
    await listener.close();
    expect(listener.got[0]?.text).toMatch(/^<xml><return_code>.*<req_info>/);
    await bench.control('POST', '/pay/merchant', { mchid: SP, refundNotifyUrl: '' });
  });
});

describe('the books after all that', () => {
  it('hold frozen money for orders only, and balances that equal their movements', async () => {
    const { orders } = (await bench.control('GET', '/pay/orders')).body as { orders: Order[] };
    const { movements } = (await bench.control('GET', '/pay/movements')).body as { movements: Movement[] };
    const { merchants } = (await bench.control('GET', '/pay/balances')).body;
    for (const merchant of merchants) {
      const own = orders.filter((order) => order.collector === merchant.mchid);
      expect(merchant.frozen).toBe(own.reduce((sum, order) => sum + order.held + order.reserved, 0));
      const moved = movements.filter((item) => item.mchid === merchant.mchid);
      const total = moved.reduce((sum, item) => sum + item.amount, 0);
      expect(merchant.available + merchant.frozen + merchant.unsettled + merchant.operation).toBe(total);
      expect(
        Math.min(merchant.available, merchant.frozen, merchant.unsettled, merchant.operation),
      ).toBeGreaterThanOrEqual(0);
    }
    expect(orders.length).toBeGreaterThan(3);
  });
});
