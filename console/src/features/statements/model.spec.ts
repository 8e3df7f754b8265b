import { describe, expect, it } from 'vitest';
import { statement } from '../../../test/fixtures/money.mjs';
import { checkStatement, csvRow } from './model';

describe('a statement', () => {
  it('is summed again, down and across', () => {
    expect(checkStatement(statement)).toMatchObject({ isWhole: true, brokenLines: [], brokenColumns: [] });
  });
  it('names the line and the column that one moved fen breaks', () => {
    const lines = statement.lines.map((line, index) => (index === 1 ? { ...line, brandFen: line.brandFen + 1 } : line));
    expect(checkStatement({ ...statement, lines })).toMatchObject({ brokenLines: [127], brokenColumns: ['品牌'] });
  });
  it('exports plain amounts', () => {
    expect(csvRow(statement.lines[3]!).slice(5)).toEqual(['-1899.00', '-1450.84', '-341.82', '-94.95', '-11.39', '']);
  });
});
