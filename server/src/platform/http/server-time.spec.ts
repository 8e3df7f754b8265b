import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { type Clock, OffsetClock, SystemClock } from '../clock/clock.js';
import { tellServerTime } from './server-time.js';

async function dateOf(clock: Clock): Promise<string | undefined> {
  const fastify = Fastify();
  tellServerTime(fastify, clock);
  fastify.get('/', () => '');
  const { headers } = await fastify.inject('/');
  await fastify.close();
  return headers.date as string | undefined;
}

describe('the time that answers tell', () => {
  it('is the moved time of a demonstration', async () => {
    const clock = new OffsetClock();
    clock.follow(Date.UTC(2026, 11, 5, 13, 47, 3));
    expect(await dateOf(clock)).toBe('Sat, 05 Dec 2026 13:47:03 GMT');
  });

  it('is left to the web server where nobody moves the clock', async () => {
    const told = Date.parse((await dateOf(new SystemClock())) ?? '');
    expect(Math.abs(told - new SystemClock().now())).toBeLessThan(5_000);
  });
});
