import { createCipheriv, createSign, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ManualClock } from '../../platform/clock/clock.js';
import type { PayAccount } from '../wechat-pay/wechat-pay.config.js';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const MERCHANT_KEYS = pair();
export const PLATFORM_KEYS = pair();
export const OTHER_PLATFORM_KEYS = pair();
export const PUB_KEY_ID = 'PUB_KEY_ID_0000000100';
export const API_V3_KEY = 'k'.repeat(32);
export const NOW_MS = Date.parse('2026-11-22T10:00:00+08:00');

export const testClock = (): ManualClock => new ManualClock(NOW_MS);

export const testAccount = (over: Partial<PayAccount> = {}): PayAccount => ({
  accountId: 'acc1',
  mode: 'PARTNER',
  mchid: '1900000100',
  serialNo: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  privateKeyPem: MERCHANT_KEYS.privateKey,
  apiV3Keys: [API_V3_KEY],
  platformKeys: { [PUB_KEY_ID]: PLATFORM_KEYS.publicKey },
  publicKeyId: PUB_KEY_ID,
  baseUrl: 'http://127.0.0.1:1',
  notifyBaseUrl: 'https://mall.example.com/',
  timeoutMs: 500,
  ...over,
});

interface SignOptions {
  serial?: string;
  privateKey?: string;
  atMs?: number;
  nonce?: string;
}

/** The headers with which the platform signs a body. */
export function platformHeaders(body: string | Buffer, options: SignOptions = {}): Record<string, string> {
  const timestamp = String(Math.floor((options.atMs ?? NOW_MS) / 1000));
  const nonce = options.nonce ?? randomBytes(16).toString('hex');
  const sign = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': options.serial ?? PUB_KEY_ID,
    'wechatpay-signature': sign.sign(options.privateKey ?? PLATFORM_KEYS.privateKey, 'base64'),
  };
}

/** AEAD_AES_256_GCM as the platform does it. */
export function seal(plain: string, associated: string, key = API_V3_KEY) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associated));
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext: bytes.toString('base64'), associated_data: associated, nonce };
}

export interface EventInput {
  resource: object;
  eventType?: string;
  originalType?: string;
  summary?: string;
  key?: string;
}

/** The body of a callback. */
export function notificationBody(input: EventInput): string {
  const originalType = input.originalType ?? 'transaction';
  return JSON.stringify({
    id: `EV-${randomBytes(8).toString('hex')}`,
    create_time: '2026-11-22T10:00:00+08:00',
    event_type: input.eventType ?? 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    summary: input.summary ?? '支付成功',
    resource: {
      original_type: originalType,
      ...seal(JSON.stringify(input.resource), originalType, input.key),
    },
  });
}

/** Whether an Authorization header is signed rightly for the request. */
export function requestIsSigned(method: string, path: string, body: string, authorization: string): boolean {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? '';
  const text = `${method}\n${path}\n${field('timestamp')}\n${field('nonce_str')}\n${body}\n`;
  return createVerify('RSA-SHA256').update(text).verify(MERCHANT_KEYS.publicKey, field('signature'), 'base64');
}

export const PARTNER_PAYMENT = {
  sp_appid: 'wx5d2c7e9a1b3f4860',
  sp_mchid: '1900000100',
  sub_mchid: '1600000001',
  out_trade_no: 'T2026112200001',
  transaction_id: '4200000001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'CMC',
  attach: '',
  success_time: '2026-11-22T09:59:58+08:00',
  payer: { sp_openid: 'oA1' },
  amount: { total: 100, payer_total: 90, currency: 'CNY', payer_currency: 'CNY' },
  promotion_detail: [
    { coupon_id: '1', name: '立减', type: 'NOCASH', amount: 7 },
    { coupon_id: '2', name: '券', type: 'CASH', amount: 3 },
  ],
} as const;
