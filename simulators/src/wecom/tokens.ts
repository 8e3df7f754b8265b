import { createHash, randomBytes } from 'node:crypto';
import { refuse } from './errors.js';
import type { WecomKnobs, WecomState } from './model.js';

const TTL_MS = 7200_000;
const CODE_TTL_MS = 300_000;

export interface CorpSecrets {
  corpId: string;
  agentId: string;
  secret: string;
  /** The secret of the contact-book assistant; when absent the app's own token may list member ids. */
  contactsSecret?: string;
}

type TokenKind = 'app' | 'contacts';

/** Access tokens, JS tickets and OAuth codes: expiry, revocation, single use and the ban after bad secrets. */
export class Tokens {
  private readonly tokens = new Map<string, { kind: TokenKind; expiresAt: number; revoked: boolean }>();
  private readonly current = new Map<TokenKind, string>();
  private readonly codes = new Map<
    string,
    { userid?: string; openid?: string; external?: string; at: number; used: boolean }
  >();
  private badSecrets = 0;
  private bannedUntil = 0;
  /** How many times a token was asked for; the test of single flight reads it. */
  gettokenCalls = 0;

  constructor(
    private readonly corp: CorpSecrets,
    private readonly knobs: WecomKnobs,
    private readonly now: () => number,
    private readonly kept: Pick<WecomState, 'tickets'>,
  ) {}

  /** Source: document 91039. Inside the validity the same token is returned. */
  issue(corpid: string, secret: string): { access_token: string; expires_in: number } {
    this.gettokenCalls += 1;
    const now = this.now();
    if (now < this.bannedUntil) refuse(45009, 'the ip is banned after too many bad secrets');
    if (corpid !== this.corp.corpId) refuse(40013);
    if (!secret) refuse(41004);
    const kind: TokenKind | undefined =
      secret === this.corp.secret ? 'app' : secret === this.corp.contactsSecret ? 'contacts' : undefined;
    if (!kind) {
      this.badSecrets += 1;
      if (this.badSecrets >= this.knobs.badSecretBan) this.bannedUntil = now + 3_600_000;
      refuse(40001);
    }
    const known = this.current.get(kind);
    const held = known ? this.tokens.get(known) : undefined;
    if (known && held && !held.revoked && held.expiresAt - now > 1000) {
      return { access_token: known, expires_in: Math.floor((held.expiresAt - now) / 1000) };
    }
    const token = randomBytes(96).toString('base64url');
    this.tokens.set(token, { kind, expiresAt: now + TTL_MS, revoked: false });
    this.current.set(kind, token);
    return { access_token: token, expires_in: 7200 };
  }

  check(token: string | undefined): TokenKind {
    if (!token) refuse(41001);
    const held = this.tokens.get(token);
    if (!held || held.revoked) refuse(40014);
    if (held.expiresAt <= this.now()) refuse(42001);
    return held.kind;
  }

  /** Early revocation, as the platform may do at any time. */
  revokeAll(): void {
    for (const held of this.tokens.values()) held.revoked = true;
  }

  ticket(kind: 'corp' | 'agent'): { ticket: string; expires_in: number } {
    const now = this.now();
    const held = this.kept.tickets[kind];
    if (held && held.expiresAt > now) {
      return { ticket: held.value, expires_in: Math.floor((held.expiresAt - now) / 1000) };
    }
    const value = randomBytes(64).toString('base64url');
    this.kept.tickets[kind] = { value, expiresAt: now + TTL_MS };
    return { ticket: value, expires_in: 7200 };
  }

  expireTickets(): void {
    this.kept.tickets = {};
  }

  /** The signature the client recomputes (document 90514): fixed order, no URL encoding, URL without the hash. */
  jsSignature(kind: 'corp' | 'agent', nonceStr: string, timestamp: string, url: string): string | undefined {
    const held = this.kept.tickets[kind];
    if (!held || held.expiresAt <= this.now()) return undefined;
    return jsapiSignature(held.value, nonceStr, timestamp, url);
  }

  newCode(who: { userid?: string; openid?: string; external?: string }): string {
    const code = randomBytes(32).toString('base64url');
    this.codes.set(code, { ...who, at: this.now(), used: false });
    return code;
  }

  /** Source: document 91023. A code lives five minutes and works once. */
  useCode(code: string): { userid?: string; openid?: string; external?: string } {
    const held = this.codes.get(code);
    if (!held) refuse(40029);
    if (held.used) refuse(42022);
    if (this.now() - held.at > CODE_TTL_MS) refuse(42003);
    held.used = true;
    return held;
  }
}

/** sha1 of the four parts in the fixed order of document 96909. */
export function jsapiSignature(ticket: string, nonceStr: string, timestamp: string, url: string): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`)
    .digest('hex');
}
