import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leftOutText, PACK_RULES, packMorning } from './pack.js';

const candidate = fc.record({
  externalUserId: fc.integer({ min: 1, max: 60 }).map((n) => `wm${n}`),
  score: fc.integer({ min: 40, max: 110 }),
  isDormant: fc.boolean(),
});
const candidates = fc.array(candidate, { maxLength: 120 });
const pace = fc.integer({ min: 15, max: 300 });
const blocks = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('CONTACTED' as const, 'TASK_DONE' as const)))
  .map((list) => new Map(list.map(([n, why]) => [`wm${n}`, why])));
const rulesOf = (secondsPerItem: number) => ({ ...PACK_RULES, secondsPerItem });

describe('packing a morning', () => {
  it('keeps the budget, takes no customer twice and nobody who is blocked', () => {
    fc.assert(
      fc.property(candidates, pace, blocks, (list, seconds, blocked) => {
        const plan = packMorning(list, rulesOf(seconds), blocked);
        expect(plan.seconds).toBeLessThanOrEqual(PACK_RULES.maxSeconds);
        expect(plan.seconds).toBe(plan.items.length * seconds);
        const ids = plan.items.map((item) => item.externalUserId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.some((id) => blocked.has(id))).toBe(false);
      }),
    );
  });

  it('either packs a candidate or says why not', () => {
    fc.assert(
      fc.property(candidates, pace, blocks, (list, seconds, blocked) => {
        const plan = packMorning(list, rulesOf(seconds), blocked);
        const placed = [...plan.items, ...plan.leftOut.map((one) => one.candidate)];
        expect(new Set(placed)).toEqual(new Set(list));
        expect(placed).toHaveLength(list.length);
      }),
    );
  });

  it('does not depend on the order of the candidates', () => {
    const unique = fc.uniqueArray(candidate, { selector: (one) => one.externalUserId, maxLength: 60 });
    fc.assert(
      fc.property(unique, pace, (list, seconds) => {
        expect(packMorning([...list].reverse(), rulesOf(seconds)).items).toEqual(
          packMorning(list, rulesOf(seconds)).items,
        );
      }),
    );
  });

  it('gives dormant customers their share whenever there are enough of them', () => {
    const unique = fc.uniqueArray(candidate, { selector: (one) => one.externalUserId, maxLength: 60 });
    fc.assert(
      fc.property(unique, pace, (list, seconds) => {
        const { items } = packMorning(list, rulesOf(seconds));
        const available = list.filter((one) => one.isDormant).length;
        const share = Math.ceil(items.length / 10);
        expect(items.filter((one) => one.isDormant).length).toBeGreaterThanOrEqual(Math.min(share, available));
      }),
    );
  });

  it('fills fifteen minutes with anything and goes on to thirty with strong reasons only', () => {
    const many = (count: number, score: number) =>
      Array.from({ length: count }, (_, n) => ({ externalUserId: `wm${score}-${n}`, score, isDormant: false }));
    expect(packMorning(many(50, 45), rulesOf(60)).items).toHaveLength(15);
    expect(packMorning(many(50, 90), rulesOf(60)).items).toHaveLength(30);
    const mixed = packMorning([...many(20, 90), ...many(30, 45)], rulesOf(60));
    expect([mixed.items.length, mixed.leftOut[0]?.reason]).toEqual([20, 'WEAK']);
    expect(packMorning(many(50, 90), rulesOf(120)).items).toHaveLength(15);
  });

  it('tells the guide what was left out', () => {
    expect(leftOutText({})).toBeNull();
    expect(leftOutText({ TIME: 3, CONTACTED: 2 })).toBe('没排进来的顾客：3 位今天排不下，2 位两天内刚联系过');
  });
});
