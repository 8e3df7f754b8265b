import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock } from '../../platform/clock/clock.js';
import type { Config } from '../../platform/config/config.js';
import { Database, isDuplicate } from '../../platform/database/database.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { log } from '../../platform/observability/log.js';
import { CONFIG } from '../../platform/platform.module.js';
import type { ReplayStore } from '../wechat-pay/index.js';

/** Longer than the five minutes for which a signature is taken (reference/wechat-pay.md §2). */
const LIFE_MS = 20 * 60_000;

/**
 * Remembers seen signatures for all processes in Redis, which forgets them by itself; while Redis is away, in the
 * database. A replay that slips through between the two changes nothing: payments are applied once by their own rows.
 */
@Injectable()
export class SharedReplays implements ReplayStore, OnModuleInit, OnApplicationShutdown {
  private readonly redis: Redis;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'REDIS_URL' | 'QUEUE_PREFIX'>,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.redis = new Redis(config.REDIS_URL, {
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      enableOfflineQueue: false,
      retryStrategy: (times) => Math.min(times * 100, 2000),
    });
    this.redis.on('error', () => undefined);
  }

  onModuleInit(): void {
    registerSweep({ name: 'gateways.nonces', everyMs: 60_000, run: () => this.forget() });
  }

  async firstSeen(serial: string, nonce: string, timestamp: string, ttlSeconds: number): Promise<boolean> {
    try {
      const key = `${this.config.QUEUE_PREFIX}:seen:${serial}:${nonce}:${timestamp}`;
      return (await this.redis.set(key, '1', 'EX', ttlSeconds, 'NX')) === 'OK';
    } catch (error) {
      log.warn({ problem: (error as Error).message }, 'signatures are remembered in the database: redis is away');
      return this.inDatabase(serial, nonce, timestamp);
    }
  }

  private async inDatabase(serial: string, nonce: string, timestamp: string): Promise<boolean> {
    try {
      await this.database.execute('INSERT INTO pay_nonce (serial, nonce, signed_at, seen_at) VALUES (?,?,?,?)', [
        serial,
        nonce,
        timestamp,
        this.clock.date(),
      ]);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Those of the database end here; Redis forgets its own by itself. */
  private async forget(): Promise<number> {
    const before = new Date(this.clock.now() - LIFE_MS);
    const gone = await this.database.execute('DELETE FROM pay_nonce WHERE seen_at < ? LIMIT 5000', [before]);
    return gone.affectedRows;
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
