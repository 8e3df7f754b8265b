import { describe, expect, it } from '@jest/globals';
import { Types } from 'mysql2';
import { bound, PREPARED_MAX, PreparedTexts } from './prepared.js';

const times = (n: number, run: () => boolean) => Array.from({ length: n }, run).filter(Boolean).length;

describe('texts that are kept prepared', () => {
  it('are those that come back often, not those that came a few times', () => {
    const texts = new PreparedTexts();
    expect(times(9, () => texts.takes('SELECT 1 FROM member WHERE id = ?', [1]))).toBe(0);
    expect(times(3, () => texts.takes('SELECT 1 FROM member WHERE id = ?', [1]))).toBe(3);
    expect(texts.takes('SELECT 2 FROM member WHERE id = ?', [1])).toBe(false);
  });

  it('are never those whose lists are written into the text, nor what cannot be prepared', () => {
    const texts = new PreparedTexts();
    expect(times(30, () => texts.takes('SELECT 1 FROM member WHERE id IN (?)', [['1', '2']]))).toBe(0);
    expect(times(30, () => texts.takes("LOAD DATA LOCAL INFILE 'rows' INTO TABLE t", []))).toBe(0);
    expect(times(30, () => texts.takes('COMMIT', []))).toBe(0);
  });

  it('stay few, however many texts there are', () => {
    const texts = new PreparedTexts();
    const sqls = Array.from({ length: PREPARED_MAX + 50 }, (_, n) => `SELECT ${n} FROM member WHERE id = ?`);
    expect(sqls.filter((sql) => times(20, () => texts.takes(sql, [1])) > 0)).toHaveLength(PREPARED_MAX);
  });
});

it('integers go out as integers of the width of their digits, never as doubles', () => {
  const widthOf = (value: number) => (bound(value) as { type: number }).type;
  expect([widthOf(5), widthOf(-5), widthOf(3_000_000_000)]).toEqual([Types.LONG, Types.LONG, Types.LONGLONG]);
  expect([bound('7'), bound(null), bound(undefined), bound(1.5), bound(true)]).toEqual(['7', null, null, 1.5, true]);
});
