import { createHash, createVerify, privateDecrypt } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fen } from '@shuke/shared/kernel';
import Pay from 'wechatpay-node-v3';
import { insideTransaction } from '../../platform/database/transaction-context.js';
import {
  MERCHANT_KEYS,
  NOW_MS,
  OTHER_PLATFORM_KEYS,
  PARTNER_PAYMENT,
  PLATFORM_KEYS,
  PUB_KEY_ID,
  platformHeaders,
  requestIsSigned,
  testAccount,
  testClock,
} from '../testing/fake-wechat-pay.js';
import { LocalVendor, type VendorAnswer } from '../testing/local-vendor.js';
import { RequestSigner } from './request-signer.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';

const vendor = new LocalVendor();
let gateway: WechatPayGateway;

/** A 2xx as the platform signs it. */
const signed = (body: object | null, status = 200, options = {}): VendorAnswer => {
  const text = body === null ? '' : JSON.stringify(body);
  return { status, headers: { ...platformHeaders(text, options), 'request-id': 'abc-0' }, body: text };
};
const refusal = (status: number, code: string, message = ''): VendorAnswer => ({
  status,
  headers: { 'request-id': 'abc-268512771' },
  body: JSON.stringify({ code, message }),
});

beforeEach(async () => {
  vendor.seen.length = 0;
  gateway = new WechatPayGateway(testAccount({ baseUrl: await vendor.start() }), testClock());
});
afterEach(() => vendor.stop());

const order = {
  appid: 'wx5d2c7e9a1b3f4860',
  subMchid: '1600000001',
  openid: 'oA1',
  outTradeNo: 'T2026112200001',
  description: '羽绒服',
  total: fen(100),
  profitSharing: true,
  expiresAtMs: NOW_MS + 7_200_000,
};
const split = { outOrderNo: 'P1', transactionId: '42', subMchid: '1600000001' };

describe('ordering', () => {
  it('builds the partner body with fen, a callback address per account and the payer under the right appid', () => {
    expect(gateway.payments.buildJsapiOrder(order)).toEqual({
      sp_appid: 'wx5d2c7e9a1b3f4860',
      sp_mchid: '1900000100',
      sub_mchid: '1600000001',
      description: '羽绒服',
      out_trade_no: 'T2026112200001',
      time_expire: '2026-11-22T12:00:00+08:00',
      settle_info: { profit_sharing: true },
      amount: { total: 100, currency: 'CNY' },
      notify_url: 'https://mall.example.com/wxpay/notify/acc1/pay',
      payer: { sp_openid: 'oA1' },
    });
    expect(gateway.payments.buildJsapiOrder({ ...order, subAppid: 'wx9' })['payer']).toEqual({ sub_openid: 'oA1' });
    expect(() => gateway.payments.buildJsapiOrder({ ...order, total: fen(0) })).toThrow(RangeError);
    expect(() => gateway.payments.buildJsapiOrder({ ...order, subMchid: undefined })).toThrow(TypeError);
  });

  it('pay-06 pay-07 sends the stored body byte for byte and signs what it sends', async () => {
    vendor.respond = () => signed({ prepay_id: 'wx20' });
    const body = gateway.payments.buildJsapiOrder(order);
    const stored = JSON.parse(JSON.stringify(body)) as typeof body;
    expect(await gateway.payments.placeJsapiOrder(body)).toMatchObject({ kind: 'ok', data: { prepayId: 'wx20' } });
    await gateway.payments.placeJsapiOrder(stored);
    const [first, second] = vendor.seen;
    expect(second!.body).toBe(first!.body);
    expect(first!.headers['wechatpay-serial']).toBe(PUB_KEY_ID);
    for (const seen of vendor.seen)
      expect(requestIsSigned('POST', seen.path, seen.body, String(seen.headers.authorization))).toBe(true);
  });

  it('signs the parameters of the mini-program over four lines', async () => {
    const params = await gateway.payments.payParams('wx20', 'wx9');
    const text = `wx9\n${params.timeStamp}\n${params.nonceStr}\nprepay_id=wx20\n`;
    const valid = createVerify('RSA-SHA256').update(text).verify(MERCHANT_KEYS.publicKey, params.paySign, 'base64');
    expect(valid).toBe(true);
    expect(params).toMatchObject({ package: 'prepay_id=wx20', signType: 'RSA', timeStamp: String(NOW_MS / 1000) });
  });

  it('closes with a signed empty answer and reads a payment by number', async () => {
    vendor.respond = (request) => (request.method === 'POST' ? signed(null, 204) : signed(PARTNER_PAYMENT));
    expect(await gateway.payments.close(order)).toMatchObject({ kind: 'ok', data: null });
    expect(await gateway.payments.queryByOutTradeNo(order)).toMatchObject({ kind: 'ok', data: { total: 100 } });
    expect(vendor.seen[1]!.path).toBe(
      '/v3/pay/partner/transactions/out-trade-no/T2026112200001?sp_mchid=1900000100&sub_mchid=1600000001',
    );
  });
});

describe('the three outcomes', () => {
  const ask = () => gateway.payments.queryByOutTradeNo(order);

  it('a 4xx is refused, with code, message and request id', async () => {
    vendor.respond = () => refusal(404, 'ORDER_NOT_EXIST', '订单不存在');
    expect(await ask()).toEqual({
      kind: 'refused',
      status: 404,
      code: 'ORDER_NOT_EXIST',
      message: '订单不存在',
      requestId: 'abc-268512771',
    });
  });

  it.each([
    ['RATE_LIMITED', () => refusal(429, 'FREQUENCY_LIMITED')],
    ['SERVER_ERROR', () => refusal(500, 'SYSTEM_ERROR')],
    ['TIMEOUT', () => ({ silent: true })],
    ['ACCEPTED', () => signed({}, 202)],
    ['BAD_SIGNATURE', () => ({ status: 200, body: JSON.stringify(PARTNER_PAYMENT) })],
    ['BAD_SIGNATURE', () => signed(PARTNER_PAYMENT, 200, { privateKey: OTHER_PLATFORM_KEYS.privateKey })],
    ['STALE', () => signed(PARTNER_PAYMENT, 200, { atMs: NOW_MS - 400_000 })],
    ['UNKNOWN_KEY', () => signed(PARTNER_PAYMENT, 200, { serial: 'PUB_KEY_ID_9' })],
    ['MALFORMED', () => signed({ trade_state: 'SUCCESS' })],
  ])('pay-14 pay-19 %s is unknown, so that the caller queries, and nothing is sent twice', async (why, answer) => {
    vendor.respond = answer;
    expect(await ask()).toMatchObject({ kind: 'unknown', why });
    expect(vendor.seen.length).toBe(1);
  });

  it('pay-09 a SIGNTEST answer to a money call is unknown: it may have taken effect', async () => {
    const answer = signed({ prepay_id: 'wx20' });
    answer.headers!['wechatpay-signature'] = 'WECHATPAY/SIGNTEST/x';
    vendor.respond = () => answer;
    const body = gateway.payments.buildJsapiOrder(order);
    expect(await gateway.payments.placeJsapiOrder(body)).toMatchObject({ kind: 'unknown', why: 'SIGNTEST' });
  });

  it('pay-11 a refused signature is logged with the clock difference of the Date header', async () => {
    const logged: unknown[] = [];
    const logger = { info: () => {}, warn: () => {}, error: (_: string, facts: unknown) => void logged.push(facts) };
    const date = new Date(NOW_MS + 600_000).toUTCString();
    vendor.respond = () => ({ ...refusal(401, 'SIGN_ERROR', '时间不得超过5分钟'), headers: { date } });
    const logging = new WechatPayGateway(gateway.account, testClock(), logger);
    expect(await logging.payments.queryByOutTradeNo(order)).toMatchObject({ kind: 'refused', code: 'SIGN_ERROR' });
    expect(logged[0]).toMatchObject({ skewMs: -600_000 });
  });

  it('a call inside a transaction is refused before anything is sent', async () => {
    await expect(insideTransaction('test', ask)).rejects.toThrow(
      'wechat-pay was called inside the transaction of test',
    );
    expect(vendor.seen.length).toBe(0);
  });
});

describe('profit sharing, refunds and transfers', () => {
  it('pay-20 reads every receiver on its own and marks the released row', async () => {
    const row = (over: object) => ({
      type: 'MERCHANT_ID',
      account: '1900000200',
      amount: 5,
      description: '品牌',
      ...over,
    });
    vendor.respond = () =>
      signed({
        sub_mchid: '1600000001',
        transaction_id: '42',
        out_order_no: 'P1',
        order_id: '30',
        state: 'FINISHED',
        receivers: [
          row({ result: 'SUCCESS', detail_id: 'D1', finish_time: '2026-11-22T10:00:00+08:00' }),
          row({ type: 'PERSONAL_SUB_OPENID', account: 'oG', result: 'CLOSED', fail_reason: 'NO_RELATION' }),
          row({ account: '1600000001', amount: 90, description: '解冻给分账方', result: 'SUCCESS' }),
        ],
      });
    const result = await gateway.sharing.querySplit(split);
    if (result.kind !== 'ok') throw new Error('expected ok');
    expect(result.data.receivers.map((one) => [one.result, one.failReason, one.released, one.finishedAtMs])).toEqual([
      ['SUCCESS', null, false, NOW_MS],
      ['CLOSED', 'NO_RELATION', false, null],
      ['SUCCESS', null, true, null],
    ]);
    expect(vendor.seen[0]!.path).toBe('/v3/profitsharing/orders/P1?sub_mchid=1600000001&transaction_id=42');
  });

  it('refuses a split with a receiver twice, nobody, or nothing', () => {
    const receiver = { type: 'MERCHANT_ID' as const, account: '1', amount: fen(1), description: 'x' };
    const build = (receivers: Array<typeof receiver>) =>
      gateway.sharing.buildSplit({ ...split, receivers, unfreezeRest: false });
    expect(() => build([receiver, receiver])).toThrow('only once');
    expect(() => build([])).toThrow(RangeError);
    expect(() => build([{ ...receiver, amount: fen(0) }])).toThrow(RangeError);
    expect(build([receiver])).toMatchObject({ unfreeze_unsplit: false, receivers: [{ amount: 1 }] });
  });

  it('encrypts a receiver name with the platform key and says which key it was', async () => {
    vendor.respond = () => signed({});
    const receiver = { subMchid: '1600000001', appid: 'wx1', type: 'MERCHANT_ID' as const, account: '1900000200' };
    await gateway.sharing.addReceiver({ ...receiver, name: '熟客服饰有限公司', relation: 'HEADQUARTER' });
    const { name } = JSON.parse(vendor.seen[0]!.body) as { name: string };
    const key = { key: PLATFORM_KEYS.privateKey, oaepHash: 'sha1' };
    expect(privateDecrypt(key, Buffer.from(name, 'base64')).toString()).toBe('熟客服饰有限公司');
    expect(vendor.seen[0]!.headers['wechatpay-serial']).toBe(PUB_KEY_ID);
  });

  it('reads ratio, rest, return, refund and transfer in our units', async () => {
    const answers: Record<string, object> = {
      'merchant-configs': { sub_mchid: '1600000001', max_ratio: 3000 },
      amounts: { transaction_id: '42', unsplit_amount: 70 },
      'return-orders': { out_return_no: 'B1', return_mchid: '19', amount: 5, result: 'PROCESSING' },
      refunds: {
        refund_id: '50',
        out_refund_no: 'R1',
        out_trade_no: 'T1',
        status: 'PROCESSING',
        amount: { total: 100, refund: 40, payer_refund: 40 },
      },
      'transfer-bills': { out_bill_no: 'B1', state: 'WAIT_USER_CONFIRM', package_info: 'pkg' },
    };
    vendor.respond = ({ path }) => signed(Object.entries(answers).find(([part]) => path.includes(part))![1]);
    expect(await gateway.sharing.merchantConfig('1600000001')).toMatchObject({ data: { maxRatio: 3000 } });
    expect(await gateway.sharing.amounts('42')).toMatchObject({ data: { unsplit: 70 } });
    const back = { ...split, outReturnNo: 'B1', returnMchid: '19', amount: fen(5), description: '退货' };
    expect(await gateway.sharing.returnShare(gateway.sharing.buildReturn(back))).toMatchObject({ data: { amount: 5 } });
    const refund = { subMchid: '1600000001', transactionId: '42', outRefundNo: 'R1', refund: fen(40), total: fen(100) };
    const body = gateway.refunds.buildRefund(refund);
    expect(await gateway.refunds.refund(body)).toMatchObject({ data: { status: 'PROCESSING', refund: 40 } });
    expect(await gateway.transfers.cancel('B1')).toMatchObject({ data: { packageInfo: 'pkg' } });
    const cancel = vendor.seen.at(-1)!;
    expect(requestIsSigned('POST', cancel.path, '', String(cancel.headers.authorization))).toBe(true);
  });
});

describe('bills', () => {
  const content = '记账时间\n';
  const offer = (hash: string, base: string) => ({
    hash_type: 'SHA1',
    hash_value: hash,
    download_url: `${base}/v3/file?token=a`,
  });
  const sha1 = (data: string | Buffer) => createHash('sha1').update(data).digest('hex');

  it.each([
    ['PLAIN', sha1(content)],
    ['GZIP', sha1(gzipSync(content))],
  ])('pay-37 unpacks a file whose hash covers the %s bytes', async (hashOver, hash) => {
    const base = gateway.account.baseUrl;
    vendor.respond = ({ path }) =>
      path.startsWith('/v3/file') ? { body: gzipSync(content) } : signed(offer(hash, base));
    const result = await gateway.bills.fundFlowBill('2026-11-21');
    expect(result).toMatchObject({ kind: 'ok', data: { state: 'READY', content, hashOver } });
    const download = vendor.seen[1]!;
    expect(requestIsSigned('GET', '/v3/file?token=a', '', String(download.headers.authorization))).toBe(true);
  });

  it('pay-37 tells an empty day, a bill in the making, a wrong hash and a foreign address apart', async () => {
    const base = gateway.account.baseUrl;
    vendor.respond = () => refusal(400, 'NO_STATEMENT_EXIST');
    expect(await gateway.bills.tradeBill('2026-11-21')).toMatchObject({ data: { state: 'EMPTY' } });
    vendor.respond = () => refusal(400, 'INVALID_REQUEST', '请求的账单正在生成中，请稍后再试');
    expect(await gateway.bills.splitBill('2026-11-21')).toMatchObject({ data: { state: 'CREATING' } });
    vendor.respond = ({ path }) => (path.startsWith('/v3/file') ? { body: content } : signed(offer('00', base)));
    expect(await gateway.bills.tradeBill('2026-11-21')).toMatchObject({ data: { state: 'HASH_MISMATCH' } });
    vendor.respond = () => signed(offer('00', 'https://evil.example.com'));
    expect(await gateway.bills.tradeBill('2026-11-21')).toMatchObject({ kind: 'unknown', why: 'MALFORMED' });
  });
});

describe('the package and our signer', () => {
  it('agree on ordinary requests; ours also signs a POST without body', async () => {
    const signer = new RequestSigner(testAccount(), testClock());
    const field = (header: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)![1]!;
    const header = await signer.authorization('POST', '/v3/x', '{"a":1}');
    const certificate = Buffer.from('unused');
    const pay = new Pay({
      appid: 'a',
      mchid: 'm',
      serial_no: 's',
      publicKey: certificate,
      privateKey: Buffer.from(MERCHANT_KEYS.privateKey),
    });
    const theirs = pay.getSignature('POST', field(header, 'nonce_str'), field(header, 'timestamp'), '/v3/x', '{"a":1}');
    expect(field(header, 'signature')).toBe(theirs);
    expect(requestIsSigned('POST', '/v3/x', '', await signer.authorization('POST', '/v3/x', ''))).toBe(true);
  });
});
