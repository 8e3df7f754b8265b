import { describe, expect, it } from 'vitest';
import { levelProgress, shortcutsOf, shownName } from './model';

describe('the member card', () => {
  it('says how far the next level is in whole per cent', () => {
    expect(levelProgress({ growth: 1_860, nextLevelGrowth: 3_000 })).toEqual({
      percent: 62,
      text: '再得 1,140 成长值升级',
    });
    expect(levelProgress({ growth: 5_000, nextLevelGrowth: null })).toEqual({ percent: 100, text: '你已经是最高等级' });
    expect(levelProgress({ growth: 3_100, nextLevelGrowth: 3_000 }).percent).toBe(100);
  });

  it('calls a nameless member by the end of the number', () => {
    expect(shownName({ nickname: '', memberNo: '88010023' })).toBe('会员 0023');
  });

  it('counts orders by what they wait for', () => {
    const counts = { pendingPay: 1, toShip: 2, toReceive: 3, toPickup: 4, all: 10 };
    expect(shortcutsOf(counts).map(({ count }) => count)).toEqual([1, 2, 3, 4, 0]);
  });
});
