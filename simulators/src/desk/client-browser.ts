import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { cookieOf } from '../wecom/index.js';
import type { Bridge, BridgeCall } from './bridge.js';
import { INJECTED_SCRIPT, WXWORK_UA } from './injected-script.js';

const SCRIPT_PATH = '/__sim/wecom-client.js';
const TAG = `<script src="${SCRIPT_PATH}"></script>`;

/** Headers that speak about this one hop, or about a body that is rewritten on its way. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'content-length']);

/** The browser inside the WeCom client: a reverse proxy of the app that injects user agent and native bridge. */
export class ClientBrowser {
  private readonly server: Server;
  origin = '';

  constructor(
    private readonly appOrigin: string,
    private readonly bridge: Bridge,
  ) {
    this.server = createServer((req, res) => {
      this.serve(req, res).catch((error: unknown) => {
        if (!res.headersSent) res.writeHead(502, { 'content-type': 'text/html; charset=utf-8' });
        res.end(`<!doctype html><meta charset="utf-8"><p>应用暂时打不开：${(error as Error).message}</p>`);
      });
    });
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((done, failed) => {
      this.server.once('error', failed);
      this.server.listen(port, '127.0.0.1', done);
    });
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.origin;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '/').split('?')[0];
    if (path === SCRIPT_PATH) {
      res.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
      res.end(INJECTED_SCRIPT);
    } else if (path === '/__sim/bridge' && req.method === 'POST') {
      await this.answerBridge(req, res);
    } else {
      await this.proxy(req, res);
    }
  }

  private async answerBridge(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const call = JSON.parse((await collect(req)).toString('utf8')) as BridgeCall;
    const cookie = req.headers.cookie;
    const answer = this.bridge.handle(call, {
      user: cookieOf(cookie, 'sim_wecom_user'),
      chat: cookieOf(cookie, 'sim_wecom_chat'),
      entry: cookieOf(cookie, 'sim_wecom_entry'),
    });
    res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    res.end(JSON.stringify(answer));
  }

  private proxy(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const target = new URL(this.appOrigin);
    return new Promise((done, failed) => {
      const up = httpRequest(
        {
          host: target.hostname,
          port: target.port || 80,
          method: req.method,
          path: req.url,
          headers: this.requestHeaders(req, target),
        },
        (answer) => {
          this.pass(answer, res).then(done, failed);
        },
      );
      up.on('error', failed);
      res.on('close', () => up.destroy());
      req.pipe(up);
    });
  }

  private requestHeaders(req: IncomingMessage, target: URL): Record<string, string | string[]> {
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(req.headers)) {
      if (value !== undefined && (name === 'content-length' || !HOP.has(name))) headers[name] = value;
    }
    headers.host = target.host;
    headers['user-agent'] = WXWORK_UA;
    headers['accept-encoding'] = 'identity';
    headers['x-forwarded-host'] = new URL(this.origin).host;
    for (const name of ['origin', 'referer']) {
      const value = headers[name];
      if (typeof value === 'string') headers[name] = value.replace(this.origin, this.appOrigin);
    }
    return headers;
  }

  private async pass(answer: IncomingMessage, res: ServerResponse): Promise<void> {
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && (name === 'content-length' || !HOP.has(name))) headers[name] = value;
    }
    // The client shows pages inside its own window, so rules against framing do not apply there.
    delete headers['x-frame-options'];
    const policy = headers['content-security-policy'];
    if (typeof policy === 'string') {
      headers['content-security-policy'] = policy.replace(/frame-ancestors[^;]*;?/, '');
    }
    if (typeof headers.location === 'string') headers.location = this.rewrite(headers.location);
    const type = answer.headers['content-type'] ?? '';
    if (type.includes('text/html') || type.includes('application/json')) {
      const body = (await collect(answer)).toString('utf8');
      const out = Buffer.from(type.includes('text/html') ? inject(body) : this.rewriteRedirects(body));
      headers['content-length'] = String(out.length);
      res.writeHead(answer.statusCode ?? 200, headers);
      res.end(out);
      return;
    }
    res.writeHead(answer.statusCode ?? 200, headers);
    answer.pipe(res);
  }

  /** Redirects to the app, also those named inside a query, must come back to this browser. */
  private rewrite(location: string): string {
    const plain = location.startsWith(this.appOrigin) ? this.origin + location.slice(this.appOrigin.length) : location;
    return this.rewriteRedirects(plain);
  }

  private rewriteRedirects(text: string): string {
    const from = `redirect_uri=${encodeURIComponent(this.appOrigin)}`;
    return text.replaceAll(from, `redirect_uri=${encodeURIComponent(this.origin)}`);
  }
}

function inject(html: string): string {
  const head = /<head[^>]*>/i.exec(html);
  if (head) return html.slice(0, head.index + head[0].length) + TAG + html.slice(head.index + head[0].length);
  return TAG + html;
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
