import type { Clock } from '../../platform/clock/clock.js';
import { guardOutsideTransaction } from '../../platform/database/transaction-context.js';
import { TokenSource, type TokenStore } from '../tokens/index.js';
import { exchange, type GatewayLogger, type HttpAnswer, headerOf, NoAnswer } from '../transport/index.js';
import { MiniappError, miniappErrorKind } from './miniapp-error.js';
import type { MiniappConfig } from './wechat-miniapp.config.js';

export type MiniappAnswer = Record<string, unknown>;

export interface MiniappTools {
  clock: Clock;
  tokens: TokenStore;
  logger: GatewayLogger;
}

/** Token and errors of one mini-program. Tokens come from stable_token, which other holders cannot invalidate. */
export class MiniappClient {
  private readonly token: TokenSource;

  constructor(
    readonly config: MiniappConfig,
    readonly tools: MiniappTools,
  ) {
    const key = `miniapp:${config.appid}:token`;
    this.token = new TokenSource(key, tools.tokens, tools.clock, () => this.fetchToken());
  }

  /** A JSON call with the token; a refused token is replaced and the call repeated once. @throws MiniappError */
  async call(path: string, body: object): Promise<MiniappAnswer> {
    const answer = await this.callRaw('POST', path, body);
    return parse(path, answer) ?? fail(path, answer);
  }

  /** Like call, for the few APIs that are read with GET. @throws MiniappError */
  async read(path: string): Promise<MiniappAnswer> {
    const answer = await this.callRaw('GET', path);
    return parse(path, answer) ?? fail(path, answer);
  }

  /** Like call, for answers that are a file unless they are an error. @throws MiniappError */
  async callForBytes(path: string, body: object): Promise<Buffer> {
    const answer = await this.callRaw('POST', path, body);
    return parse(path, answer) === null ? answer.body : fail(path, answer);
  }

  /** A GET without token, such as jscode2session. @throws MiniappError */
  async get(path: string, query: Record<string, string>): Promise<MiniappAnswer> {
    guardOutsideTransaction('wechat-miniapp');
    const answer = await this.send('GET', path, query);
    const value = parse(path, answer) ?? fail(path, answer);
    return accept(path, value);
  }

  private async callRaw(method: 'GET' | 'POST', path: string, body?: object): Promise<HttpAnswer> {
    guardOutsideTransaction('wechat-miniapp');
    const token = await this.token.current();
    const first = await this.send(method, path, { access_token: token }, body);
    const code = errcode(parse(path, first));
    if (code === 0) return first;
    if (miniappErrorKind(code) !== 'TOKEN') throw new MiniappError(path, code, hint(parse(path, first)));
    const second = await this.send(method, path, { access_token: await this.token.after(token) }, body);
    accept(path, parse(path, second) ?? {});
    return second;
  }

  private async send(method: 'GET' | 'POST', path: string, query: Record<string, string>, body?: object) {
    const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
    try {
      return await exchange({
        method,
        url: new URL(`${path}${search}`, this.config.baseUrl).href,
        headers: body && { 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
        timeoutMs: this.config.timeoutMs,
      });
    } catch (error) {
      if (error instanceof NoAnswer) throw new MiniappError(path, null, error.message);
      throw error;
    }
  }

  private async fetchToken() {
    const path = '/cgi-bin/stable_token';
    const { appid, secret } = this.config;
    const body = { grant_type: 'client_credential', appid, secret, force_refresh: false };
    const answer = await this.send('POST', path, {}, body);
    const value = accept(path, parse(path, answer) ?? fail(path, answer));
    return { value: String(value['access_token']), expiresInSeconds: Number(value['expires_in']) };
  }
}

/** The JSON of an answer; null when it is something else (a picture). */
function parse(path: string, answer: HttpAnswer): MiniappAnswer | null {
  const type = headerOf(answer, 'content-type') ?? '';
  if (answer.body[0] !== 0x7b && !type.includes('json')) return null;
  try {
    return JSON.parse(answer.body.toString('utf8')) as MiniappAnswer;
  } catch {
    throw new MiniappError(path, null, `broken JSON with status ${answer.status}`);
  }
}

const errcode = (answer: MiniappAnswer | null): number => Number(answer?.['errcode'] ?? 0);
const hint = (answer: MiniappAnswer | null): string => String(answer?.['errmsg'] ?? '');

function accept(path: string, answer: MiniappAnswer): MiniappAnswer {
  if (errcode(answer) !== 0) throw new MiniappError(path, errcode(answer), hint(answer));
  return answer;
}

function fail(path: string, answer: HttpAnswer): never {
  throw new MiniappError(path, null, `an unexpected answer with status ${answer.status}`);
}
