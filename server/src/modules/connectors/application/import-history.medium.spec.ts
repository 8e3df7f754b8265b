import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrandId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import { testLevels } from '../../../../test/harness/levels.js';
import { openManyStores } from '../../../../test/harness/many-stores.js';
import { BulkWriter } from '../../../platform/database/bulk-writer.js';
import { armFailpoints } from '../../../platform/failpoints/failpoint.js';
import { Members } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { connectorInvariants } from '../connectors.invariants.js';
import { ConsoleImports } from './console-imports.js';
import { ImportHistory } from './import-history.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const WHOLE = join(root, '../shared/data/retail-uci/online_retail_2010_2011.csv.gz');
const SAMPLE = join(root, 'server/seeds/demo/pos-sample/online-retail-sample.csv.gz');

/** Published figures of the whole file, and figures of the sample counted from its text by another program. */
const WHOLE_FIGURES = {
  lines: 397_924,
  revenue: 891_140_790,
  customers: 4339,
  cancelled: 61_134_209,
  best: { card: 'UCI-14646', total: 28_020_602, invoices: 74, last: '2011-12-08' },
  histogram: [1494, 835, 895, 724, 284, 107],
  rows: 541_909,
  refused: 1339,
  orders: 24_561,
};
const SAMPLE_FIGURES: typeof WHOLE_FIGURES = {
  lines: 21_144,
  revenue: 42_676_920,
  customers: 274,
  cancelled: 4_918_634,
  best: { card: 'UCI-15098', total: 3_991_650, invoices: 3, last: '2011-06-10' },
  histogram: [94, 58, 55, 45, 20, 2],
  rows: 22_636,
  refused: 9,
  orders: 1239,
};

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const newBrand = async (): Promise<BrandId> => {
  bench.brandId = bench.ids.next<'brand'>();
  await openManyStores(bench, 5, 0);
  return bench.brandId;
};
const importer = () =>
  new ImportHistory(
    bench.database,
    bench.unitOfWork,
    new BulkWriter(bench.database),
    bench.ids,
    new Organization(bench.database, bench.clock),
    new Members(bench.database, bench.ids, testLevels(bench)),
    bench.clock,
  );

async function figuresOf(brandId: BrandId) {
  const one = async (sql: string) => (await bench.database.query<Record<string, string>>(sql, [brandId]))[0] ?? {};
  const lines =
    await one(`SELECT COUNT(*) AS n, SUM(l.payable_fen) AS fen, COUNT(DISTINCT o.member_id) AS customers FROM sales_order o
    JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id WHERE o.brand_id = ? AND o.kind = 'SALE' AND o.member_id IS NOT NULL`);
  const cancelled = await one(
    `SELECT SUM(total_fen) AS fen FROM sales_order WHERE brand_id = ? AND kind = 'RETURN' AND member_id IS NOT NULL`,
  );
  const best =
    await one(`SELECT i.value AS card, SUM(o.total_fen) AS total, COUNT(*) AS invoices, DATE_FORMAT(MAX(o.created_at) + INTERVAL 8 HOUR, '%Y-%m-%d') AS last
    FROM sales_order o JOIN member_identifier i ON i.brand_id = o.brand_id AND i.kind = 'card' AND i.member_id = o.member_id
    WHERE o.brand_id = ? AND o.kind = 'SALE' GROUP BY i.value ORDER BY SUM(o.total_fen) DESC LIMIT 1`);
  const counts = await bench.database.query<{ n: string }>(
    `SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ? AND kind = 'SALE' AND member_id IS NOT NULL GROUP BY member_id`,
    [brandId],
  );
  const histogram = [0, 0, 0, 0, 0, 0];
  for (const { n } of counts) {
    const at = [1, 2, 4, 9, 19].findIndex((top) => Number(n) <= top);
    histogram[at < 0 ? 5 : at] = (histogram[at < 0 ? 5 : at] ?? 0) + 1;
  }
  return {
    lines: Number(lines['n']),
    revenue: Number(lines['fen']),
    customers: Number(lines['customers']),
    cancelled: Number(cancelled['fen']),
    best: { card: best['card'], total: Number(best['total']), invoices: Number(best['invoices']), last: best['last'] },
    histogram,
  };
}

const brokenInvariants = async (brandId: BrandId) =>
  (await Promise.all(connectorInvariants.map((one) => one.check(bench.database, brandId)))).flat();

const hasWhole = existsSync(WHOLE);
const cases: [string, string, typeof WHOLE_FIGURES][] = [['the shipped sample', SAMPLE, SAMPLE_FIGURES]];
if (hasWhole) cases.push(['the whole UCI file', WHOLE, WHOLE_FIGURES]);

describe(`importing history (${hasWhole ? 'the whole file is here' : 'the whole file is not here: sample only'})`, () => {
  it.each(cases)(
    'reproduces the golden figures of %s',
    async (_, path, golden) => {
      const brandId = await newBrand();
      const row = await importer().run(brandId, { path });
      const { rows, refused, orders, ...figures } = golden;
      expect(await figuresOf(brandId)).toEqual(figures);
      expect([row.state, row.totalRows, row.errorRows, row.importedOrders, row.importedLines]).toEqual([
        'DONE',
        rows,
        refused,
        orders,
        rows - refused,
      ]);
      expect(await brokenInvariants(brandId)).toEqual([]);
      const unequal = await bench.database.query(
        `SELECT o.id FROM sales_order o JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id WHERE o.brand_id = ?
        GROUP BY o.id, o.total_fen HAVING SUM(l.payable_fen) <> o.total_fen`,
        [brandId],
      );
      expect(unequal).toEqual([]);
    },
    300_000,
  );

  it('goes on behind the last batch after a crash, to the same figures', async () => {
    const brandId = await newBrand();
    const { rows: _, refused: __, orders: ___, ...figures } = SAMPLE_FIGURES;
    for (let crash = 0; crash < 2; crash += 1) {
      armFailpoints('connectors.import.after-batch=throw');
      await expect(importer().run(brandId, { path: SAMPLE })).rejects.toThrow('failpoint');
      armFailpoints('');
      expect(await brokenInvariants(brandId)).toEqual([]);
    }
    const row = await importer().run(brandId, { path: SAMPLE });
    expect(row.state).toBe('DONE');
    expect(await figuresOf(brandId)).toEqual(figures);
  }, 60_000);

  it('does nothing for a file that was imported, whatever its name', async () => {
    const brandId = await newBrand();
    const first = await importer().run(brandId, { path: SAMPLE });
    const again = await importer().run(brandId, { path: SAMPLE, source: 'another name', shiftDays: 3 });
    expect(again).toEqual(first);
    expect((await new ConsoleImports(bench.database).list(brandId)).length).toBe(1);
  }, 60_000);

  it('lets only one of two runs at once move the cursor', async () => {
    const brandId = await newBrand();
    const ends = await Promise.allSettled([1, 2].map(() => importer().run(brandId, { path: SAMPLE })));
    expect(ends.some((end) => end.status === 'rejected')).toBe(true);
    await importer().run(brandId, { path: SAMPLE });
    expect((await figuresOf(brandId)).revenue).toBe(SAMPLE_FIGURES.revenue);
    expect(await brokenInvariants(brandId)).toEqual([]);
  }, 60_000);

  describe('of a small file', () => {
    let dir: string;
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'history-'));
    });
    afterAll(() => rm(dir, { recursive: true }));
    const HEADER = 'invoice_no,kind,stock_code,description,quantity,invoice_at,unit_price_pence,customer_id,country\n';

    it('names each refused row with its text, keeps a customer in one store and shifts whole days', async () => {
      const brandId = await newBrand();
      const path = join(dir, 'small.csv');
      const text = [
        '1,sale,A,"围巾, 红",2,2011-12-08 09:30:00,1050,77,UK',
        '1,sale,B,手套,1,2011-12-08 09:30:00,500,77,UK',
        '2,sale,A,围巾,-3,2011-12-08 10:00:00,0,,UK',
        'A3,adjust,B,Adjust bad debt,1,2011-12-08 10:00:00,900,,UK',
        'C4,cancel,A,围巾,-1,2011-12-08 11:00:00,1050,77,UK',
        '5,sale,A,围巾,x,2011-12-08 11:00:00,1050,77,UK',
        '6,sale,A,围巾,1,08/12/2011,1050,77,UK',
        '1,sale,C,迟到的一行,1,2011-12-08 09:31:00,1,77,UK',
      ].join('\n');
      await writeFile(path, HEADER + text);
      const row = await importer().run(brandId, { path, shiftDays: 2 });
      const errors = await new ConsoleImports(bench.database).errors(brandId, row.id, { limit: 3 });
      expect(errors.items.map((one) => [one.row, one.problem])).toEqual([
        [3, '销售单的数量不是正数，多半是盘点或报损调整'],
        [4, '坏账调整，不是商品的销售或退货'],
        [6, '数量或单价不是整数'],
      ]);
      expect(errors.items[0]?.text).toContain('围巾');
      expect(errors.nextCursor).not.toBeNull();
      const orders = await bench.database.query<{
        external_no: string;
        store_id: string;
        total_fen: string;
        created_at: Date;
        is_imported: number;
      }>(
        'SELECT external_no, store_id, total_fen, created_at, is_imported FROM sales_order WHERE brand_id = ? ORDER BY external_no',
        [brandId],
      );
      expect(orders.map((one) => [one.external_no, one.total_fen])).toEqual([
        ['1', '2601'],
        ['C4', '1050'],
      ]);
      expect(new Set(orders.map((one) => one.store_id)).size).toBe(1);
      expect(orders.every((one) => Number(one.is_imported) === 1)).toBe(true);
      expect(orders[0]?.created_at.toISOString()).toBe('2011-12-10T01:30:00.000Z');
    });

    it('fails with the reason and can be run again when a column is missing', async () => {
      const brandId = await newBrand();
      const path = join(dir, 'bad.csv');
      await writeFile(path, 'invoice_no,kind\n1,sale\n');
      await expect(importer().run(brandId, { path })).rejects.toThrow('文件缺少列');
      const [view] = await new ConsoleImports(bench.database).list(brandId);
      expect([view?.state, view?.note.includes('stock_code')]).toEqual(['FAILED', true]);
    });

    it("hides another brand's errors", async () => {
      const brandId = await newBrand();
      await expect(new ConsoleImports(bench.database).errors(brandId, bench.ids.next(), {})).rejects.toThrow(
        '没有找到',
      );
    });
  });
});
