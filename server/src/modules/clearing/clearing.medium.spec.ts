import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BrandId, DAY_MS, type Fen, fen, type Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { Clearing } from './application/clearing.js';
import { CloseDays } from './application/close-days.js';
import type { Leg } from './domain/netting.js';
import { ClearingStore } from './persistence/clearing.store.js';

jest.setTimeout(60_000);

let bench: TestBench;
let clearing: Clearing;
let closing: CloseDays;
let brandId: BrandId;
const rows = new ClearingStore();

beforeAll(async () => {
  bench = await openTestBench();
  clearing = new Clearing(bench.ids);
  closing = new CloseDays(bench.database, bench.unitOfWork, bench.clock);
});
afterAll(() => bench.close());
beforeEach(() => {
  brandId = bench.ids.next<'brand'>();
});

const owed = (cents: number): Leg[] => [
  { party: 'STORE:1', fen: fen(cents) },
  { party: 'HQ', fen: fen(-cents) },
];
const post = (subjectId: string, legs = owed(1_000)) =>
  bench.unitOfWork.run('post', (tx) => clearing.post(tx, { brandId, kind: 'COUPON_USE', subjectId, legs }));
const takeBack = (suffix: string, part: Fen | null) =>
  bench.unitOfWork.run('take back', (tx) =>
    clearing.takeBack(tx, { brandId, kind: 'COUPON_BACK', ofKind: 'COUPON_USE', subjectId: 's', suffix, fen: part }),
  );
const balance = async (): Promise<number> => {
  const [row] = await bench.database.query<{ fen: string | null }>(
    "SELECT SUM(fen) AS fen FROM clearing_leg WHERE brand_id = ? AND party = 'STORE:1'",
    [brandId],
  );
  return Number(row?.fen ?? 0);
};
const closedDays = async () =>
  (
    await bench.database.query<{ day: string; entry_count: number }>(
      "SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day, entry_count FROM clearing_day WHERE brand_id = ? ORDER BY day",
      [brandId],
    )
  ).map((row) => [row.day, row.entry_count]);

describe('clearing entries', () => {
  it('are posted once for a kind and subject, however many ask at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => post('s')));
    expect(await balance()).toBe(1_000);
  });

  it('are never taken back twice over, however many take at the same time', async () => {
    await post('s');
    const backs = await Promise.all(['r1', 'r2', 'r3', 'r4'].map((suffix) => takeBack(suffix, fen(700))));
    expect(await balance()).toBe(0);
    expect(backs.reduce((sum, one) => sum + one, 0)).toBe(1_000);
  });

  it('say that nothing was taken back when a part is asked for again', async () => {
    await post('s');
    expect(await takeBack('r1', fen(300))).toBe(300);
    expect(await takeBack('r1', fen(300))).toBe(0);
    expect(await balance()).toBe(700);
  });
});

describe('closing days', () => {
  it('counts every entry of a day in the list as in the closing, one that its giver bears alone as well', async () => {
    await post('a');
    await post('b', [
      { party: 'STORE:1', fen: fen(500) },
      { party: 'STORE:1', fen: fen(-500) },
    ]);
    bench.clock.advance(DAY_MS);
    expect(await closing.run(brandId)).toBe(1);
    const [day] = await rows.days(bench.database, brandId, '2026-11-01', '2027-12-31', null);
    expect(day).toMatchObject({ isClosed: true, entryCount: 2, grossFen: 1_000, nettedFen: 1_000 });
    expect(await closedDays()).toEqual([[day?.day, 2]]);
    expect(await rows.days(bench.database, brandId, '2026-11-01', '2027-12-31', ['STORE:1'])).toMatchObject([
      { entryCount: 2, grossFen: 1_000 },
    ]);
    expect(await rows.days(bench.database, brandId, '2026-11-01', '2027-12-31', ['STORE:2'])).toEqual([]);
  });

  it('goes on with the next day when one cannot be closed, and says so in the end', async () => {
    await post('a');
    const [broken] = await bench.database.query<{ id: Id }>('SELECT id FROM clearing_entry WHERE brand_id = ?', [
      brandId,
    ]);
    await bench.database.execute('UPDATE clearing_pair SET fen = 9223372036854775807 WHERE entry_id = ?', [
      broken?.id ?? '',
    ]);
    bench.clock.advance(DAY_MS);
    await post('b');
    bench.clock.advance(DAY_MS);
    await expect(closing.run(brandId)).rejects.toThrow();
    expect(await closedDays()).toHaveLength(1);
    await bench.database.execute('UPDATE clearing_pair SET fen = 1000 WHERE entry_id = ?', [broken?.id ?? '']);
    expect(await closing.run(brandId)).toBe(1);
  });
});
