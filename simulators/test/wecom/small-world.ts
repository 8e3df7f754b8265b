import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeMerchantKeys, makePayKeys, type World } from '../../src/core/index.js';
import { type Simulators, startSimulators } from '../../src/index.js';
import { decryptCallback } from '../../src/wecom/index.js';

export const CORP = 'ww7a1c3f5e9b2d4068';
export const APPID = 'wx5d2c7e9a1b3f4860';
export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

export interface Received {
  url: URL;
  body: string;
  /** The decrypted message, or why it cannot be read. */
  message: string;
  receiveId: string;
}

/** The receiving end of callbacks: keeps everything, and answers what the test wants. */
export class Receiver {
  readonly received: Received[] = [];
  status = (): number => 200;
  private server: Server | undefined;
  origin = '';

  async start(): Promise<void> {
    this.server = createServer(async (req, res) => {
      let body = '';
      for await (const part of req) body += part;
      const cipher =
        /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? (JSON.parse(body) as { Encrypt: string }).Encrypt;
      let opened = { message: 'unreadable', receiveId: '' };
      try {
        opened = decryptCallback(AES_KEY, cipher);
      } catch {
        // A spoiled cipher text is one of the cases.
      }
      this.received.push({ url: new URL(req.url ?? '/', 'http://test'), body, ...opened });
      res.writeHead(this.status()).end();
    });
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((done) => this.server?.close(() => done()));
  }

  /** Values of one field over all events, in the order of arrival. */
  field(name: string): string[] {
    return this.received.map(
      ({ message }) => new RegExp(`<${name}><!\\[CDATA\\[(.*?)\\]\\]>`).exec(message)?.[1] ?? '',
    );
  }
}

export interface Trial {
  sims: Simulators;
  receiver: Receiver;
  merchant: ReturnType<typeof makeMerchantKeys>;
  stop(): Promise<void>;
}

/** A world of three guides and three consumers, all ports free ones. */
export async function startTrial(appOrigin?: string): Promise<Trial> {
  const receiver = new Receiver();
  await receiver.start();
  const merchant = makeMerchantKeys();
  const person = (key: string, nickname: string) => ({ key, nickname, phone: '13812345678', city: '杭州' });
  const world: World = {
    corp: {
      corpId: CORP,
      agentId: '1000002',
      secret: 'corp-secret',
      token: 'corp-token',
      encodingAesKey: AES_KEY,
      callbackUrl: `${receiver.origin}/wecom/callback`,
      name: '雪岭服饰',
    },
    miniapp: {
      appid: APPID,
      secret: 'app-secret',
      name: '雪岭商城',
      h5Url: 'http://127.0.0.1:1/m/',
      pushUrl: `${receiver.origin}/wechat/push`,
      pushToken: 'push-token',
      pushAesKey: AES_KEY,
    },
    members: ['G0001', 'G0002', 'G0003'].map((userid) => ({ userid, name: `导购${userid}`, department: [1] })),
    consumers: [person('lin', '林晓'), person('fang', '方岚'), person('zhao', '赵启明')],
    merchants: [
      {
        mchid: '1900000200',
        name: '雪岭服饰',
        kind: 'direct',
        serial: merchant.serial,
        publicKeyPem: merchant.publicKeyPem,
        apiV3Key: '0123456789abcdef0123456789abcdef',
        appids: [APPID],
      },
    ],
    payKeys: makePayKeys(new Date('2026-01-01T00:00:00Z')),
  };
  const ports = { pay: 0, miniapp: 0, wecom: 0, desk: 0, browser: 0 };
  const sims = await startSimulators(world, ports, { appOrigin });
  sims.wecom.sender.timing.retryDelayMs = 10;
  const stop = async (): Promise<void> => {
    await sims.stop();
    await receiver.stop();
  };
  return { sims, receiver, merchant, stop };
}

export type Answer = Record<string, unknown> & { errcode?: number };

export async function get(url: string): Promise<Answer> {
  return (await (await fetch(url)).json()) as Answer;
}

export async function post(url: string, body: unknown = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Answer;
}

/** Calls WeCom's API with a fresh token. */
export function corpApi(trial: Trial): (path: string, body?: unknown) => Promise<Answer> {
  return async (path, body) => {
    const { wecom } = trial.sims.urls;
    const { access_token: token } = trial.sims.wecom.tokens.issue(CORP, 'corp-secret');
    const url = `${wecom}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`;
    return body === undefined ? get(url) : post(url, body);
  };
}
