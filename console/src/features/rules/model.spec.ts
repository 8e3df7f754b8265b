import { describe, expect, it } from 'vitest';
import { rules } from '../../../test/fixtures/money.mjs';
import { checkView, draftOf, inputOf, legProblem, legText, newLeg } from './model';

const names: Record<string, string> = { '11': '羽绒服', '12': '大衣' };

describe('a rule in words', () => {
  it('says that a worst case above the cap cannot be published, and by how much', () => {
    expect(checkView({ isAcceptable: false, worstCaseBp: 3300, capBp: 3000, problems: ['x'] })).toMatchObject({
      tone: 'bad',
      title: '最坏情况分出 33%，超过上限 30%，不能发布',
      problems: ['x'],
    });
  });
  it('accepts a worst case exactly at the cap', () => {
    expect(checkView({ isAcceptable: true, worstCaseBp: 3000, capBp: 3000, problems: [] }).title).toBe(
      '最坏情况分出 30%，在上限 30% 之内',
    );
  });
  it('follows the server when it refuses for another reason than the cap', () => {
    const view = checkView({ isAcceptable: false, worstCaseBp: 100, capBp: 3000, problems: ['品类不存在'] });
    expect([view.tone, view.title]).toEqual(['bad', '这版规则不能发布']);
  });
  it('tells a leg as one sentence', () => {
    expect(legText({ party: 'GUIDE', ratioBp: 250, categoryIds: ['11', '12'] }, (id) => names[id] ?? '')).toBe(
      '所有门店的羽绒服、大衣，导购得 2.5%',
    );
  });
});

describe('a draft', () => {
  it('survives editing without a change', () => {
    for (const rule of rules) expect(inputOf(rule.name, rule.legs.map(draftOf))?.legs).toEqual(rule.legs);
  });
  it('is not sent while a ratio is missing or has three decimals', () => {
    expect(inputOf('秋冬', [newLeg()])).toBeNull();
    expect(legProblem({ ...newLeg(), percent: '1.234' })).toMatch(/两位小数/);
    expect(legProblem({ ...newLeg(), percent: '101' })).toMatch(/0–100/);
  });
});
