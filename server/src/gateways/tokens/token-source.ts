import type { Clock } from '../../platform/clock/clock.js';
import type { TokenStore } from './token-store.js';

/** A token is renewed this long before it ends, so that it does not end on its way. */
export const TOKEN_MARGIN_MS = 300_000;

export interface FreshToken {
  value: string;
  expiresInSeconds: number;
}

/**
 * Hands out one token (or ticket) of one app. Fetching happens under the store's lock, and whoever got the lock looks
 * again first: fifty callers at the moment of expiry make one fetch, not fifty.
 */
export class TokenSource {
  constructor(
    private readonly key: string,
    private readonly store: TokenStore,
    private readonly clock: Clock,
    private readonly fetchFresh: () => Promise<FreshToken>,
  ) {}

  /** The current token, fetched if there is none. @throws whatever the fetch throws */
  async current(): Promise<string> {
    const stored = await this.usable();
    return stored ?? this.replaceUnlessChanged(null);
  }

  /**
   * After the other side refused a token: if somebody has replaced it meanwhile, theirs is used; otherwise it is
   * replaced. The stored token is never deleted first, which would let a second caller fetch in vain.
   */
  async after(refused: string): Promise<string> {
    const stored = await this.usable();
    return stored && stored !== refused ? stored : this.replaceUnlessChanged(refused);
  }

  private replaceUnlessChanged(refused: string | null): Promise<string> {
    return this.store.withLock(this.key, async () => {
      const stored = await this.usable();
      if (stored && stored !== refused) return stored;
      const fresh = await this.fetchFresh();
      const lifeMs = fresh.expiresInSeconds * 1000;
      const margin = Math.min(TOKEN_MARGIN_MS, Math.floor(lifeMs / 2));
      await this.store.set(this.key, { value: fresh.value, expiresAtMs: this.clock.now() + lifeMs - margin });
      return fresh.value;
    });
  }

  private async usable(): Promise<string | null> {
    const stored = await this.store.get(this.key);
    return stored && stored.expiresAtMs > this.clock.now() ? stored.value : null;
  }
}
