import { afterEach, describe, expect, it } from '@jest/globals';
import { SimClock } from '../../src/core/index.js';

const HOUR = 3_600_000;

describe('virtual clock', () => {
  const clocks: SimClock[] = [];
  const make = () => {
    const clock = new SimClock();
    clocks.push(clock);
    return clock;
  };
  afterEach(() => {
    for (const clock of clocks.splice(0)) clock.stop();
  });

  it('fires due work in order and shows each piece its own instant', async () => {
    const clock = make();
    clock.freeze();
    const start = clock.now();
    const seen: Array<[string, number]> = [];
    clock.schedule(start + 2 * HOUR, () => void seen.push(['second', clock.now() - start]));
    clock.schedule(start + HOUR, () => void seen.push(['first', clock.now() - start]));
    await clock.advance(3 * HOUR);
    expect(seen).toEqual([
      ['first', HOUR],
      ['second', 2 * HOUR],
    ]);
    expect(clock.now() - start).toBe(3 * HOUR);
  });

  it('fires work that was planned by fired work inside the same move', async () => {
    const clock = make();
    clock.freeze();
    const seen: number[] = [];
    const start = clock.now();
    clock.schedule(start + 1000, () => {
      clock.schedule(clock.now() + 1000, () => void seen.push(clock.now() - start));
    });
    await clock.advance(5000);
    expect(seen).toEqual([2000]);
  });

  it('waits for asynchronous work before it moves on', async () => {
    const clock = make();
    let done = false;
    clock.schedule(clock.now() + 1000, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    });
    await clock.advance(2000);
    expect(done).toBe(true);
  });

  it('keeps running after a move and stands still when frozen', async () => {
    const clock = make();
    await clock.advance(HOUR);
    const running = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(clock.now()).toBeGreaterThan(running);
    clock.freeze();
    const still = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(clock.now()).toBe(still);
  });

  it('fires by itself in running time, and withdrawn work never', async () => {
    const clock = make();
    const seen: string[] = [];
    clock.schedule(clock.now() + 10, () => void seen.push('kept'));
    const withdraw = clock.schedule(clock.now() + 10, () => void seen.push('withdrawn'));
    withdraw();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(seen).toEqual(['kept']);
  });
});
