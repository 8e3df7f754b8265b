import type { Clock } from '../../platform/clock/clock.js';
import { guardOutsideTransaction } from '../../platform/database/transaction-context.js';
import { TokenSource, type TokenStore } from '../tokens/index.js';
import { exchange, type GatewayLogger, KeyedQueue, NoAnswer } from '../transport/index.js';
import type { Priority, RateGate } from './rate-gate.js';
import type { WecomConfig } from './wecom.config.js';
import { WecomError } from './wecom-error.js';

/** Repeated bad secrets ban our address for an hour, so we stop by ourselves. */
export const BAD_SECRET_PAUSE_MS = 3_600_000;
const MINUTE_MS = 60_000;

export type WecomAnswer = Record<string, unknown> & { errcode: number; errmsg: string };

export interface WecomCall {
  /** Path below /cgi-bin/, without query. */
  cgi: string;
  query?: Record<string, string>;
  /** JSON body; a call without body is a GET. */
  body?: object;
  form?: FormData;
  priority?: Priority;
}

export interface WecomTools {
  clock: Clock;
  tokens: TokenStore;
  gate: RateGate;
  logger: GatewayLogger;
}

/** Token, pace and error kinds of one app. */
export class WecomClient {
  readonly pairs = new KeyedQueue();
  private readonly token: TokenSource;
  private secretRefusedAtMs: number | null = null;

  constructor(
    readonly config: WecomConfig,
    readonly tools: WecomTools,
  ) {
    this.token = this.source('token', () => this.fetchToken());
  }

  /** A cached token-like thing of this app (access token, tickets). */
  source(name: string, fetch: () => Promise<{ value: string; expiresInSeconds: number }>): TokenSource {
    const key = `wecom:${this.config.corpId}:${this.config.agentId}:${name}`;
    return new TokenSource(key, this.tools.tokens, this.tools.clock, fetch);
  }

  /**
   * One call with the app's token. A refused token is replaced and the call repeated once; nothing else is repeated.
   * @throws WecomError
   */
  async call(call: WecomCall): Promise<WecomAnswer> {
    guardOutsideTransaction('wecom');
    await this.tools.gate.pass(this.config.corpId, call.cgi, call.priority ?? 'task');
    const token = await this.token.current();
    const first = await this.send(call, token);
    if (first.errcode !== 40014 && first.errcode !== 42001) return this.accept(call.cgi, first);
    return this.accept(call.cgi, await this.send(call, await this.token.after(token)));
  }

  private async accept(cgi: string, answer: WecomAnswer): Promise<WecomAnswer> {
    if (answer.errcode === 0) return answer;
    if (answer.errcode === 45009) {
      // The block lasts as long as the window that was used up; which one is not told, so the short one is tried first.
      const until = (Math.floor(this.tools.clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
      await this.tools.gate.block(this.config.corpId, cgi, until);
      throw new WecomError(cgi, answer.errcode, answer.errmsg, 'RATE', until);
    }
    const error = new WecomError(cgi, answer.errcode, answer.errmsg);
    if (error.kind === 'CONFIG')
      this.tools.logger.error('WeCom refuses because of a setting', { cgi, errcode: answer.errcode });
    throw error;
  }

  private send(call: WecomCall, token: string): Promise<WecomAnswer> {
    return this.request(call, { access_token: token, ...call.query });
  }

  private async request(call: WecomCall, query: Record<string, string>): Promise<WecomAnswer> {
    const url = new URL(`/cgi-bin/${call.cgi}?${new URLSearchParams(query)}`, this.config.baseUrl);
    const json = call.body === undefined ? undefined : JSON.stringify(call.body);
    try {
      const answer = await exchange({
        method: call.body || call.form ? 'POST' : 'GET',
        url: url.href,
        headers: json === undefined ? undefined : { 'Content-Type': 'application/json' },
        body: json ?? call.form,
        timeoutMs: this.config.timeoutMs,
      });
      return readAnswer(call.cgi, answer.status, answer.body);
    } catch (error) {
      if (error instanceof NoAnswer) throw new WecomError(call.cgi, null, error.message, 'NETWORK');
      throw error;
    }
  }

  private async fetchToken() {
    const { clock, logger } = this.tools;
    const resumeAt = this.secretRefusedAtMs === null ? 0 : this.secretRefusedAtMs + BAD_SECRET_PAUSE_MS;
    if (clock.now() < resumeAt)
      throw new WecomError('gettoken', 40001, 'paused after a bad secret', 'CONFIG', resumeAt);
    const query = { corpid: this.config.corpId, corpsecret: this.config.secret };
    const answer = await this.request({ cgi: 'gettoken' }, query);
    if (answer.errcode === 40001) {
      this.secretRefusedAtMs = clock.now();
      logger.error('WeCom refused the app secret; pausing for an hour', { agentId: this.config.agentId });
    }
    if (answer.errcode !== 0) throw new WecomError('gettoken', answer.errcode, answer.errmsg);
    this.secretRefusedAtMs = null;
    return { value: String(answer['access_token']), expiresInSeconds: Number(answer['expires_in']) };
  }
}

function readAnswer(cgi: string, status: number, body: Buffer): WecomAnswer {
  try {
    const value = JSON.parse(body.toString('utf8')) as Partial<WecomAnswer>;
    return { ...value, errcode: Number(value.errcode ?? 0), errmsg: String(value.errmsg ?? '') };
  } catch {
    throw new WecomError(cgi, null, `an answer with status ${status} that is not JSON`, 'NETWORK');
  }
}
