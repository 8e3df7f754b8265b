import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { RedisTokenStore, TokenSource } from '../../src/gateways/tokens/index.js';
import { ManualClock } from '../../src/platform/clock/clock.js';

const clock = new ManualClock(Date.parse('2026-11-22T08:30:00+08:00'));
let connections: Redis[];
let fetched: number;
let prefix = '';

const connect = (url = process.env['SHUKE_TEST_REDIS_URL'] ?? '') => {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 500, retryStrategy: () => 100 });
  redis.on('error', () => undefined);
  connections.push(redis);
  return redis;
};
/** What one process holds: its own connection, its own store. */
const processOf = (redis: Redis) =>
  new TokenSource('wecom:ww1:1:token', new RedisTokenStore(redis, prefix, clock), clock, async () => {
    fetched += 1;
    const value = `token-${fetched}`;
    await new Promise((done) => setTimeout(done, 30));
    return { value, expiresInSeconds: 7200 };
  });

beforeAll(() => {
  connections = [];
});
beforeEach(() => {
  fetched = 0;
  prefix = `t${process.pid}-${process.hrtime.bigint()}`;
});
afterAll(() => {
  for (const redis of connections) redis.disconnect();
});

describe('a token that several processes share', () => {
  it('wecom-01 is fetched once by fifty callers in five processes, and once more at its end', async () => {
    const processes = Array.from({ length: 5 }, () => processOf(connect()));
    const ask = () => Promise.all(processes.flatMap((one) => Array.from({ length: 10 }, () => one.current())));
    expect(new Set(await ask())).toEqual(new Set(['token-1']));
    clock.advance(6_900_000);
    expect(new Set(await ask())).toEqual(new Set(['token-2']));
    expect(fetched).toBe(2);
  });

  it('wecom-02 is replaced once when every process is refused with the same one', async () => {
    const processes = Array.from({ length: 3 }, () => processOf(connect()));
    const old = await processes[0]?.current();
    const fresh = await Promise.all(processes.map((one) => one.after(old ?? '')));
    expect(new Set(fresh)).toEqual(new Set(['token-2']));
    expect(fetched).toBe(2);
  });

  it('is not lost to the others when its lock’s holder fails', async () => {
    const redis = connect();
    const store = new RedisTokenStore(redis, prefix, clock);
    const failing = store.withLock('k', () => Promise.reject(new Error('no answer')));
    await expect(failing).rejects.toThrow('no answer');
    expect(await new RedisTokenStore(connect(), prefix, clock).withLock('k', async () => 'free')).toBe('free');
  });

  it('is each process’s own while Redis is away', async () => {
    const away = processOf(connect('redis://127.0.0.1:1'));
    expect([await away.current(), await away.current()]).toEqual(['token-1', 'token-1']);
  });
});
