import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Pay from 'wechatpay-node-v3';
import { ManualClock } from '../../platform/clock/clock.js';
import {
  API_V3_KEY,
  notificationBody,
  PARTNER_PAYMENT,
  platformHeaders,
  seal,
  testAccount,
  testClock,
} from '../testing/fake-wechat-pay.js';
import { openResource } from './aead.js';
import { signatureFault, signatureHeaders } from './signature-check.js';
import { WechatPayGateway } from './wechat-pay.gateway.js';

const vector = JSON.parse(
  readFileSync(new URL('../test-vectors/wechatpay_notify_v3.json', import.meta.url), 'utf8'),
) as {
  apiV3Key: string;
  platformCertificatePem: string;
  now: number;
  headers: Record<string, string>;
  body: string;
  expectedPlaintext: string;
};

/** Flips bits so that {"amount":100} becomes {"amount":900} without knowing the key. */
function tamper(sealed: ReturnType<typeof seal>, plain: string) {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const at = plain.indexOf('100');
  bytes[at] = bytes[at]! ^ '1'.charCodeAt(0) ^ '9'.charCodeAt(0);
  return { ...sealed, ciphertext: bytes.toString('base64') };
}

describe('a callback whose ciphertext was changed', () => {
  const plain = '{"amount":{"total":100}}';
  const sealed = seal(plain, 'transaction');
  const forged = tamper(sealed, plain);

  it('pay-08 is read as 900 fen by the package and refused by ours', () => {
    const pay = new Pay({
      appid: 'wx1',
      mchid: '1',
      serial_no: '1',
      publicKey: Buffer.from('1'),
      privateKey: Buffer.from('1'),
    });
    const believed = pay.decipher_gcm(forged.ciphertext, 'transaction', forged.nonce, API_V3_KEY);
    expect(believed).toEqual({ amount: { total: 900 } });
    expect(openResource(forged, [API_V3_KEY])).toBeNull();
    expect(openResource(sealed, [API_V3_KEY])).toBe(plain);
  });

  it('pay-08 is refused when the associated data differs, which the package lets pass', () => {
    const pay = new Pay({
      appid: 'wx1',
      mchid: '1',
      serial_no: '1',
      publicKey: Buffer.from('1'),
      privateKey: Buffer.from('1'),
    });
    expect(pay.decipher_gcm(sealed.ciphertext, 'refund', sealed.nonce, API_V3_KEY)).toEqual({ amount: { total: 100 } });
    expect(openResource({ ...sealed, associated_data: 'refund' }, [API_V3_KEY])).toBeNull();
  });

  it('is refused as BAD_CIPHERTEXT even when the envelope is signed rightly', async () => {
    const body = JSON.parse(notificationBody({ resource: PARTNER_PAYMENT })) as { resource: { ciphertext: string } };
    const bytes = Buffer.from(body.resource.ciphertext, 'base64');
    bytes[5] = bytes[5]! ^ 1;
    body.resource.ciphertext = bytes.toString('base64');
    const raw = JSON.stringify(body);
    const gateway = new WechatPayGateway(testAccount(), testClock());
    expect(await gateway.verifyNotification(platformHeaders(raw), Buffer.from(raw))).toMatchObject({
      ok: false,
      reason: 'BAD_CIPHERTEXT',
    });
  });
});

describe('the vendor vector', () => {
  it('is verified with its certificate and opened to its plain text', () => {
    const headers = signatureHeaders(vector.headers)!;
    const pem = new X509Certificate(vector.platformCertificatePem).publicKey.export({ type: 'spki', format: 'pem' });
    const raw = Buffer.from(vector.body);
    expect(signatureFault(headers, raw, pem as string, vector.now * 1000)).toBeNull();
    expect(signatureFault(headers, raw, vector.platformCertificatePem, vector.now * 1000)).toBeNull();
    expect(signatureFault(headers, Buffer.from(`${vector.body} `), pem as string, vector.now * 1000)).toBe(
      'BAD_SIGNATURE',
    );
    const { resource } = JSON.parse(vector.body) as {
      resource: { ciphertext: string; nonce: string; associated_data: string };
    };
    expect(openResource(resource, [vector.apiV3Key])).toBe(vector.expectedPlaintext);
  });

  it('passes the whole gateway', async () => {
    const account = testAccount({
      apiV3Keys: [vector.apiV3Key],
      platformKeys: { [vector.headers['Wechatpay-Serial']!]: vector.platformCertificatePem },
      publicKeyId: null,
    });
    const gateway = new WechatPayGateway(account, new ManualClock(vector.now * 1000));
    expect(await gateway.verifyNotification(vector.headers, Buffer.from(vector.body))).toMatchObject({
      ok: true,
      eventType: 'PAYSCORE.USER_OPEN_SERVICE',
      originalType: 'payscore',
      resource: { mchid: '1234567890' },
    });
  });
});
