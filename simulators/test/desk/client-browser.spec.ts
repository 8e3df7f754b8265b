import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APPID, CORP, get, startTrial, type Trial } from '../wecom/small-world.js';

let trial: Trial;
let app: Server;
let appOrigin = '';

/** A stand-in for the product: one page, one redirect to OAuth, one echo of what arrived. */
beforeAll(async () => {
  app = createServer((req, res) => {
    if (req.url?.startsWith('/login')) {
      const back = encodeURIComponent(`${appOrigin}/back`);
      res
        .writeHead(302, { location: `http://127.0.0.1:9/connect/oauth2/authorize?redirect_uri=${back}&state=x` })
        .end();
    } else if (req.url?.startsWith('/echo')) {
      res.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(req.headers));
    } else {
      res.writeHead(200, { 'content-type': 'text/html', 'x-frame-options': 'DENY' });
      res.end('<!doctype html><html><head><script src="/app.js"></script></head><body></body></html>');
    }
  });
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  appOrigin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  trial = await startTrial(appOrigin);
  await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer: 'lin' });
});
afterAll(async () => {
  await trial.stop();
  app.closeAllConnections();
  await new Promise<void>((done) => app.close(() => done()));
});

interface Seat {
  user?: string;
  chat?: string;
  entry?: string;
}

/** Runs the published SDK, unchanged, in a window that has nothing but the native bridge. */
function openPage(
  url: string,
  seat: Seat,
): { ww: Record<string, (params?: unknown) => Promise<Record<string, unknown>>> } {
  const { browser } = trial.sims.urls;
  const cookie = `sim_wecom_user=${seat.user ?? ''}; sim_wecom_chat=${seat.chat ?? ''}; sim_wecom_entry=${seat.entry ?? ''}`;
  const location = { href: url };
  const bridge = {
    invoke: (n: string, p: unknown, cb: (answer: unknown) => void) =>
      void fetch(`${browser}/__sim/bridge`, {
        method: 'POST',
        headers: { cookie },
        body: JSON.stringify({ n, p, url: location.href.split('#')[0] }),
      })
        .then((answer) => answer.json())
        .then(cb),
    on: () => undefined,
  };
  const page: Record<string, unknown> = {
    location,
    navigator: { userAgent: 'Mozilla/5.0 wxwork/4.1.36 MicroMessenger/7.0.1', platform: 'Win32' },
    document: { addEventListener: () => undefined, title: '' },
    WeixinJSBridge: bridge,
    setTimeout,
    console,
  };
  page.window = page;
  const folder = dirname(createRequire(import.meta.url).resolve('@wecom/jssdk/package.json'));
  runInContext(
    `${readFileSync(join(folder, 'dist/wecom.global.prod.js'), 'utf8')};window.ww = ww;`,
    createContext(page),
  );
  return page as never;
}

function register(page: ReturnType<typeof openPage>): void {
  const signer = (kind: 'corp' | 'agent') => (url: string) => {
    trial.sims.wecom.tokens.ticket(kind);
    const timestamp = '1795300000';
    const signature = trial.sims.wecom.tokens.jsSignature(kind, 'n', timestamp, url);
    return { timestamp, nonceStr: 'n', signature };
  };
  void page.ww.register?.({
    corpId: CORP,
    agentId: '1000002',
    jsApiList: ['getContext', 'getCurExternalContact', 'sendChatMessage'],
    getConfigSignature: signer('corp'),
    getAgentConfigSignature: signer('agent'),
  });
}

const url = (path: string): string => `${trial.sims.urls.browser}${path}`;
const lin = (): string => trial.sims.wecom.book.externalOf('lin');
const card = (page: string, imgUrl = 'http://127.0.0.1/p.png') => ({
  msgtype: 'miniprogram',
  miniprogram: { appid: APPID, title: '云朵轻羽绒', imgUrl, page },
});

describe('the native bridge with the published SDK', () => {
  it('configures the page, names the open chat and delivers a card to both ends', async () => {
    const page = openPage(url('/sidebar/?a=1#/home'), { user: 'G0001', chat: lin(), entry: 'single_chat_tools' });
    register(page);
    expect(await page.ww.getContext?.()).toMatchObject({ entry: 'single_chat_tools' });
    expect(await page.ww.getCurExternalContact?.()).toMatchObject({ userId: lin() });
    await page.ww.sendChatMessage?.(card('pages/product/index.html?id=1&g=abc'));
    const chat = await get(`${trial.sims.urls.desk}/desk/phone/lin/thread/G0001`);
    expect(chat.messages).toMatchObject([{ kind: 'miniprogram', title: '云朵轻羽绒', from: 'guide' }]);
  });

  it('refuses a card without .html or with a picture that is no web address', async () => {
    const page = openPage(url('/sidebar/b'), { user: 'G0001', chat: lin(), entry: 'single_chat_tools' });
    register(page);
    const send = (body: unknown) => page.ww.sendChatMessage?.(body);
    await expect(send(card('pages/product/index?id=1'))).rejects.toHaveProperty(
      'errMsg',
      expect.stringContaining('invalid page'),
    );
    await expect(send(card('pages/product/index.html', 'data:image/png;base64,x'))).rejects.toHaveProperty(
      'errMsg',
      expect.stringMatching(/invalid imgurl/i),
    );
  });

  it('knows no contact when opened from the workbench', async () => {
    const normal = openPage(url('/sidebar/c'), { user: 'G0001', entry: 'normal' });
    register(normal);
    await expect(normal.ww.getCurExternalContact?.()).rejects.toHaveProperty(
      'errMsg',
      expect.stringContaining('without context of external contact'),
    );
  });

  it('wecom-24 refuses a signature that was made for another page', async () => {
    trial.sims.wecom.tokens.ticket('agent');
    const signature = trial.sims.wecom.tokens.jsSignature('agent', 'n', '1795300000', 'http://127.0.0.1/elsewhere');
    const answer = await fetch(`${trial.sims.urls.browser}/__sim/bridge`, {
      method: 'POST',
      headers: { cookie: 'sim_wecom_user=G0001' },
      body: JSON.stringify({
        n: 'agentConfig',
        p: { corpid: CORP, agentid: '1000002', nonceStr: 'n', timestamp: '1795300000', signature, jsApiList: [] },
        url: url('/sidebar/d'),
      }),
    });
    expect(await answer.json()).toEqual({ err_msg: 'agentConfig:fail invalid signature' });
  });

  it('shows no contact of another guide', async () => {
    const page = openPage(url('/sidebar/e'), { user: 'G0002', chat: lin(), entry: 'single_chat_tools' });
    register(page);
    await expect(page.ww.getCurExternalContact?.()).rejects.toHaveProperty('errCode', -1);
  });
});

describe('the client browser', () => {
  it('puts its script before those of the page and lifts the ban on framing', async () => {
    const answer = await fetch(url('/sidebar/'));
    const html = await answer.text();
    expect(html.indexOf('/__sim/wecom-client.js')).toBeLessThan(html.indexOf('/app.js'));
    expect(html).toContain('/__sim/wecom-client.js');
    expect(answer.headers.get('x-frame-options')).toBeNull();
  });

  it('brings redirects back to itself and speaks to the app as WeCom does', async () => {
    const answer = await fetch(url('/login'), { redirect: 'manual' });
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('redirect_uri')).toBe(`${trial.sims.urls.browser}/back`);
    const seen = (await (await fetch(url('/echo'), { headers: { origin: trial.sims.urls.browser } })).json()) as {
      'user-agent': string;
      origin: string;
    };
    expect(seen['user-agent']).toContain('wxwork/');
    expect(seen.origin).toBe(appOrigin);
  });
});

describe('the desk', () => {
  it.each(['/', '/phone', '/chat'])('serves %s with scripts that load', async (path) => {
    const html = await (await fetch(trial.sims.urls.desk + path)).text();
    const script = /src="(\/desk\/client\/[a-z]+\.js)"/.exec(html)?.[1] ?? '';
    const code = await fetch(trial.sims.urls.desk + script);
    expect(code.headers.get('content-type')).toContain('javascript');
    expect(await code.text()).toContain('import');
  });

  it('follows scanned texts to mini-program pages and guides', async () => {
    const scan = async (text: string): Promise<unknown> =>
      (
        await fetch(`${trial.sims.urls.desk}/desk/phone/lin/scan`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text }),
        })
      ).json();
    expect(await scan(`wxacode:${APPID}:pages/guide-card/index?scene=g%3DK7`)).toMatchObject({
      kind: 'miniapp',
      path: 'pages/guide-card/index?scene=g%3DK7',
    });
    expect(await scan('pages/product/index.html?id=1')).toMatchObject({ path: 'pages/product/index?id=1' });
    expect(await scan('hello')).toMatchObject({ kind: 'text' });
  });
});
