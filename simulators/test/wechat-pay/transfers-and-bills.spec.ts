import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  APPID,
  addBrand,
  authorize,
  type Bench,
  BRAND,
  GUIDE,
  number,
  openBench,
  openListener,
  paidOrder,
  SP,
  SUB,
  silence,
} from './bench.js';

const DAY = 86_400_000;
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await silence(bench);
  await addBrand(bench);
});
afterAll(() => bench.stop());

describe('transfers', () => {
  const BASE = '/v3/fund-app/mch-transfer/transfer-bills';
  const infos = [
    { info_type: '岗位类型', info_content: '导购' },
    { info_type: '报酬说明', info_content: '九月提成' },
  ];
  const create = (extra: Record<string, unknown> = {}) =>
    bench.call(
      'POST',
      BASE,
      {
        appid: APPID,
        out_bill_no: number('B'),
        transfer_scene_id: '1005',
        openid: GUIDE,
        transfer_amount: 1200,
        transfer_remark: '提成',
        transfer_scene_report_infos: infos,
        user_recv_style: { type: 'RED_PACKET' },
        ...extra,
      },
      { mchid: BRAND },
    );
  const state = (no: string) =>
    bench.call('GET', `${BASE}/out-bill-no/${no}`, undefined, { mchid: BRAND }).then((reply) => reply.body);
  const balance = async () =>
    (await bench.control('GET', '/pay/balances')).body.merchants.find((item: { mchid: string }) => item.mchid === BRAND)
      .available;

  it('refuses without money, without the reported facts, and for unknown people', async () => {
    expect((await create()).body.code).toBe('NOT_ENOUGH');
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 10_000 });
    expect((await create({ transfer_scene_report_infos: infos.slice(1) })).body.message).toBe('需传入转账场景报备信息');
    expect((await create({ openid: 'oNobody' })).body.code).toBe('PARAM_ERROR');
    expect((await create({ transfer_amount: 9 })).body.code).toBe('PARAM_ERROR');
  });

  it('waits for the person, pays after confirmation and notifies the end', async () => {
    const listener = await openListener();
    const made = await create({ notify_url: listener.url });
    expect(made.body).toMatchObject({ state: 'WAIT_USER_CONFIRM', package_info: expect.any(String) });
    expect(await balance()).toBe(8800);
    const confirmed = await bench.control('POST', '/pay/transfer-confirm', {
      package_info: made.body.package_info,
      openid: GUIDE,
    });
    expect(confirmed.body.state).toBe('TRANSFERING');
    await bench.sims.clock.advance(2000);
    expect((await state(made.body.out_bill_no)).state).toBe('SUCCESS');
    await listener.close();
    expect(JSON.parse(listener.got[0]?.text ?? '{}')).toMatchObject({
      event_type: 'MCHTRANSFER.BILL.FINISHED',
      resource: { original_type: 'mch_payment' },
    });
  });

  it('pay-33 cancels before the end and gives the money back, and expires after a day', async () => {
    const before = await balance();
    const first = await create();
    const cancelled = await bench.call('POST', `${BASE}/out-bill-no/${first.body.out_bill_no}/cancel`, undefined, {
      mchid: BRAND,
    });
    expect(cancelled.body.state).toBe('CANCELING');
    const second = await create();
    await bench.sims.clock.advance(DAY + 1000);
    expect((await state(first.body.out_bill_no)).state).toBe('CANCELLED');
    expect(await state(second.body.out_bill_no)).toMatchObject({ state: 'FAIL', fail_reason: 'OVERDUE_CLOSE' });
    expect(await balance()).toBe(before);
  });

  it('repeats the same bill under the same number and refuses another one', async () => {
    const out_bill_no = number('B');
    const first = await create({ out_bill_no });
    expect((await create({ out_bill_no })).body.transfer_bill_no).toBe(first.body.transfer_bill_no);
    expect((await create({ out_bill_no, transfer_amount: 1300 })).body.message).toBe('单号已存在，但信息不一致');
  });
});

describe('bills', () => {
  const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const download = async (url: string, mchid = SP) => {
    const path = url.slice(bench.sims.urls.pay.length);
    const headers = {
      Authorization: authorize('GET', path, '', Math.floor(bench.sims.clock.now() / 1000), mchid),
      Accept: '*/*',
      'User-Agent': 'spec',
    };
    const response = await fetch(url, { headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const read = async (path: string, mchid = SP) => {
    const answer = await bench.call('GET', path, undefined, { mchid });
    if (answer.status !== 200) throw new Error(answer.text);
    const { bytes } = await download(answer.body.download_url, mchid);
    const text = (path.includes('GZIP') ? gunzipSync(bytes) : bytes).toString('utf8');
    expect(createHash('sha1').update(text).digest('hex')).toBe(answer.body.hash_value);
    const lines = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(',').map((cell) => cell.replace(/^`/, '')));
    return { header: lines[0] ?? [], rows: lines.slice(1, -2), summary: lines.at(-1) ?? [] };
  };
  const fen = (yuan = '') => Math.round(Number(yuan) * 100);
  let day: string;
  let next: number;

  beforeAll(async () => {
    // Start in the morning of a fresh day, so that everything below falls on one business day.
    const today = Date.parse(`${dayOf(bench.sims.clock.now())}T00:00:00+08:00`);
    await bench.sims.clock.set(today + DAY + 9 * 3_600_000);
    day = dayOf(bench.sims.clock.now());
    next = today + 2 * DAY;
    const { id } = await paidOrder(bench);
    await paidOrder(bench, { amount: { total: 690, currency: 'CNY' }, settle_info: undefined, description: '围巾,红' });
    await bench.sims.clock.advance(61_000);
    const receivers = [{ type: 'MERCHANT_ID', account: BRAND, amount: 2000, description: '品牌' }];
    const split = {
      sub_mchid: SUB,
      appid: APPID,
      transaction_id: id,
      out_order_no: 'SPLIT-FOR-BILL',
      receivers,
      unfreeze_unsplit: true,
    };
    await bench.call('POST', '/v3/profitsharing/orders', split);
    await bench.sims.clock.advance(2000);
    const back = {
      sub_mchid: SUB,
      out_order_no: 'SPLIT-FOR-BILL',
      out_return_no: 'RETURN-FOR-BILL',
      return_mchid: BRAND,
      amount: 500,
      description: '退',
    };
    await bench.call('POST', '/v3/profitsharing/return-orders', back);
    const amount = { refund: 2500, total: 10_000, currency: 'CNY' };
    await bench.call('POST', '/v3/refund/domestic/refunds', {
      sub_mchid: SUB,
      transaction_id: id,
      out_refund_no: number('F'),
      amount,
    });
    await bench.sims.clock.advance(2000);
  });

  it('does not exist today and is being made until ten the next morning', async () => {
    const ask = (path: string) =>
      bench.call('GET', `${path}?bill_date=${day}`).then((reply) => [reply.status, reply.body.code]);
    expect(await ask('/v3/bill/tradebill')).toEqual([400, 'PARAM_ERROR']);
    await bench.sims.clock.set(next + 9.5 * 3_600_000);
    expect(await ask('/v3/bill/tradebill')).toEqual([400, 'STATEMENT_CREATING']);
    await bench.sims.clock.set(next + 10 * 3_600_000 + 1000);
    expect(await ask('/v3/bill/tradebill')).toEqual([200, undefined]);
  });

  it('lists payments and refunds with sums that add up', async () => {
    const bill = await read(`/v3/bill/tradebill?bill_date=${day}&tar_type=GZIP`);
    expect(bill.header.slice(0, 7)).toEqual([
      '交易时间',
      '公众账号ID',
      '商户号',
      '特约商户号',
      '设备号',
      '微信订单号',
      '商户订单号',
    ]);
    expect(bill.rows.every((row) => row.length === bill.header.length)).toBe(true);
    const column = (name: string) => bill.rows.map((row) => row[bill.header.indexOf(name)]);
    expect(column('交易状态')).toEqual(['SUCCESS', 'SUCCESS', 'REFUND']);
    expect(column('订单金额')).toEqual(['100.00', '6.90', '0.00']);
    expect(column('手续费')).toEqual(['0.60000', '0.04000', '-0.15000']);
    expect(column('商品名称')).toContain('围巾\\ 红');
    expect(bill.summary).toEqual(['3', '106.90', '25.00', '0.00', '0.49000', '106.90', '25.00']);
  });

  it('chains the balance of the fund flow from line to line', async () => {
    const bill = await read(`/v3/bill/fundflowbill?bill_date=${day}`, BRAND);
    const [kind, sum, rest] = ['收支类型', '收支金额(元)', '账户结余(元)'].map((name) => bill.header.indexOf(name)) as [
      number,
      number,
      number,
    ];
    const signed = bill.rows.map((row) => (row[kind] === '收入' ? 1 : -1) * fen(row[sum]));
    expect(signed).toEqual(expect.arrayContaining([2000, -500]));
    for (let n = 1; n < bill.rows.length; n += 1) {
      expect(fen(bill.rows[n]?.[rest])).toBe(fen(bill.rows[n - 1]?.[rest]) + (signed[n] ?? 0));
    }
  });

  it('lists splits, what was released, and returns', async () => {
    const bill = await read(`/v3/profitsharing/bills?bill_date=${day}&sub_mchid=${SUB}&tar_type=GZIP`);
    expect(bill.header).toHaveLength(13);
    const kinds = bill.rows.map((row) => [row[bill.header.indexOf('业务类型')], row[bill.header.indexOf('金额')]]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['分账', '20.00'],
        ['解冻', '79.40'],
        ['分账回退', '5.00'],
      ]),
    );
    expect(bill.summary).toEqual(['3', '20.00', '5.00']);
  });

  it('answers a day without movement, and guards the download', async () => {
    const empty = dayOf(next - 20 * DAY);
    expect((await bench.call('GET', `/v3/bill/tradebill?bill_date=${empty}`)).body.code).toBe('NO_STATEMENT_EXIST');
    const answer = await bench.call('GET', `/v3/profitsharing/bills?bill_date=${day}`);
    const foreign = await download(answer.body.download_url, BRAND);
    expect([foreign.response.status, JSON.parse(foreign.bytes.toString()).code]).toEqual([403, 'NO_AUTH']);
    expect((await download(answer.body.download_url)).response.headers.get('wechatpay-signature')).toBeNull();
    await bench.sims.clock.advance(31_000);
    expect((await download(answer.body.download_url)).response.status).toBe(400);
  });
});
