import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../clock/clock.js';
import { eachDue } from './each-due.js';
import { Setbacks } from './setbacks.js';

const BATCH = 10;

/** A pile of numbers, lowest first; those below the line fail until they are mended. */
function pile(count: number, failing: number) {
  const clock = new ManualClock(1_000_000);
  const setbacks = new Setbacks();
  const open = new Set(Array.from({ length: count }, (_, at) => at));
  const state = { failing, answers: true };
  const sweep = () =>
    eachDue(setbacks, clock.date(), {
      label: 'count',
      batch: BATCH,
      due: async (limit) => [...open].slice(0, limit),
      nameOf: String,
      work: async (item) => {
        if (item < state.failing && state.answers) throw new Error(`no ${item}`);
        if (item < state.failing) return false;
        open.delete(item);
        return true;
      },
    });
  return { clock, setbacks, open, state, sweep };
}

describe('work that is due until it is done', () => {
  it('comes to what is behind more items that always fail than one run takes', async () => {
    const { open, sweep } = pile(40, 25);
    for (let run = 0; run < 3; run += 1) await expect(sweep()).rejects.toThrow('no ');
    expect(await sweep()).toBe(10);
    expect([...open]).toEqual(Array.from({ length: 25 }, (_, at) => at));
  });

  it('lets an item that says it is not done make room as one that fails does', async () => {
    const { open, state, sweep } = pile(15, BATCH);
    state.answers = false;
    expect(await sweep()).toBe(0);
    expect(await sweep()).toBe(5);
    expect(open.size).toBe(BATCH);
  });

  it('pauses a failing item longer each time, five minutes at most', () => {
    const setbacks = new Setbacks();
    const pauses = [1, 2, 3, 20].map((tries) => {
      setbacks.remove('one');
      for (let n = 0; n < tries; n += 1) setbacks.add('one', new Date(0));
      return [500, 1_500, 3_500, 299_500, 300_000].filter((at) => setbacks.isWaiting('one', new Date(at))).length;
    });
    expect(pauses).toEqual([1, 2, 3, 4]);
  });

  it('does not wait until a time that was taken back', async () => {
    const { clock, open, state, sweep } = pile(1, 1);
    clock.advance(9 * 86_400_000);
    await expect(sweep()).rejects.toThrow('no 0');
    state.failing = 0;
    clock.advance(-9 * 86_400_000);
    expect(await sweep()).toBe(1);
    expect(open.size).toBe(0);
  });

  it('does all at once where that works, and each alone when one stands in the way', async () => {
    const setbacks = new Setbacks();
    const open = new Set([1, 2, 3]);
    const calls: string[] = [];
    const take = async (items: readonly number[]) => {
      calls.push(items.join('+'));
      if (items.includes(2)) throw new Error('no 2');
      for (const item of items) open.delete(item);
      return items.length;
    };
    const sweep = () =>
      eachDue(setbacks, new Date(0), {
        label: 'count',
        batch: BATCH,
        due: async (limit) => [...open].slice(0, limit),
        nameOf: String,
        together: take,
        work: async (item) => (await take([item])) > 0,
      });
    await expect(sweep()).rejects.toThrow('no 2');
    expect(calls).toEqual(['1+2+3', '1', '2', '3']);
    for (const item of [4, 5]) open.add(item);
    expect(await sweep()).toBe(2);
    expect(calls.at(-1)).toBe('4+5');
    expect(setbacks.size).toBe(1);
  });

  it('forgets the setbacks of items that were done together with others', async () => {
    const setbacks = new Setbacks();
    setbacks.add('1', new Date(0));
    const open = [1, 2, 3];
    const sweep = () =>
      eachDue(setbacks, new Date(2_000), {
        label: 'count',
        batch: 2,
        due: async (limit) => open.slice(0, limit),
        nameOf: String,
        together: async (items) => items.length,
        work: async () => true,
      });
    expect(await sweep()).toBe(2);
    expect(setbacks.size).toBe(0);
  });

  it('does a mended item at its next try and forgets that it ever failed', async () => {
    const { clock, setbacks, state, sweep } = pile(1, 1);
    await expect(sweep()).rejects.toThrow('no 0');
    state.failing = 0;
    expect(await sweep()).toBe(0);
    clock.advance(1_000);
    expect(await sweep()).toBe(1);
    expect(setbacks.size).toBe(0);
  });

  it('forgets items that somebody else has done', async () => {
    const { open, setbacks, sweep } = pile(3, 3);
    await expect(sweep()).rejects.toThrow('no 0');
    expect(setbacks.size).toBe(3);
    open.clear();
    expect(await sweep()).toBe(0);
    expect(setbacks.size).toBe(0);
  });
});
