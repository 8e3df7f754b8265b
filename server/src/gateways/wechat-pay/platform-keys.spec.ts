import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  notificationBody,
  OTHER_PLATFORM_KEYS,
  PARTNER_PAYMENT,
  platformHeaders,
  seal,
  testAccount,
  testClock,
} from '../testing/fake-wechat-pay.js';
import { LocalVendor } from '../testing/local-vendor.js';
import {
  TEST_CERTIFICATE_KEY_PEM,
  TEST_CERTIFICATE_PEM,
  TEST_CERTIFICATE_SERIAL,
} from '../testing/platform-certificate.js';
import { SILENT_LOGGER } from '../transport/index.js';
import { PlatformKeys } from './platform-keys.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';

const vendor = new LocalVendor();
const byCertificate = { serial: TEST_CERTIFICATE_SERIAL, privateKey: TEST_CERTIFICATE_KEY_PEM };
const list = JSON.stringify({
  data: [
    {
      serial_no: TEST_CERTIFICATE_SERIAL,
      effective_time: '2026-01-01T00:00:00+08:00',
      expire_time: '2031-01-01T00:00:00+08:00',
      encrypt_certificate: seal(TEST_CERTIFICATE_PEM, 'certificate'),
    },
  ],
});
let gateway: WechatPayGateway;

beforeEach(async () => {
  vendor.seen.length = 0;
  const account = testAccount({ baseUrl: await vendor.start(), platformKeys: {}, publicKeyId: null });
  gateway = new WechatPayGateway(account, testClock());
});
afterEach(() => vendor.stop());

const callback = async () => {
  const raw = notificationBody({ resource: PARTNER_PAYMENT });
  return gateway.verifyNotification(platformHeaders(raw, byCertificate), Buffer.from(raw));
};

describe('an account that lives on platform certificates', () => {
  it('pay-12 learns a new certificate from the callback that it signed, with one download for many', async () => {
    vendor.respond = () => ({ headers: platformHeaders(list, byCertificate), body: list });
    const outcomes = await Promise.all([callback(), callback(), callback()]);
    expect(outcomes.every((one) => one.ok)).toBe(true);
    expect(vendor.count('/v3/certificates')).toBe(1);
  });

  it('asks for answers signed with the certificate it holds', async () => {
    vendor.respond = ({ path }) => {
      const body = path === '/v3/certificates' ? list : JSON.stringify({ echo_message: 'hi' });
      return { headers: platformHeaders(body, byCertificate), body };
    };
    await gateway.refreshCertificates();
    expect(await gateway.echo('hi')).toMatchObject({ kind: 'ok', data: { echoed: 'hi' } });
    expect(vendor.seen.at(-1)!.headers['wechatpay-serial']).toBe(TEST_CERTIFICATE_SERIAL);
  });

  it('takes no certificate from a list that somebody else signed', async () => {
    const forged = { ...byCertificate, privateKey: OTHER_PLATFORM_KEYS.privateKey };
    vendor.respond = () => ({ headers: platformHeaders(list, forged), body: list });
    expect(await callback()).toMatchObject({ ok: false, reason: 'UNKNOWN_KEY' });
  });
});

describe('how often certificates are asked for', () => {
  it('is once a minute at most, and never later because the clock was moved back', async () => {
    const clock = testClock();
    let downloads = 0;
    const keys = new PlatformKeys(testAccount({ platformKeys: {} }), clock, SILENT_LOGGER, async () => {
      downloads += 1;
      return [];
    });
    await keys.find('5157F09EFDC096DE');
    await keys.find('5157F09EFDC096DE');
    expect(downloads).toBe(1);
    clock.set(clock.now() - 86_400_000);
    await keys.find('5157F09EFDC096DE');
    expect(downloads).toBe(2);
  });
});
