import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../clock/clock.js';
import { refuse } from '../errors/app-error.js';
import type { Actor } from './actor.js';

const LIFE_SECONDS: Record<string, number> = { consumer: 30 * 86_400, guide: 86_400, hq: 43_200, franchisee: 43_200 };
const CACHE_MAX = 20_000;

interface Remembered {
  actor: Actor;
  expiresAt: number;
}

/** Signed session tokens. They carry the actor whole, so that a request needs no query to know who is asking. */
export class Sessions {
  private readonly key: Uint8Array;
  private readonly known = new Map<string, Remembered>();

  constructor(
    secret: string,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(secret);
  }

  /** Makes a token for an actor who has proved who they are. */
  async issue(actor: Actor): Promise<string> {
    const now = Math.floor(this.clock.now() / 1000);
    const life = LIFE_SECONDS[actor.kind];
    if (life === undefined) throw new Error(`no sessions for ${actor.kind}`);
    return new SignJWT({ actor } as unknown as JWTPayload)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(now)
      .setExpirationTime(now + life)
      .sign(this.key);
  }

  /** @throws AppError UNAUTHENTICATED for a token that is forged, expired or of another server. */
  async read(token: string): Promise<Actor> {
    const now = this.clock.now();
    const remembered = this.known.get(token);
    if (remembered && remembered.expiresAt > now) return remembered.actor;
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: ['HS256'], currentDate: new Date(now) });
      const actor = payload['actor'] as Actor;
      if (this.known.size >= CACHE_MAX) this.known.clear();
      this.known.set(token, { actor, expiresAt: (payload.exp ?? 0) * 1000 });
      return actor;
    } catch {
      throw refuse('UNAUTHENTICATED');
    }
  }
}
