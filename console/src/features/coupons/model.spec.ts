import { describe, expect, it } from 'vitest';
import { checkSentences, emptyTemplate, formOf, inputOf, readCodes, type TemplateForm } from './model';

const NOW = Date.parse('2026-11-22T04:30:00.000Z');
const filled = (terms: Partial<TemplateForm['terms']>): TemplateForm => {
  const empty = emptyTemplate(NOW);
  return { ...empty, name: ' 初雪满减券 ', terms: { ...empty.terms, ...terms } };
};

describe('a coupon template', () => {
  it('is not even checked before it has a name and readable shares', () => {
    expect(inputOf(emptyTemplate(NOW))).toBeNull();
    expect(inputOf(filled({ bearers: [{ party: 'HQ', bp: null }] }))).toBeNull();
  });
  it('sends nothing that is left over from another kind', () => {
    const terms = inputOf(filled({ kind: 'PERCENT', valueFen: 5000, payBp: 8800, maxFen: 8000 }))?.terms;
    expect([terms?.valueFen, terms?.payBp, terms?.maxFen]).toEqual([0, 8800, 8000]);
    const amount = inputOf(filled({ kind: 'AMOUNT', valueFen: 5000, payBp: 8800, maxFen: 8000 }))?.terms;
    expect([amount?.valueFen, amount?.payBp, amount?.maxFen]).toEqual([5000, 0, 0]);
  });
  it('sends only the dates of the validity that is chosen', () => {
    expect(inputOf(filled({}))?.terms.validity).toEqual({ mode: 'RELATIVE', afterDays: 0, days: 30 });
  });
  it('survives opening and saving without a change', () => {
    const input = inputOf(filled({ valueFen: 5000, thresholdFen: 39_900 }));
    if (!input) throw new Error('the form is complete');
    expect(inputOf(formOf({ input } as Parameters<typeof formOf>[0]))).toEqual(input);
  });
});

describe('the worst case in sentences', () => {
  const check = {
    isPublishable: true,
    worstEachFen: 5000,
    worstTotalFen: 500_000,
    mayIssue: 100,
    problems: [],
    hints: [],
  };
  it('names one coupon and all of them', () => {
    expect(checkSentences(check)).toEqual(['一张最多优惠 ¥50.00；最多能发 100 张，全部用掉最多花 ¥5,000.00。']);
  });
  it('says that there is no bound when there is none', () => {
    expect(checkSentences({ ...check, worstTotalFen: null, mayIssue: null })[0]).toContain('没有上限');
  });
});

describe('codes pasted from a table', () => {
  it('are taken once each, and those that cannot be codes are named', () => {
    expect(readCodes('WINTER-001\r\nWINTER-002, WINTER-001\tab 冬日好礼')).toEqual({
      codes: ['WINTER-001', 'WINTER-002'],
      bad: ['ab', '冬日好礼'],
    });
  });
});
