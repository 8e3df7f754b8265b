import { randomBytes } from 'node:crypto';
import { refuse } from './errors.js';

const TTL_MS = 7200_000;
/** The platform renews five minutes early, and for those five minutes the old and the new token both work. */
const OVERLAP_MS = 300_000;
const FORCE_GAP_MS = 30_000;
const FORCE_PER_DAY = 20;

interface Token {
  value: string;
  expiresAt: number;
}

/** stable_token and the older token endpoint; the two are isolated from each other. */
export class MiniappTokens {
  private readonly valid = new Map<string, number>();
  private stable: Token | undefined;
  private forced: number[] = [];
  /** Requests for a token, for the test of single flight. */
  calls = 0;

  constructor(
    private readonly app: { appid: string; secret: string },
    private readonly now: () => number,
  ) {}

  issueStable(appid: string, secret: string, force: boolean): { access_token: string; expires_in: number } {
    this.calls += 1;
    this.checkApp(appid, secret);
    const now = this.now();
    if (force) {
      this.forced = this.forced.filter((at) => now - at < 86_400_000);
      if (this.forced.length >= FORCE_PER_DAY) refuse(45009);
      if (now - (this.forced.at(-1) ?? -Infinity) < FORCE_GAP_MS) refuse(44990);
      this.forced.push(now);
      if (this.stable) this.valid.delete(this.stable.value);
      this.stable = undefined;
    }
    if (!this.stable || this.stable.expiresAt - now <= OVERLAP_MS) this.stable = this.fresh();
    return this.answer(this.stable);
  }

  /** The older endpoint: each call makes a new token, the former one lives five minutes more. */
  issuePlain(appid: string, secret: string): { access_token: string; expires_in: number } {
    this.calls += 1;
    this.checkApp(appid, secret);
    const now = this.now();
    for (const [value, expiresAt] of this.valid) {
      if (value !== this.stable?.value) this.valid.set(value, Math.min(expiresAt, now + OVERLAP_MS));
    }
    return this.answer(this.fresh());
  }

  check(token: string | undefined): void {
    if (!token) refuse(41001);
    const expiresAt = this.valid.get(token);
    if (expiresAt === undefined) refuse(40001);
    if (expiresAt <= this.now()) refuse(42001);
  }

  revokeAll(): void {
    this.valid.clear();
    this.stable = undefined;
  }

  private checkApp(appid: string, secret: string): void {
    if (appid !== this.app.appid) refuse(40013);
    if (secret !== this.app.secret) refuse(40125);
  }

  private fresh(): Token {
    const token = { value: randomBytes(80).toString('base64url'), expiresAt: this.now() + TTL_MS };
    this.valid.set(token.value, token.expiresAt);
    return token;
  }

  private answer(token: Token): { access_token: string; expires_in: number } {
    return { access_token: token.value, expires_in: Math.floor((token.expiresAt - this.now()) / 1000) };
  }
}

type CodeKind = 'login' | 'phone';

/** Codes from the client: login codes and phone codes live five minutes and work once. */
export class ClientCodes {
  private readonly codes = new Map<string, { kind: CodeKind; consumerKey: string; at: number; used: boolean }>();

  constructor(private readonly now: () => number) {}

  issue(kind: CodeKind, consumerKey: string): string {
    const code =
      kind === 'login' ? `0${randomBytes(16).toString('hex').slice(0, 31)}` : randomBytes(32).toString('hex');
    this.codes.set(code, { kind, consumerKey, at: this.now(), used: false });
    return code;
  }

  use(kind: CodeKind, code: string): string {
    const held = this.codes.get(code);
    if (held?.kind !== kind) refuse(40029);
    if (held.used) refuse(40163);
    if (this.now() - held.at > 300_000) refuse(40029);
    held.used = true;
    return held.consumerKey;
  }
}
