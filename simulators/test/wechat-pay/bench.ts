import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MerchantKeys, makeMerchantKeys, makePayKeys, openidOf, type World } from '../../src/core/index.js';
import { type Simulators, startSimulators } from '../../src/index.js';

export const APPID = 'wx5d2c7e9a1b3f4860';
export const SP = '1900000100';
export const BRAND = '1900000200';
export const SUB = '1600000001';
export const SUB2 = '1600000002';
export const LIN = openidOf(APPID, 'lin');
export const GUIDE = openidOf(APPID, 'guide');

const keys: Record<string, MerchantKeys> = { [SP]: makeMerchantKeys(), [BRAND]: makeMerchantKeys() };
const payKeys = makePayKeys(new Date(Date.now() - 86_400_000), 1);
export const merchantKeys = keys;

/** A small world: one service provider, one brand, two stores, two people. */
export function smallWorld(): World {
  const common = { appids: [APPID], maxRatio: 3000, returnEnabled: true };
  return {
    corp: {
      corpId: 'ww1',
      agentId: '1',
      secret: 's',
      token: 't',
      encodingAesKey: 'a'.repeat(43),
      callbackUrl: 'http://127.0.0.1:1/',
      name: '雪岭',
    },
    miniapp: {
      appid: APPID,
      secret: 's',
      name: '雪岭商城',
      h5Url: 'http://127.0.0.1:1/m/',
      pushUrl: 'http://127.0.0.1:1/',
      pushToken: 't',
      pushAesKey: 'a'.repeat(43),
    },
    members: [],
    consumers: [
      { key: 'lin', nickname: '林' },
      { key: 'guide', nickname: '导购' },
    ],
    merchants: [
      { ...common, mchid: SP, name: '雪岭服务商', kind: 'sp', ...publicPart(SP), apiV3Key: 'k'.repeat(32) },
      {
        ...common,
        mchid: BRAND,
        name: '雪岭服饰有限公司',
        kind: 'direct',
        ...publicPart(BRAND),
        apiV3Key: 'b'.repeat(32),
      },
      { ...common, mchid: SUB, name: '湖滨店', kind: 'sub', spMchid: SP },
      { ...common, mchid: SUB2, name: '西溪店', kind: 'sub', spMchid: SP },
    ],
    payKeys: structuredClone(payKeys),
  };
}

function publicPart(mchid: string): { serial: string; publicKeyPem: string } {
  const { serial, publicKeyPem } = keys[mchid] as MerchantKeys;
  return { serial, publicKeyPem };
}

export const payPublicKeyPem = (): string =>
  createPublicKey(createPrivateKey(payKeys.privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString();
export const payPublicKeyId = payKeys.publicKeyId;
export const platformCertificate = payKeys.certificates[0];

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the answer holds.
  body: any;
  text: string;
  headers: Headers;
}

export interface Bench {
  sims: Simulators;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  control(method: string, path: string, body?: unknown): Promise<Reply>;
  stop(): Promise<void>;
}

export interface CallOptions {
  mchid?: string;
  authorization?: string | null;
  timestamp?: number;
  headers?: Record<string, string>;
  breakSignature?: boolean;
}

const answer = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    text,
    body: json && text ? JSON.parse(text) : undefined,
    headers: response.headers,
  };
};

/** Signs like a merchant, independently of the simulator's own code. */
export function authorize(method: string, path: string, body: string, atSeconds: number, mchid = SP): string {
  const once = randomBytes(16).toString('hex');
  const own = keys[mchid] as MerchantKeys;
  const text = `${method}\n${path}\n${atSeconds}\n${once}\n${body}\n`;
  const signature = createSign('RSA-SHA256').update(text).sign(own.privateKeyPem, 'base64');
  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${once}",timestamp="${atSeconds}",serial_no="${own.serial}",signature="${signature}"`;
}

export async function openBench(world = smallWorld(), stateDir?: string): Promise<Bench> {
  const sims = await startSimulators(world, { pay: 0, miniapp: 0, wecom: 0, desk: 0, browser: 0 }, { stateDir });
  const call = async (method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const at = options.timestamp ?? Math.floor(sims.clock.now() / 1000);
    let authorization = options.authorization ?? authorize(method, path, text, at, options.mchid);
    if (options.breakSignature) authorization = authorization.replace(/signature="..../, 'signature="AAAA');
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'User-Agent': 'spec',
      ...(options.authorization === null ? {} : { Authorization: authorization }),
      ...options.headers,
    };
    return answer(await fetch(`${sims.urls.pay}${path}`, { method, headers, body: text || undefined }));
  };
  const control = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return answer(await fetch(`${sims.urls.desk}/control${path}`, { method, headers, body: text }));
  };
  return { sims, call, control, stop: () => sims.stop() };
}

/** Encrypts one field for the pay public key. */
export const seal = (plain: string): string =>
  publicEncrypt(
    { key: payPublicKeyPem(), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(plain),
  ).toString('base64');

/** True when an answer or notification carries a good signature of the pay public key. */
export function wellSigned(
  text: string,
  header: (name: string) => string | null | undefined,
  publicKey = payPublicKeyPem(),
): boolean {
  const signed = `${header('wechatpay-timestamp')}\n${header('wechatpay-nonce')}\n${text}\n`;
  return createVerify('RSA-SHA256')
    .update(signed)
    .verify(publicKey, header('wechatpay-signature') ?? '', 'base64');
}

export interface Received {
  headers: IncomingMessage['headers'];
  text: string;
}

/** A merchant's callback address that remembers what it got; `respond` decides the status. */
export async function openListener(
  respond: (n: number) => number = () => 204,
): Promise<{ url: string; got: Received[]; close(): Promise<void> }> {
  const got: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(respond(got.length), { Connection: 'close' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/notify`,
    got,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

let counter = 0;
export const number = (prefix: string): string => `${prefix}${Date.now()}${counter++}`;

export const jsapiBody = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
  sp_appid: APPID,
  sp_mchid: SP,
  sub_mchid: SUB,
  description: '羽绒服',
  out_trade_no: number('T'),
  notify_url: 'http://127.0.0.1:9/none',
  amount: { total: 10_000, currency: 'CNY' },
  payer: { sp_openid: LIN },
  settle_info: { profit_sharing: true },
  ...extra,
});

/** Orders and pays; returns the order number and the transaction number. */
export async function paidOrder(
  bench: Bench,
  extra: Record<string, unknown> = {},
): Promise<{ no: string; id: string }> {
  const body = jsapiBody(extra);
  const placed = await bench.call('POST', '/v3/pay/partner/transactions/jsapi', body);
  if (placed.status !== 200) throw new Error(placed.text);
  const paid = await bench.control('POST', '/pay/pay', { prepay_id: placed.body.prepay_id });
  return { no: String(body.out_trade_no), id: paid.body.transaction_id };
}

/** Without an APIv3 key no callbacks are sent, which keeps long moves of the clock quick. */
export const silence = (bench: Bench): Promise<Reply> =>
  bench.control('POST', '/pay/merchant', { mchid: SP, apiV3Key: '' });

/** Adds the brand as receiver of the first store. */
export async function addBrand(bench: Bench, mchid = BRAND, name = '雪岭服饰有限公司'): Promise<Reply> {
  const body = {
    sub_mchid: SUB,
    appid: APPID,
    type: 'MERCHANT_ID',
    account: mchid,
    name: seal(name),
    relation_type: 'BRAND',
  };
  return bench.call('POST', '/v3/profitsharing/receivers/add', body, {
    headers: { 'Wechatpay-Serial': payPublicKeyId },
  });
}
