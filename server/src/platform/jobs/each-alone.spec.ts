import { describe, expect, it } from '@jest/globals';
import { eachAlone } from './each-alone.js';

describe('work that is done item by item', () => {
  it('goes on after one that fails, in order, and throws the first failure in the end', async () => {
    const seen: number[] = [];
    const run = eachAlone('count', [1, 2, 3, 4], String, async (item) => {
      seen.push(item);
      if (item % 2 === 0) throw new Error(`no ${item}`);
      return true;
    });
    await expect(run).rejects.toThrow('no 2');
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('counts what was done', async () => {
    expect(await eachAlone('count', [1, 2, 3], String, async (item) => item !== 2)).toBe(2);
  });
});
