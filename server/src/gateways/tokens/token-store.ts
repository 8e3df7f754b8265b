import type { Clock } from '../../platform/clock/clock.js';
import { KeyedQueue } from '../transport/index.js';

export interface StoredToken {
  value: string;
  /** Instant (ms, UTC) from which it must not be used any more; already shortened by the safety margin. */
  expiresAtMs: number;
}

/**
 * Where tokens and tickets are kept. The in-process store is enough for one node; several nodes need one that is
 * shared, or they invalidate each other's tokens.
 */
export interface TokenStore {
  get(key: string): Promise<StoredToken | null>;
  set(key: string, token: StoredToken): Promise<void>;
  /** Runs the work while holding the key's lock; others wait and then look again. */
  withLock<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export class InProcessTokenStore implements TokenStore {
  private readonly tokens = new Map<string, StoredToken>();
  private readonly locks = new KeyedQueue();

  constructor(private readonly clock: Clock) {}

  async get(key: string): Promise<StoredToken | null> {
    const token = this.tokens.get(key);
    return token && token.expiresAtMs > this.clock.now() ? token : null;
  }

  async set(key: string, token: StoredToken): Promise<void> {
    this.tokens.set(key, token);
  }

  withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.locks.run(key, work);
  }
}
