import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import type { SqlValue } from './database.js';

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

/** Runs a statement until it has long been prepared; each answer must be the first one's. */
async function steadily(sql: string, values: readonly SqlValue[]): Promise<Record<string, unknown>> {
  const answers = [];
  for (let n = 0; n < 30; n += 1) answers.push((await bench.database.query(sql, values))[0]);
  for (const one of answers) expect(one).toEqual(answers[0]);
  return answers[0] as Record<string, unknown>;
}

it('answers a prepared statement as it answers the text: numbers, fen, dates, nothing, words', async () => {
  const at = new Date('2026-11-22T03:04:05.678Z');
  const row = await steadily(
    `SELECT IF(1 = ?, ?, 0) AS flag, CAST(? AS SIGNED) + 1 AS fen, CAST(? AS DATETIME(3)) AS at, ? IS NULL AS isNull,
       CONCAT(?, '') AS word, 9007199254740993 + ? AS big, COUNT(*) AS counted FROM member WHERE brand_id = ? LIMIT ?`,
    [1, 1, 3_000_000_000, at, null, '轻暖🧥', 1, bench.brandId, 5],
  );
  expect(row).toEqual({
    flag: 1,
    fen: '3000000001',
    at,
    isNull: 1,
    word: '轻暖🧥',
    big: '9007199254740994',
    counted: expect.stringMatching(/^\d+$/),
  });
});

it('goes on with texts when the database keeps no more prepared statements', async () => {
  const [before] = await bench.database.query<{ n: number }>('SELECT @@GLOBAL.max_prepared_stmt_count AS n');
  await bench.database.execute('SET GLOBAL max_prepared_stmt_count = 0');
  try {
    expect(await steadily('SELECT ? + 41 AS sum FROM DUAL WHERE 1 = ?', [1, 1])).toEqual({ sum: 42 });
  } finally {
    await bench.database.execute('SET GLOBAL max_prepared_stmt_count = ?', [Number(before?.n)]);
  }
});
