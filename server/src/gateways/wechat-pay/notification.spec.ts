import { afterEach, describe, expect, it } from '@jest/globals';
import {
  API_V3_KEY,
  NOW_MS,
  notificationBody,
  OTHER_PLATFORM_KEYS,
  PARTNER_PAYMENT,
  platformHeaders,
  testAccount,
  testClock,
} from '../testing/fake-wechat-pay.js';
import { LocalVendor } from '../testing/local-vendor.js';
import { isQuietFault, NOTIFICATION_STATUS, type VerifiedNotification } from './notification.js';
import { routeNotification } from './notification-router.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';

const verify = (gateway: WechatPayGateway, raw: string, headers: Record<string, string>) =>
  gateway.verifyNotification(headers, Buffer.from(raw));

describe('verifying a callback', () => {
  let vendor: LocalVendor | null = null;
  afterEach(async () => {
    await vendor?.stop();
    vendor = null;
  });

  it('opens a rightful one and reads it as a payment in fen and milliseconds', async () => {
    const raw = notificationBody({ resource: PARTNER_PAYMENT });
    const verified = await verify(new WechatPayGateway(testAccount(), testClock()), raw, platformHeaders(raw));
    expect(verified).toMatchObject({ ok: true, createdAtMs: NOW_MS });
    expect(routeNotification(verified as VerifiedNotification)).toMatchObject({
      kind: 'PAYMENT',
      payment: {
        mchid: '1900000100',
        subMchid: '1600000001',
        total: 100,
        noncash: 7,
        paidAtMs: NOW_MS - 2000,
        openid: 'oA1',
      },
    });
  });

  it('pay-08 refuses a forged signature and a changed body', async () => {
    const gateway = new WechatPayGateway(testAccount(), testClock());
    const raw = notificationBody({ resource: PARTNER_PAYMENT });
    const forged = platformHeaders(raw, { privateKey: OTHER_PLATFORM_KEYS.privateKey });
    expect(await verify(gateway, raw, forged)).toMatchObject({ reason: 'BAD_SIGNATURE' });
    expect(await verify(gateway, `${raw} `, platformHeaders(raw))).toMatchObject({ reason: 'BAD_SIGNATURE' });
    expect(await verify(gateway, raw, {})).toMatchObject({ reason: 'MALFORMED', legacyXml: false });
  });

  it('pay-09 refuses a SIGNTEST probe quietly, and takes the resend', async () => {
    const gateway = new WechatPayGateway(testAccount(), testClock());
    const raw = notificationBody({ resource: PARTNER_PAYMENT });
    const probe = { ...platformHeaders(raw), 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abcdef' };
    expect(await verify(gateway, raw, probe)).toMatchObject({ ok: false, reason: 'SIGNTEST' });
    expect(NOTIFICATION_STATUS.SIGNTEST).toBe(401);
    expect(isQuietFault('SIGNTEST')).toBe(true);
    expect(isQuietFault('BAD_SIGNATURE')).toBe(false);
    expect(await verify(gateway, raw, platformHeaders(raw))).toMatchObject({ ok: true });
  });

  it('pay-10 refuses a stale or future message beyond 300 s and the same message twice', async () => {
    const gateway = new WechatPayGateway(testAccount(), testClock());
    const raw = notificationBody({ resource: PARTNER_PAYMENT });
    for (const shift of [-301_000, 301_000])
      expect(await verify(gateway, raw, platformHeaders(raw, { atMs: NOW_MS + shift }))).toMatchObject({
        reason: 'STALE',
      });
    const headers = platformHeaders(raw, { atMs: NOW_MS - 300_000 });
    expect(await verify(gateway, raw, headers)).toMatchObject({ ok: true });
    expect(await verify(gateway, raw, headers)).toMatchObject({ reason: 'REPLAY' });
    expect(await verify(gateway, raw, platformHeaders(raw))).toMatchObject({ ok: true });
  });

  it('pay-12 holds a public key and a certificate side by side, and asks for unknown ones once a minute at most', async () => {
    vendor = new LocalVendor();
    const baseUrl = await vendor.start();
    const clock = testClock();
    const certificateSerial = 'A1'.repeat(20);
    const base = testAccount();
    const platformKeys = { ...base.platformKeys, [certificateSerial]: OTHER_PLATFORM_KEYS.publicKey };
    const gateway = new WechatPayGateway(testAccount({ baseUrl, platformKeys }), clock);
    const raw = notificationBody({ resource: PARTNER_PAYMENT });
    const byCertificate = { serial: certificateSerial, privateKey: OTHER_PLATFORM_KEYS.privateKey };
    expect(await verify(gateway, raw, platformHeaders(raw))).toMatchObject({ ok: true });
    expect(await verify(gateway, raw, platformHeaders(raw, byCertificate))).toMatchObject({ ok: true });
    const strange = () => verify(gateway, raw, platformHeaders(raw, { serial: 'B2'.repeat(20) }));
    const refusals = await Promise.all([strange(), strange(), strange()]);
    expect(refusals.every((one) => !one.ok && one.reason === 'UNKNOWN_KEY')).toBe(true);
    await strange();
    expect(vendor.count('/v3/certificates')).toBe(1);
    clock.advance(60_000);
    await strange();
    expect(vendor.count('/v3/certificates')).toBe(2);
    await verify(gateway, raw, platformHeaders(raw, { serial: 'PUB_KEY_ID_9', atMs: clock.now() }));
    expect(vendor.count('/v3/certificates')).toBe(2);
    expect(NOTIFICATION_STATUS.UNKNOWN_KEY).toBe(500);
  });

  it('pay-13 opens with the previous APIv3 key, and answers 5xx when no key fits so that WeChat repeats', async () => {
    const old = 'o'.repeat(32);
    const raw = notificationBody({ resource: PARTNER_PAYMENT, key: old });
    const both = new WechatPayGateway(testAccount({ apiV3Keys: [API_V3_KEY, old] }), testClock());
    expect(await verify(both, raw, platformHeaders(raw))).toMatchObject({ ok: true });
    const current = new WechatPayGateway(testAccount(), testClock());
    expect(await verify(current, raw, platformHeaders(raw))).toMatchObject({ reason: 'BAD_CIPHERTEXT' });
    expect(NOTIFICATION_STATUS.BAD_CIPHERTEXT).toBe(500);
  });

  it('pay-18 recognises the old XML of a refund made by hand instead of failing on it', async () => {
    const gateway = new WechatPayGateway(testAccount(), testClock());
    expect(await verify(gateway, '<xml><return_code>SUCCESS</return_code></xml>', {})).toEqual({
      ok: false,
      reason: 'MALFORMED',
      legacyXml: true,
    });
  });
});

const verified = (
  eventType: string,
  originalType: string,
  summary: string,
  resource: object,
): VerifiedNotification => ({
  ok: true,
  id: 'EV-1',
  createdAtMs: null,
  eventType,
  originalType,
  summary,
  resource: resource as Record<string, unknown>,
});

describe('routing a callback', () => {
  const notice = {
    sp_mchid: '1900000100',
    sub_mchid: '1600000001',
    transaction_id: '4200000001',
    order_id: '3008',
    out_order_no: 'P1',
    receiver: { type: 'MERCHANT_ID', account: '1900000200', amount: 30, description: '品牌分成' },
    success_time: '2026-11-22T10:00:00+08:00',
  };

  it.each([
    ['TRANSACTION.SUCCESS', 'profitsharing', '分账', 'SPLIT'],
    ['TRANSACTION.SUCCESS', 'profitsharing', '分账回退', 'SPLIT_RETURN'],
    ['TRANSACTION.SUCCESS', 'transaction', '分账', 'SPLIT'],
    ['PROFITSHARING.SUCCESS', 'profitsharing', '分账', 'SPLIT'],
    ['PROFITSHARING.RETURN', 'profitsharing', '', 'SPLIT_RETURN'],
  ])('reads %s of %s (%s) as %s, never as a payment', (eventType, originalType, summary, kind) => {
    expect(routeNotification(verified(eventType, originalType, summary, notice))).toMatchObject({
      kind,
      notice: { outOrderNo: 'P1', receiver: { amount: 30 } },
    });
  });

  it('reads refunds by refund_status, transfers, echoes and advice', () => {
    const refund = {
      mchid: '1900000200',
      out_trade_no: 'T1',
      out_refund_no: 'R1',
      refund_id: '5000',
      refund_status: 'ABNORMAL',
      amount: { total: 100, refund: 40, payer_total: 100, payer_refund: 40 },
    };
    expect(routeNotification(verified('REFUND.ABNORMAL', 'refund', '退款异常', refund))).toMatchObject({
      kind: 'REFUND',
      refund: { status: 'ABNORMAL', refund: 40 },
    });
    const bill = { out_bill_no: 'B1', transfer_bill_no: '13', state: 'SUCCESS', transfer_amount: 100 };
    expect(routeNotification(verified('MCHTRANSFER.BILL.FINISHED', 'mch_payment', '', bill)).kind).toBe('TRANSFER');
    expect(routeNotification(verified('SECURITY_ECHO.SUCCESS', 'security', '', {})).kind).toBe('ECHO');
    expect(routeNotification(verified('VIOLATION.PUNISH', 'x', '', {})).kind).toBe('ADVISORY');
    expect(routeNotification(verified('COUPON.USE', 'coupon', '', {})).kind).toBe('UNKNOWN');
    expect(routeNotification(verified('TRANSACTION.SUCCESS', 'transaction', '支付成功', notice)).kind).toBe(
      'UNREADABLE',
    );
  });
});
