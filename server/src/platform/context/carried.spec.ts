import { setImmediate as nextRound, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Carried } from './carried.js';

describe('Carried', () => {
  it('is found after everything that the work awaits, in its own work only', async () => {
    const carried = new Carried<string>();
    const seen: string[] = [];
    const work = async (name: string) => {
      for (let round = 0; round < 3; round += 1) {
        await pause(round);
        await Promise.all([nextRound(), Promise.resolve()]);
        seen.push(`${name}${carried.get()}`);
      }
    };
    await Promise.all([carried.run('a', () => work('a')), carried.run('b', () => work('b')), work('-')]);
    expect(seen.sort()).toEqual(['-undefined', '-undefined', '-undefined', 'aa', 'aa', 'aa', 'bb', 'bb', 'bb']);
    expect(carried.get()).toBeUndefined();
  });

  it('comes back to whoever awaits a callback, and is given back when the work fails', async () => {
    const carried = new Carried<string>();
    await carried.run('outer', async () => {
      await new Promise<void>((resolve) => setTimeout(resolve, 1));
      expect(carried.get()).toBe('outer');
      expect(() =>
        carried.run('inner', () => {
          throw new Error('no');
        }),
      ).toThrow('no');
      await expect(carried.run('inner', () => Promise.reject(new Error(String(carried.get()))))).rejects.toThrow(
        'inner',
      );
      expect(carried.get()).toBe('outer');
    });
    expect(carried.get()).toBeUndefined();
  });

  it('keeps kinds apart and lets work leave one of them', async () => {
    const [trace, label] = [new Carried<string>(), new Carried<string>()];
    await trace.run('t', () =>
      label.run('l', async () => {
        await nextRound();
        expect([trace.get(), label.get()]).toEqual(['t', 'l']);
        await label.exit(async () => {
          await nextRound();
          expect([trace.get(), label.get()]).toEqual(['t', undefined]);
        });
        expect(label.get()).toBe('l');
      }),
    );
  });

  it('does not leak into what a finished work leaves behind', async () => {
    const carried = new Carried<string>();
    const later = new Promise<string | undefined>((resolve) => {
      carried.run('gone', () => setTimeout(() => resolve(carried.get()), 1));
    });
    expect(await later).toBeUndefined();
  });
});
