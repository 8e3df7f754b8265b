import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, type MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { openManyStores } from '../../../test/harness/many-stores.js';
import { BulkWriter } from '../../platform/database/bulk-writer.js';
import { ImportHistory } from '../connectors/index.js';
import { Members } from '../members/index.js';
import { Organization } from '../organization/index.js';
import { Tags } from '../tags/index.js';
import { Insights } from './application/insights.js';
import { insightInvariants } from './insights.invariants.js';

const SAMPLE = fileURLToPath(new URL('../../../seeds/demo/pos-sample/online-retail-sample.csv.gz', import.meta.url));

let bench: TestBench;
let storeId: string;
beforeAll(async () => {
  bench = await openTestBench();
  storeId = (await openManyStores(bench, 2, 0)).stores[0]?.id as string;
});
afterAll(() => bench.close());

const insights = () => new Insights(bench.database, bench.unitOfWork, bench.clock, new Tags(bench.ids, bench.clock));
const members = () => new Members(bench.database, bench.ids, testLevels(bench));

async function newMember(): Promise<MemberId> {
  const id = bench.ids.next<'member'>();
  await bench.unitOfWork.run('test', (tx) =>
    members().createMembers(tx, bench.brandId, [
      { id, nickname: '小雪', origin: 'POS', identifiers: [{ kind: 'card', value: `c${id}` }] },
    ]),
  );
  return id;
}
async function order(
  memberId: MemberId,
  daysAgo: number,
  fen: number,
  more: { kind?: string; state?: string; refunded?: number } = {},
) {
  const id = bench.ids.next<'order'>();
  const at = new Date(bench.clock.now() - daysAgo * DAY_MS);
  await bench.database.execute(
    `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at)
      VALUES (?,?,?,'MINIAPP',?,?,?,?,'SHIP',?,0,?,?,'',?)`,
    [
      bench.brandId,
      id,
      id,
      more.kind ?? 'SALE',
      memberId,
      storeId,
      more.state ?? 'FINISHED',
      fen,
      fen,
      more.refunded ?? 0,
      at,
    ],
  );
  return id;
}
const worthOf = async (id: MemberId) => (await insights().values(bench.database, bench.brandId, [id])).get(id);

describe('the value of members', () => {
  it('sums paid orders of all channels less refunds and returns, with the median gap of purchase days', async () => {
    const id = await newMember();
    for (const [daysAgo, fen] of [
      [100, 1000],
      [70, 2000],
      [70, 500],
      [30, 4000],
    ] as const)
      await order(id, daysAgo, fen);
    await order(id, 20, 700, { kind: 'RETURN' });
    await order(id, 10, 9000, { state: 'CLOSED' });
    await order(id, 10, 9000, { state: 'PENDING_PAY' });
    await order(id, 30, 300, { refunded: 100 });
    await insights().recompute(bench.brandId);
    const value = await worthOf(id);
    expect(value).toMatchObject({ orderCount: 5, totalFen: 7000, medianGapDays: 35 });
    expect(value?.expectedNextAt?.getTime()).toBe(bench.clock.now() + 5 * DAY_MS);
  });

  it('gives tags with reasons, and takes value and tags away when nothing is left of them', async () => {
    const id = await newMember();
    const only = await order(id, 3, 1000);
    await insights().recompute(bench.brandId);
    const tagsOf = () => new Tags(bench.ids, bench.clock).ofMember(bench.database, bench.brandId, id);
    expect((await tagsOf()).map((tag) => [tag.name, tag.source, tag.reason])).toEqual([
      ['新客', 'MODEL', '2026 年 11 月 19 日第一次购买，还没有第二次'],
    ]);
    await bench.database.execute("UPDATE sales_order SET state = 'REFUNDED' WHERE brand_id = ? AND id = ?", [
      bench.brandId,
      only,
    ]);
    await insights().recompute(bench.brandId);
    expect(await worthOf(id)).toBeUndefined();
    expect(await tagsOf()).toEqual([]);
  });

  it('pain-19 writes nothing but its mark on a night after a day on which nobody bought, however many members there are', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => newMember()));
    for (const [at, id] of people.entries())
      for (let n = 0; n <= at % 4; n += 1) await order(id, 1 + at * 7 + n * 30, 1000 + at * 100);
    await insights().recompute(bench.brandId);
    bench.clock.set(bench.clock.now() + 3_600_000);
    const mark = new Date(bench.clock.now());
    await insights().recompute(bench.brandId);
    const written = async (sql: string) =>
      Number((await bench.database.query<{ n: string }>(sql, [bench.brandId, mark]))[0]?.n);
    expect(await written('SELECT COUNT(*) AS n FROM member_value WHERE brand_id = ? AND computed_at >= ?')).toBe(1);
    expect(await written('SELECT COUNT(*) AS n FROM member_tag WHERE brand_id = ? AND at >= ?')).toBe(0);
    expect(await written('SELECT COUNT(*) AS n FROM member_tag WHERE brand_id = ? AND at < ?')).toBeGreaterThan(20);
    // One sale moves one member, and only those whose fifth it moves with them.
    await order(people[39] as MemberId, 0, 900_000);
    await insights().recompute(bench.brandId);
    expect(await written('SELECT COUNT(*) AS n FROM member_tag WHERE brand_id = ? AND at >= ?')).toBeGreaterThan(0);
    expect((await worthOf(people[39] as MemberId))?.m).toBe(5);
  });

  it('runs once a night after five, whoever asks how often', async () => {
    const nightly = insights();
    bench.clock.set(Date.parse('2026-11-22T20:59:00.000Z'));
    expect(await nightly.nightly([bench.brandId])).toBe(0);
    bench.clock.set(Date.parse('2026-11-22T21:00:00.000Z'));
    expect(await nightly.nightly([bench.brandId])).toBeGreaterThan(0);
    expect(await nightly.nightly([bench.brandId])).toBe(0);
    expect(await insights().nightly([bench.brandId])).toBe(0);
  });

  it('scores the shipped real history in fifths, the best customer best', async () => {
    expect(existsSync(SAMPLE)).toBe(true);
    bench.brandId = bench.ids.next<'brand'>();
    await openManyStores(bench, 3, 0);
    const organization = new Organization(bench.database, bench.clock);
    const importer = new ImportHistory(
      bench.database,
      bench.unitOfWork,
      new BulkWriter(bench.database),
      bench.ids,
      organization,
      members(),
      bench.clock,
    );
    await importer.run(bench.brandId, { path: SAMPLE, shiftDays: 5461 });
    expect(await insights().recompute(bench.brandId)).toBe(274);
    const rows = await bench.database.query<{ m: number; n: string; low: string; high: string }>(
      'SELECT m, COUNT(*) AS n, MIN(total_fen) AS low, MAX(total_fen) AS high FROM member_value WHERE brand_id = ? GROUP BY m ORDER BY m',
      [bench.brandId],
    );
    expect(rows.map((row) => row.m)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.every((row) => Number(row.n) >= 53 && Number(row.n) <= 56)).toBe(true);
    for (const [index, row] of rows.entries())
      if (index > 0) expect(Number(row.low)).toBeGreaterThan(Number(rows[index - 1]?.high));
    const broken = await Promise.all(insightInvariants.map((one) => one.check(bench.database, bench.brandId)));
    expect(broken.flat()).toEqual([]);
  }, 60_000);
});
