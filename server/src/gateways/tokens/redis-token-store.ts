import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../../platform/clock/clock.js';
import { type GatewayLogger, KeyedQueue, SILENT_LOGGER } from '../transport/index.js';
import { InProcessTokenStore, type StoredToken, type TokenStore } from './token-store.js';

/** Longer than any fetch may take, so that a lock never ends under a living holder. */
const LOCK_MS = 20_000;
const LOOK_AGAIN_MS = 40;
/** Tokens carry their own end; this only keeps Redis tidy. */
const KEPT_MS = 86_400_000;
/** Deletes the lock only while it is still ours. */
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/**
 * Tokens that all processes share: one of them fetches under the key's lock, the others wait and find what it stored
 * (reference: wecom-miniapp 10, row 1). While Redis is away each process keeps to its own copy, so that guides go on
 * working; a token that two processes then fetch costs a call and breaks nothing.
 */
export class RedisTokenStore implements TokenStore {
  private readonly own: InProcessTokenStore;
  /** One contender per process is enough. */
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly clock: Clock,
    private readonly logger: GatewayLogger = SILENT_LOGGER,
  ) {
    this.own = new InProcessTokenStore(clock);
  }

  async get(key: string): Promise<StoredToken | null> {
    const shared = await this.tried(() => this.redis.get(this.name('token', key)));
    if (shared === null) return this.own.get(key);
    const token = shared.answer === null ? null : (JSON.parse(shared.answer) as StoredToken);
    return token && token.expiresAtMs > this.clock.now() ? token : null;
  }

  async set(key: string, token: StoredToken): Promise<void> {
    await this.own.set(key, token);
    await this.tried(() => this.redis.set(this.name('token', key), JSON.stringify(token), 'PX', KEPT_MS));
  }

  withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.queue.run(key, async () => {
      const lock = this.name('lock', key);
      const mine = randomUUID();
      for (;;) {
        const taken = await this.tried(() => this.redis.set(lock, mine, 'PX', LOCK_MS, 'NX'));
        if (taken === null || taken.answer === 'OK') break;
        await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
      }
      try {
        return await work();
      } finally {
        await this.tried(() => this.redis.eval(RELEASE, 1, lock, mine));
      }
    });
  }

  private name(kind: 'token' | 'lock', key: string): string {
    return `${this.prefix}:${kind}:${key}`;
  }

  /** @returns null when Redis did not answer */
  private async tried<T>(ask: () => Promise<T>): Promise<{ answer: T } | null> {
    try {
      return { answer: await ask() };
    } catch (error) {
      this.logger.warn('tokens are not shared: Redis is away', { problem: (error as Error).message });
      return null;
    }
  }
}
