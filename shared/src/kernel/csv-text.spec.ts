import { describe, expect, it } from '@jest/globals';
import { csvText } from './csv-text.js';

const cellOf = (value: string | number) => csvText(['a'], [[value]]).slice('\uFEFFa\r\n'.length, -2);

describe('rows as CSV', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '＝1+1',
    '＋1',
    '－1+1',
    '＠a',
    '  =1',
    '\t=1',
    '-',
    '+8613800000000',
  ])('does not let a spreadsheet run %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  it('keeps an evil text that has to be quoted harmless as well', () => {
    expect(cellOf('=HYPERLINK("http://x","领奖")')).toBe(`"'=HYPERLINK(""http://x"",""领奖"")"`);
    expect(cellOf('\r=1')).toBe(`"'\r=1"`);
  });

  it.each(['-12.50', '-1,234.00', '0', '-3%', '2026-11-22', '雪岭 北店', ''])('leaves %j alone', (text) => {
    expect(cellOf(text)).toBe(text.includes(',') ? `"${text}"` : text);
  });

  it('begins with a byte order mark and ends every row as Excel wants it', () => {
    expect(csvText(['日期', '金额'], [['2026-11-22', -5]])).toBe('\uFEFF日期,金额\r\n2026-11-22,-5\r\n');
  });
});
