import { type Api, ApiError, createApi, fetchTransport } from '@shuke/shared/api';
import { CONSUMERS } from '../demo/consumers.js';
import { oneBrowser } from './one-browser.js';
import type { SeedContext } from './seed-context.js';

const transport = fetchTransport();
/** Server and worker read the simulators' clock four times a second; when one has not followed by then, something is wrong. */
const FOLLOW_MS = 15_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until there is an answer.
 * @throws Error naming what did not happen in time
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null>,
  timeoutMs = 40_000,
  everyMs = 120,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`did not happen in time: ${what}`);
    await pause(everyMs);
  }
}

interface Session {
  api: Api;
  /** Virtual time from which it is no longer used. */
  until: number;
}

const HOUR_MS = 3_600_000;

/** People of the demo at their phones and desks: they act over the public HTTP API and log in again when they must. */
export class Actors {
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(private readonly context: SeedContext) {}

  /** A consumer by their key in the simulated world. */
  consumer(key: string): Promise<Api> {
    return this.session(`consumer ${key}`, 29 * 24 * HOUR_MS, () => this.logIn(key));
  }

  /** A guide by their userid, through the OAuth page of the WeCom client. */
  guide(userid: string): Promise<Api> {
    return this.session(`guide ${userid}`, 23 * HOUR_MS, async () => {
      const { serverOrigin } = this.context;
      const browser = oneBrowser(serverOrigin);
      const { url, state } = await browser.guide.oauthUrl({
        body: { redirectUri: `${serverOrigin}/sidebar/` },
      });
      const target = new URL(url);
      target.searchParams.set('sim_user', userid);
      const answer = await fetch(target, { redirect: 'manual' });
      const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
      return (await browser.guide.login({ body: { code, state } })).token;
    });
  }

  /** Somebody at headquarters or of a franchisee, by their login. */
  desk(login: string): Promise<Api> {
    return this.session(`desk ${login}`, 11 * HOUR_MS, async () => {
      return (await this.client(null).console.login({ body: { login, password: `xueling-${login}` } })).token;
    });
  }

  /** Posts to the control plane of the simulated world. */
  async control<T = Record<string, unknown>>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.context.deskOrigin}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`control/${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }

  /** Moves the simulated world to an instant and waits until server and worker have followed. */
  async setTime(instantMs: number): Promise<void> {
    await this.control('clock', { setMs: instantMs });
    this.context.clock.follow(instantMs);
    const allFollow = async () => {
      const answer = await fetch(`${this.context.deskOrigin}/control/clock`);
      const { behind } = (await answer.json()) as { behind: string[] };
      return behind.length === 0 ? true : null;
    };
    await until('server and worker follow the clock', allFollow, FOLLOW_MS, 60);
  }

  /** A consumer opens the mini-program again: WeChat checks only the words of people who were there lately. */
  async visit(key: string): Promise<void> {
    await this.logIn(key);
  }

  private async logIn(key: string): Promise<string> {
    const person = CONSUMERS.find((one) => one.key === key);
    if (!person) throw new Error(`nobody in the demo is "${key}"`);
    const { code } = await this.control<{ code: string }>('miniapp/code', { kind: 'login', consumer: key });
    const { nickname, avatar: avatarUrl } = person;
    return (await this.client(null).mall.login({ body: { code, nickname, avatarUrl } })).token;
  }

  private async session(who: string, lifeMs: number, logIn: () => Promise<string>): Promise<Api> {
    const now = this.context.clock.now();
    const open = await this.sessions.get(who);
    if (open && open.until > now && now > open.until - lifeMs - HOUR_MS) return open.api;
    const opening = logIn().then((token) => ({ api: this.client(token), until: now + lifeMs }));
    this.sessions.set(who, opening);
    return (await opening).api;
  }

  private client(token: string | null): Api {
    const headers = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});
    return createApi({ baseUrl: this.context.serverOrigin, transport, headers });
  }
}

/** What the API refused, as one line for the log; other errors go on their way. */
export function refusalText(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  return `${error.code} ${error.message} ${JSON.stringify(error.detail ?? '')}`.trim();
}

/**
 * Does one thing of many of a demo: what is refused is told and the others go on.
 *
 * @param what what was tried, for the log
 */
export async function attempt(context: SeedContext, what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    context.say(`${what}: ${refusalText(error)}`);
    return false;
  }
}
