import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../clock/clock.js';
import { refuse } from '../errors/app-error.js';
import type { IdSource } from '../ids/id-source.js';
import type { Actor } from './actor.js';
import type { SessionEnds } from './session-ends.js';

const LIFE_SECONDS: Record<string, number> = { consumer: 30 * 86_400, guide: 86_400, hq: 43_200, franchisee: 43_200 };
const CACHE_MAX = 20_000;

/** Somebody's session: who, and its number by which it can be ended. */
export interface Session {
  actor: Actor;
  sessionId: string;
}
interface Remembered extends Session {
  expiresAt: number;
}

/**
 * Signed session tokens. They carry the actor whole, so that a request needs no query to know who is asking; a session
 * that ends before its time is known from memory (`SessionEnds`).
 */
export class Sessions {
  private readonly key: Uint8Array;
  private readonly known = new Map<string, Remembered>();

  constructor(
    secret: string,
    private readonly clock: Clock,
    private readonly ids: IdSource | null = null,
    private readonly ends: SessionEnds | null = null,
  ) {
    this.key = new TextEncoder().encode(secret);
  }

  /** Makes a token for an actor who has proved who they are. */
  async issue(actor: Actor): Promise<string> {
    const now = Math.floor(this.clock.now() / 1000);
    const life = LIFE_SECONDS[actor.kind];
    if (life === undefined) throw new Error(`no sessions for ${actor.kind}`);
    return new SignJWT({ actor, sid: this.ids?.next() ?? '0' } as unknown as JWTPayload)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(now)
      .setExpirationTime(now + life)
      .sign(this.key);
  }

  /** @throws AppError UNAUTHENTICATED for a token that is forged, expired, ended or of another server. */
  async read(token: string): Promise<Actor> {
    return (await this.open(token)).actor;
  }

  /** The same with the session's number. @throws AppError UNAUTHENTICATED */
  async open(token: string): Promise<Session> {
    const session = await this.verified(token);
    if (this.ends && (await this.ends.isOver(session.actor, session.sessionId))) throw refuse('UNAUTHENTICATED');
    return session;
  }

  /**
   * The session of a token that was verified before, without waiting; null when it has to be opened.
   * @throws AppError UNAUTHENTICATED for one that has ended
   */
  openKnown(token: string): Session | null {
    const remembered = this.known.get(token);
    if (!remembered || remembered.expiresAt <= this.clock.now()) return null;
    const isOver = this.ends ? this.ends.isKnownOver(remembered.actor, remembered.sessionId) : false;
    if (isOver === true) throw refuse('UNAUTHENTICATED');
    return isOver === null ? null : remembered;
  }

  private async verified(token: string): Promise<Session> {
    const now = this.clock.now();
    const remembered = this.known.get(token);
    if (remembered && remembered.expiresAt > now) return remembered;
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: ['HS256'], currentDate: new Date(now) });
      const session = { actor: payload['actor'] as Actor, sessionId: (payload['sid'] as string | undefined) ?? '0' };
      if (this.known.size >= CACHE_MAX) this.known.clear();
      this.known.set(token, { ...session, expiresAt: (payload.exp ?? 0) * 1000 });
      return session;
    } catch {
      throw refuse('UNAUTHENTICATED');
    }
  }
}
