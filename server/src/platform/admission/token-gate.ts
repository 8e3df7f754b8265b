import { Redis } from 'ioredis';
import { log } from '../observability/log.js';

/** TAKEN: go on. NONE: no token is left. UNKNOWN: Redis does not know this gate. AWAY: Redis does not answer. */
export type GateAnswer = 'TAKEN' | 'NONE' | 'UNKNOWN' | 'AWAY';

const LIFE_MS = 3_600_000;
/** How long a gate that was filled again is left alone, by whichever process filled it. */
const REFILL_MS = 1000;

const TAKE = `local left = redis.call('GET', KEYS[1])
if not left then return -1 end
if tonumber(left) < tonumber(ARGV[1]) then return 0 end
redis.call('DECRBY', KEYS[1], ARGV[1])
return 1`;
const GIVE = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('INCRBY', KEYS[1], ARGV[1]) end
return 1`;
const REFILL = `if not redis.call('SET', KEYS[2], '1', 'PX', ARGV[2], 'NX') then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1`;

/**
 * Counters of tokens in Redis that keep a rush away from the database: only who holds a token goes on. They decide
 * nothing. The rows' own guards do, so a gate that is emptied, lost or wrong lets too many or too few try, and never sells
 * a piece twice.
 */
export class TokenGate {
  private readonly redis: Redis;
  private isAway = false;

  constructor(
    redisUrl: string,
    private readonly prefix: string,
  ) {
    this.redis = new Redis(redisUrl, {
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      enableOfflineQueue: false,
      enableAutoPipelining: true,
      retryStrategy: (times) => Math.min(times * 100, 2000),
    });
    this.redis.on('error', () => undefined);
  }

  /** Takes tokens of a gate. */
  async take(gate: string, tokens: number): Promise<GateAnswer> {
    const answer = await this.run(() => this.redis.eval(TAKE, 1, this.key(gate), tokens));
    if (answer === null) return 'AWAY';
    return answer === 1 ? 'TAKEN' : answer === 0 ? 'NONE' : 'UNKNOWN';
  }

  /** Gives tokens back that were not used; a gate that is gone stays gone. */
  async give(gate: string, tokens: number): Promise<void> {
    await this.run(() => this.redis.eval(GIVE, 1, this.key(gate), tokens));
  }

  /** Sets up a gate that Redis does not know; the first of several processes wins. */
  async open(gate: string, tokens: number): Promise<void> {
    await this.run(() => this.redis.set(this.key(gate), tokens, 'PX', LIFE_MS, 'NX'));
  }

  /** Sets a gate that has run out while rows say that something is left; at most once a second. */
  async refill(gate: string, tokens: number): Promise<boolean> {
    const keys = [this.key(gate), this.key(`${gate}:refilled`)] as const;
    return (await this.run(() => this.redis.eval(REFILL, 2, ...keys, tokens, REFILL_MS, LIFE_MS))) === 1;
  }

  close(): void {
    this.redis.disconnect();
  }

  private key(gate: string): string {
    return `${this.prefix}:gate:${gate}`;
  }

  /** Null when Redis does not answer; said once until it is back. */
  private async run(command: () => Promise<unknown>): Promise<unknown> {
    try {
      const answer = await command();
      this.isAway = false;
      return answer;
    } catch (error) {
      if (!this.isAway) log.warn({ problem: (error as Error).message }, 'gates stand open: redis is away');
      this.isAway = true;
      return null;
    }
  }
}
