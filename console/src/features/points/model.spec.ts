import { describe, expect, it } from 'vitest';
import { exampleOf, type RuleDraft, ruleProblem, sentencesOf } from './model';

const rule: RuleDraft = {
  isOn: true,
  earnFenPerPoint: 100,
  birthdayMultiplierBp: 20_000,
  categoryMultipliers: [{ categoryId: '11', multiplierBp: 15_000 }],
  dailyCap: 20_000,
  isInstantUse: false,
  expiry: 'YEAR_END',
  expiryDays: 365,
  yearEndGraceYears: 1,
  fenPerPointBp: 100,
  maxShareBp: 3000,
  multiple: 100,
  bearers: [
    { party: 'HQ', bp: 7000 },
    { party: 'STORE', bp: 3000 },
  ],
};
const emptied = (field: keyof RuleDraft): RuleDraft => ({ ...rule, [field]: null });
const text = (draft: RuleDraft) => sentencesOf(draft, () => '羽绒服').join('');

describe('a points rule in plain sentences', () => {
  it('names earning, using, expiry and who pays', () => {
    const words = text(rule);
    for (const part of [
      '每实付 ¥1 得 1 积分',
      '买「羽绒服」得 1.5 倍',
      '生日当天 2 倍',
      '每 100 积分抵 ¥1',
      '最多抵商品金额的 30%',
    ])
      expect(words).toContain(part);
    expect(words).toContain('第 2 个年底到期');
    expect(words).toContain('总部承担 70%，下单门店承担 30%');
  });
  it('says nothing of rules that do not apply', () => {
    const words = text({
      ...rule,
      birthdayMultiplierBp: 10_000,
      dailyCap: null,
      categoryMultipliers: [],
      expiry: 'NEVER',
    });
    expect(words).not.toMatch(/生日|一天最多|羽绒服|年底/);
  });
  it('says first of all when points are off', () => {
    expect(sentencesOf({ ...rule, isOn: false }, String)).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('is refused when the parts of the cost do not make a whole', () => {
    expect(ruleProblem({ ...rule, bearers: [{ party: 'HQ', bp: 9000 }] })).toBe(
      '谁承担抵扣：加起来是 90%，要正好 100%',
    );
  });
  it('is refused when a multiple of points is worth nothing', () => {
    expect(ruleProblem({ ...rule, multiple: 1, fenPerPointBp: 50 })).toMatch('抵不到 1 分钱');
  });
  it('passes otherwise, and its example counts whole points only', () => {
    expect(ruleProblem(rule)).toBeNull();
    expect(exampleOf(rule, 49_990)).toEqual({ points: 499, backFen: 499 });
  });
  it('waits for a number that was emptied instead of working without it', () => {
    expect(ruleProblem(emptied('earnFenPerPoint'))).toMatch('实付多少');
    expect(ruleProblem({ ...rule, earnFenPerPoint: 0 })).toMatch('大于 0');
    expect(ruleProblem(emptied('multiple'))).toMatch('整倍数');
    expect(ruleProblem(emptied('expiryDays'))).toBeNull();
    expect(ruleProblem({ ...emptied('expiryDays'), expiry: 'ROLLING_DAYS' })).toMatch('几天内有效');
  });
});
