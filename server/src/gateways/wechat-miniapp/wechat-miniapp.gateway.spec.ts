import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { ManualClock } from '../../platform/clock/clock.js';
import { LocalVendor, type VendorAnswer } from '../testing/local-vendor.js';
import { MINIAPP_ERRORS, miniappErrorKind } from './miniapp-error.js';
import { buildShippingInfo } from './shipping.js';
import { fitSubscribeField } from './subscribe-fields.js';
import { WechatMiniappGateway } from './wechat-miniapp.gateway.js';

const NOW = Date.parse('2026-11-22T10:00:00.123+08:00');
const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const APPID = 'wx5d2c7e9a1b3f4860';
const vendor = new LocalVendor();
const clock = new ManualClock(NOW);
let gateway: WechatMiniappGateway;
let issued = 0;
let api: (path: string, token: string | null) => VendorAnswer;
const json = (body: object): VendorAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

beforeEach(async () => {
  clock.set(NOW);
  vendor.seen.length = 0;
  issued = 0;
  api = () => json({ errcode: 0, errmsg: 'ok' });
  vendor.respond = ({ path }) => {
    const url = new URL(path, 'http://x');
    if (url.pathname !== '/cgi-bin/stable_token') return api(url.pathname, url.searchParams.get('access_token'));
    issued += 1;
    return json({ access_token: `token-${issued}`, expires_in: 7200 });
  };
  const baseUrl = await vendor.start();
  gateway = new WechatMiniappGateway(
    { appid: APPID, secret: 's', baseUrl, pushToken: 'tok', pushAesKey: AES_KEY },
    clock,
  );
});
afterEach(() => vendor.stop());

describe('the platform', () => {
  it('is asked for one token by fifty parallel calls; a refused one is replaced and the call repeated once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => gateway.notifyConfirmReceive('42', NOW)));
    expect(vendor.count('stable_token')).toBe(1);
    api = (_, token) => json({ errcode: token === 'token-1' ? 40001 : 0 });
    await Promise.all(Array.from({ length: 10 }, () => gateway.notifyConfirmReceive('42', NOW)));
    expect(vendor.count('stable_token')).toBe(2);
  });

  it('wecom-35 says that a used login code is used, and does not try it again', async () => {
    api = () => json({ openid: 'o1', session_key: 'k' });
    expect(await gateway.codeToSession('c')).toEqual({ openid: 'o1', unionid: null, sessionKey: 'k' });
    for (const errcode of [40029, 40163]) {
      api = () => json({ errcode, errmsg: 'code been used' });
      await expect(gateway.codeToSession('c')).rejects.toMatchObject({ kind: 'CODE' });
    }
    expect(vendor.count('jscode2session')).toBe(3);
  });

  it('gives a code as bytes, and an error when the answer is JSON', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
    api = () => ({ headers: { 'content-type': 'image/png' }, body: png });
    expect(await gateway.codeUnlimited({ scene: 'g=abc', page: '/pages/index/index' })).toEqual(png);
    expect(JSON.parse(vendor.seen.at(-1)!.body)).toMatchObject({ page: 'pages/index/index', check_path: true });
    api = () => json({ errcode: 41030, errmsg: 'invalid page' });
    await expect(gateway.codeUnlimited({ scene: 'a', page: 'x' })).rejects.toMatchObject({
      kind: 'DATA',
      errcode: 41030,
    });
    await expect(gateway.codeUnlimited({ scene: '中文', page: 'x' })).rejects.toThrow(RangeError);
  });

  it('wecom-36 wecom-38 says when nobody may be messaged and when shipping must wait', async () => {
    api = () => json({ errcode: 43101, errmsg: 'user refuse' });
    const message = { openid: 'o1', templateId: 't', values: { thing1: '羽绒服' } };
    await expect(gateway.sendSubscribe(message)).rejects.toMatchObject({ kind: 'REFUSED' });
    api = () => json({ errcode: 10060001, errmsg: '支付单不存在' });
    await expect(gateway.uploadShippingInfo({})).rejects.toMatchObject({ kind: 'RETRY' });
  });

  it('reads phone and content checks', async () => {
    api = () => json({ errcode: 0, phone_info: { purePhoneNumber: '13800000000', countryCode: 86 } });
    expect(await gateway.phoneNumber('c')).toEqual({ phone: '13800000000', countryCode: '86' });
    api = () => json({ errcode: 0, result: { suggest: 'risky', label: 20006 }, trace_id: 'T' });
    const input = { openid: 'o1', scene: 'comment' as const, content: 'x' };
    expect(await gateway.checkText(input)).toEqual({ suggest: 'risky', label: 20006, traceId: 'T' });
    expect(await gateway.checkMedia({ ...input, mediaUrl: 'https://x/a.png', kind: 'image' })).toEqual({
      traceId: 'T',
    });
  });

  it('lists the templates of subscribe messages with the keywords that stand in their text', async () => {
    const one = { priTmplId: 'T1', title: '发货通知', type: 2 };
    const content = '商品:{{thing1.DATA}}\n快递单号:{{character_string2.DATA}}\n';
    api = () => json({ errcode: 0, data: [{ ...one, content, example: '商品:羽绒服\n快递单号:SF123\n' }] });
    const keywords = [
      { key: 'thing1', label: '商品', example: '羽绒服' },
      { key: 'character_string2', label: '快递单号', example: 'SF123' },
    ];
    expect(await gateway.subscribeTemplates()).toEqual([
      { templateId: 'T1', title: '发货通知', isLasting: false, keywords },
    ]);
    expect(vendor.seen.at(-1)).toMatchObject({ method: 'GET', body: '' });
  });

  it('names each error code once', () => {
    const codes = Object.values(MINIAPP_ERRORS).flat();
    expect(new Set(codes).size).toBe(codes.length);
    for (const [kind, list] of Object.entries(MINIAPP_ERRORS))
      for (const code of list) expect(miniappErrorKind(code)).toBe(kind);
  });
});

describe('subscribe fields', () => {
  it.each([
    ['thing1', '这是一件非常非常非常暖和的长款羽绒服外套呀', '这是一件非常非常非常暖和的长款羽绒服外…'],
    ['thing2', '短', '短'],
    ['phrase3', '已发货，请留意', '已发货请留'],
    ['character_string4', '单号SF123', 'SF123'],
    ['number5', '12件', '12'],
    ['name6', '', '无'],
    ['phrase7', 'OK', '无'],
    ['time8', '2026年11月22日 10:00', '2026年11月22日 10:00'],
    ['amount9', '¥12.30', '¥12.30'],
  ])('%s of "%s" is "%s"', (key, value, fitted) => {
    expect(fitSubscribeField(key, value)).toBe(fitted);
  });
});

describe('shipping information', () => {
  const input = {
    order: { transactionId: '42' },
    logistics: 'pickup' as const,
    parcels: [{ description: '羽绒服' }],
    shippedAtMs: NOW,
    openid: 'o1',
  };
  it('has numbers for modes, an array of parcels, and milliseconds with an offset', () => {
    expect(buildShippingInfo(input)).toEqual({
      order_key: { order_number_type: 2, transaction_id: '42' },
      logistics_type: 4,
      delivery_mode: 1,
      shipping_list: [{ item_desc: '羽绒服' }],
      upload_time: '2026-11-22T10:00:00.123+08:00',
      payer: { openid: 'o1' },
    });
  });

  it('splits only express, and wants its numbers', () => {
    const parcel = { description: 'x', trackingNo: 'SF1', carrier: 'SF', maskedPhone: '*******0000' };
    const split = buildShippingInfo({ ...input, logistics: 'express', parcels: [parcel, parcel] });
    expect(split).toMatchObject({ delivery_mode: 2, is_all_delivered: true });
    expect(() => buildShippingInfo({ ...input, parcels: [parcel, parcel] })).toThrow('only express');
    expect(() => buildShippingInfo({ ...input, logistics: 'express' })).toThrow('number and carrier');
    expect(() => buildShippingInfo({ ...input, parcels: [] })).toThrow(RangeError);
  });
});

describe('message push', () => {
  const timestamp = String(Math.floor(NOW / 1000));
  const push = (fields: object, receiveId = APPID) => {
    const sealed = encrypt(AES_KEY, JSON.stringify(fields), receiveId);
    const query = { msg_signature: getSignature('tok', timestamp, 'n', sealed), timestamp, nonce: 'n' };
    return gateway.push.open(query, JSON.stringify({ ToUserName: 'gh_1', Encrypt: sealed }));
  };

  it('answers the address check only when it is signed', () => {
    const signature = createHash('sha1').update(['tok', timestamp, 'n'].sort().join('')).digest('hex');
    const query = { signature, timestamp, nonce: 'n', echostr: 'echo' };
    expect(gateway.push.verifyUrl(query)).toEqual({ ok: true, reply: 'echo' });
    expect(gateway.push.verifyUrl({ ...query, nonce: 'm' }).ok).toBe(false);
  });

  it('wecom-37 opens a media check and refuses what is meant for another appid', () => {
    const fields = { Event: 'wxa_media_check', trace_id: 'T', result: { suggest: 'pass', label: 100 } };
    expect(push(fields)).toMatchObject({ ok: true, event: { kind: 'media-checked', traceId: 'T', suggest: 'pass' } });
    expect(push(fields, 'wxother')).toEqual({ ok: false, reason: 'WRONG_RECEIVER' });
    expect(gateway.push.open({}, '<xml/>')).toEqual({ ok: false, reason: 'MALFORMED' });
  });
});
