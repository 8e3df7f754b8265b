import { createDecipheriv, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { verifyText } from '../../src/wechat-pay/signing.js';
import {
  APPID,
  type Bench,
  jsapiBody,
  merchantKeys,
  openBench,
  payPublicKeyId,
  payPublicKeyPem,
  platformCertificate,
  SP,
  SUB,
  seal,
  wellSigned,
} from './bench.js';

const vector = JSON.parse(readFileSync(new URL('../vectors/wechatpay-notify-v3.json', import.meta.url), 'utf8'));

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());

describe('published vector', () => {
  it('verifies the notification signature of the official Go SDK', () => {
    const key = new X509Certificate(vector.platformCertificatePem).publicKey
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const { headers, body } = vector;
    const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`;
    expect(verifyText(text, key, headers['Wechatpay-Signature'])).toBe(true);
    expect(verifyText(text.replace('2021', '2022'), key, headers['Wechatpay-Signature'])).toBe(false);
  });

  it('lays out a resource as the vector does: tag at the end, associated data beside', () => {
    const { resource } = JSON.parse(vector.body);
    const bytes = Buffer.from(resource.ciphertext, 'base64');
    const opener = createDecipheriv('aes-128-gcm', vector.apiV3Key, resource.nonce);
    opener.setAAD(Buffer.from(resource.associated_data));
    opener.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([opener.update(bytes.subarray(0, -16)), opener.final()]).toString();
    expect(plain).toBe(vector.expectedPlaintext);
  });
});

/** The client builds its paths at run time, so its types know only that a step may be there. */
function place(client: Wechatpay, body: unknown, config?: object): Promise<{ data: { prepay_id: string } }> {
  const endpoint = client.v3?.pay?.partner?.transactions?.jsapi;
  if (!endpoint) throw new Error('the client built no endpoint');
  return endpoint.post(body as object, config);
}

describe('an independent client', () => {
  const client = (certs: Record<string, string>) =>
    new Wechatpay({
      mchid: SP,
      serial: merchantKeys[SP]?.serial ?? '',
      privateKey: merchantKeys[SP]?.privateKeyPem ?? '',
      certs,
      baseURL: bench.sims.urls.pay,
    });

  it('signs an order and accepts the signed answer in pay public key mode', async () => {
    const pay = client({ [payPublicKeyId]: payPublicKeyPem() });
    const { data } = await place(pay, jsapiBody(), {
      headers: { 'Wechatpay-Serial': payPublicKeyId },
    });
    expect(data.prepay_id).toMatch(/^wx/);
  });

  it('accepts an answer signed by the platform certificate it asked for', async () => {
    const { serial, certPem } = platformCertificate ?? { serial: '', certPem: '' };
    const pay = client({ [serial]: certPem });
    const { data } = await place(pay, jsapiBody(), {
      headers: { 'Wechatpay-Serial': serial },
    });
    expect(data.prepay_id).toMatch(/^wx/);
  });

  it('opens the platform certificate list', async () => {
    const reply = await bench.call('GET', '/v3/certificates');
    const [first] = reply.body.data;
    const { ciphertext, nonce, associated_data: aad } = first.encrypt_certificate;
    const pem = Aes.AesGcm.decrypt(ciphertext, 'k'.repeat(32), nonce, aad);
    expect(new X509Certificate(pem).serialNumber).toBe(first.serial_no);
    expect(createPublicKey(pem).asymmetricKeyType).toBe('rsa');
  });

  it('rejects a SIGNTEST answer and a tampered answer', async () => {
    const pay = client({ [payPublicKeyId]: payPublicKeyPem() });
    for (const kind of ['signtest', 'tampered', 'bad-signature', 'expired-certificate'] as const) {
      bench.sims.core.faults.add({ target: 'pay', path: 'jsapi$', kind });
      await expect(place(pay, jsapiBody())).rejects.toMatchObject({
        code: expect.stringMatching(/^EV3_RES_HEADER/),
      });
    }
  });

  it('makes a paySign of the documented four lines that the client check accepts', async () => {
    const placed = await bench.call('POST', '/v3/pay/partner/transactions/jsapi', jsapiBody());
    const sheet = {
      appId: APPID,
      timeStamp: '1554208460',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      package: `prepay_id=${placed.body.prepay_id}`,
    };
    const key = merchantKeys[SP]?.privateKeyPem ?? '';
    const paySign = Rsa.sign(Formatter.joinedByLineFeed(...Object.values(sheet)), key);
    const check = (body: unknown) => bench.control('POST', '/pay/verify-pay-sign', body).then((reply) => reply.body);
    expect(await check({ ...sheet, signType: 'RSA', paySign })).toEqual({ ok: true });
    expect(await check({ ...sheet, signType: 'MD5', paySign })).toMatchObject({ ok: false });
    expect(await check({ ...sheet, nonceStr: 'other', signType: 'RSA', paySign })).toEqual({
      ok: false,
      reason: '支付验证签名失败',
    });
  });
});

describe('error bodies of the live service', () => {
  const certificates = '/v3/certificates';
  const order = '/v3/pay/transactions/out-trade-no/x?mchid=1';

  it('answers a missing Authorization differently on order and other paths', async () => {
    const other = await bench.call('GET', certificates, undefined, { authorization: null });
    expect([other.status, other.text]).toEqual([
      401,
      '{"code":"SIGN_ERROR","message":"Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"}',
    ]);
    expect(other.headers.get('request-id')).toMatch(/^[0-9A-F]+-\d+$/);
    const headerSets: Array<Record<string, string>> = [{}, { Authorization: 'Bearer x' }];
    for (const headers of headerSets) {
      const paying = await bench.call('GET', order, undefined, { authorization: null, headers });
      expect([paying.status, paying.text]).toEqual([401, '{"code":"SIGN_ERROR","message":"签名信息错误，验签失败"}']);
      expect(paying.headers.get('request-id')).toBeNull();
    }
  });

  it('checks the time window before the signature', async () => {
    const wrong = await bench.call('GET', certificates, undefined, { breakSignature: true });
    expect([wrong.status, wrong.text]).toEqual([401, '{"code":"SIGN_ERROR","message":"签名错误"}']);
    const stale = Math.floor(bench.sims.clock.now() / 1000) - 400;
    const late = await bench.call('GET', certificates, undefined, { breakSignature: true, timestamp: stale });
    expect(late.text).toBe(
      '{"code":"SIGN_ERROR","message":"Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"}',
    );
    expect(late.headers.get('wechatpay-signature')).toBeNull();
  });

  it('asks for a User-Agent', async () => {
    const reply = await bench.call('GET', certificates, undefined, { headers: { 'User-Agent': '' } });
    expect([reply.status, reply.text]).toEqual([
      400,
      '{"code":"INVALID_REQUEST","message":"Http头缺少Accept或User-Agent"}',
    ]);
  });

  it('answers a wrong method with an empty 405 and an unknown path with an empty 404', async () => {
    const wrong = await bench.call('POST', certificates, {});
    expect([wrong.status, wrong.text]).toEqual([405, '']);
    const unknown = await bench.call('GET', '/v3/nothing');
    expect([unknown.status, unknown.text]).toEqual([404, '']);
  });

  it('names the field that breaks a rule and refuses fields it does not know', async () => {
    const zero = await bench.call(
      'POST',
      '/v3/pay/partner/transactions/jsapi',
      jsapiBody({ amount: { total: 0, currency: 'CNY' } }),
    );
    expect(zero.status).toBe(400);
    expect(zero.body).toMatchObject({
      code: 'PARAM_ERROR',
      detail: { field: '/amount/total', value: 0, location: 'body' },
    });
    expect(zero.body.message).toContain('值低于最小值 1');
    const extra = await bench.call('POST', '/v3/pay/partner/transactions/jsapi', jsapiBody({ colour: 'red' }));
    expect(extra.body).toMatchObject({ code: 'PARAM_ERROR', detail: { field: '/colour' } });
    expect(extra.headers.get('request-id')).toMatch(/-270924358$/);
  });

  it('echoes a message, and a confidential one back under the merchant certificate', async () => {
    const body = { echo_message: 'ping', encrypted_echo_message: seal('悄悄话') };
    const reply = await bench.call('POST', '/v3/security/echo', body, {
      headers: { 'Wechatpay-Serial': payPublicKeyId },
    });
    expect(wellSigned(reply.text, (name) => reply.headers.get(name))).toBe(true);
    expect(Rsa.decrypt(reply.body.encrypted_echo_message, merchantKeys[SP]?.privateKeyPem ?? '')).toBe('悄悄话');
  });

  it('signs an empty 204 too', async () => {
    const body = jsapiBody();
    await bench.call('POST', '/v3/pay/partner/transactions/jsapi', body);
    const path = `/v3/pay/partner/transactions/out-trade-no/${body.out_trade_no}/close`;
    const reply = await bench.call('POST', path, { sp_mchid: SP, sub_mchid: SUB });
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(wellSigned('', (name) => reply.headers.get(name))).toBe(true);
  });
});

describe('request faults', () => {
  const order = (body: unknown) => bench.call('POST', '/v3/pay/partner/transactions/jsapi', body);
  const known = async (no: unknown) =>
    (await bench.call('GET', `/v3/pay/partner/transactions/out-trade-no/${no}?sp_mchid=${SP}&sub_mchid=${SUB}`)).status;

  it('drops before or after the work was done', async () => {
    for (const [kind, status] of [
      ['drop-before-apply', 404],
      ['drop-after-apply', 200],
    ] as const) {
      const body = jsapiBody();
      await bench.control('POST', '/faults', { target: 'pay', path: 'jsapi$', kind });
      await expect(order(body)).rejects.toThrow();
      expect(await known(body.out_trade_no)).toBe(status);
    }
  });

  it('answers 5xx and 429 before the work, or after it when asked', async () => {
    for (const [fault, status, after] of [
      [{ kind: '5xx' }, 500, 404],
      [{ kind: 'rate-limit', afterApply: true }, 429, 200],
    ] as const) {
      const body = jsapiBody();
      await bench.control('POST', '/faults', { target: 'pay', path: 'jsapi$', ...fault });
      const reply = await order(body);
      expect(reply.status).toBe(status);
      expect(reply.headers.get('wechatpay-signature')).toBeNull();
      expect(await known(body.out_trade_no)).toBe(after);
    }
  });
});
