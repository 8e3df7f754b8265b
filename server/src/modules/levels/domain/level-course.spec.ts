import { describe, expect, it } from '@jest/globals';
import { addMonths, endPeriod, replay, riseTo } from './level-course.js';
import { DEFAULT_SCHEME, levelFor, levelView, schemeProblem, shownGrowth } from './level-scheme.js';

const scheme = { ...DEFAULT_SCHEME, growthMonths: 12 };
const at = (text: string) => new Date(`${text}T04:00:00Z`);
const yuan = (amount: number) => amount * 100;

describe('the course of a level', () => {
  it('rises at once, also over several levels, and starts a period', () => {
    const standing = { level: 1, since: at('2026-01-01'), periodEndsAt: at('2027-01-01') };
    expect(riseTo(scheme, standing, yuan(9_000), at('2026-03-31'))).toEqual({
      level: 3,
      since: at('2026-03-31'),
      periodEndsAt: at('2027-03-31'),
    });
    expect(riseTo(scheme, { ...standing, level: 3 }, yuan(10), at('2026-03-31')).level).toBe(3);
  });

  it('falls one step only at the end of a period', () => {
    const standing = { level: 4, since: at('2026-01-01'), periodEndsAt: at('2027-01-01') };
    expect(endPeriod(scheme, standing, 0)).toEqual({
      level: 3,
      since: at('2027-01-01'),
      periodEndsAt: at('2028-01-01'),
    });
    expect(endPeriod(scheme, standing, yuan(20_000)).level).toBe(4);
  });

  it('replays a history to the same standing: up, kept for its period, down step by step', () => {
    const events = [{ at: at('2024-02-29'), fen: yuan(8_000) }];
    const of = (day: string) => replay(scheme, events, at('2024-01-01'), at(day));
    expect(of('2024-02-28').level).toBe(1);
    expect(of('2024-03-01')).toMatchObject({ level: 3, periodEndsAt: at('2025-02-28') });
    expect(of('2025-02-27').level).toBe(3);
    expect(of('2026-03-01').level).toBe(2);
    expect(of('2027-03-01').level).toBe(1);
  });

  it('counts months in the calendar of Shanghai', () => {
    expect(addMonths(at('2024-02-29'), 12)).toEqual(at('2025-02-28'));
    expect(addMonths(new Date('2026-01-30T16:30:00Z'), 1)).toEqual(new Date('2026-02-27T16:30:00Z'));
  });

  it('shows the next level and refuses a scheme that does not rise', () => {
    expect(levelView(scheme, 2)).toEqual({ level: 2, levelName: '银峰', nextLevelGrowth: 8_000 });
    expect(levelView(scheme, 4).nextLevelGrowth).toBeNull();
    expect(schemeProblem(scheme)).toBeNull();
    expect(schemeProblem({ ...scheme, levels: [...scheme.levels].reverse() })).not.toBeNull();
  });

  it('begins exactly at its threshold and counts whole yuan only', () => {
    for (const { fromGrowth, level } of scheme.levels) {
      expect(levelFor(scheme, fromGrowth).level).toBe(level);
      if (fromGrowth > 0) expect(levelFor(scheme, fromGrowth - 1).level).toBe(level - 1);
    }
    expect([shownGrowth(199), shownGrowth(-500)]).toEqual([1, 0]);
  });
});
