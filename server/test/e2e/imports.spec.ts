import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { type E2e, openE2e } from '../harness/e2e.js';
import { Wizard } from './wizard.js';

jest.setTimeout(300_000);

const root = fileURLToPath(new URL('../../../', import.meta.url));
const WHOLE = join(root, '../shared/data/retail-uci/online_retail_2010_2011.csv.gz');
const SAMPLE = join(root, 'server/seeds/demo/pos-sample/online-retail-sample.csv.gz');
/** Figures counted from the files' text by another program, as in the import of history. */
const FIGURES = {
  sample: { rows: 22_636, refused: 9, lines: 21_144, revenue: 42_676_920, customers: 274, cancelled: 4_918_634 },
  whole: { rows: 541_909, refused: 1339, lines: 397_924, revenue: 891_140_790, customers: 4339, cancelled: 61_134_209 },
};
const OPTIONS = { moneyUnit: 'FEN' as const, cardPrefix: 'UCI-', shiftDays: 0, givesPoints: true };

let e2e: E2e;
let hq: Api;
let wizard: Wizard;
beforeAll(async () => {
  e2e = await openE2e();
  hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  wizard = new Wizard(e2e, hq);
});
afterAll(() => e2e.close());

const upload: Wizard['upload'] = (...file) => wizard.upload(...file);
const settled = (id: string) => wizard.settled(id);
const tried = (id: string, options: Partial<typeof OPTIONS> = {}) => wizard.tried(id, options);
const imported = (id: string) => wizard.imported(id);
const csv = (text: string) => Buffer.from(text);
const one = async (sql: string, values: unknown[] = []) =>
  (await e2e.bench.database.query<Record<string, string>>(sql, [e2e.brandId, ...(values as string[])]))[0] ?? {};

async function figures() {
  const sales = await one(
    `SELECT COUNT(*) AS n, SUM(l.payable_fen) AS fen, COUNT(DISTINCT o.member_id) AS customers FROM sales_order o JOIN order_line l
     ON l.brand_id = o.brand_id AND l.order_id = o.id WHERE o.brand_id = ? AND o.channel = 'POS' AND o.kind = 'SALE' AND o.member_id IS NOT NULL`,
  );
  const returns = await one(
    "SELECT SUM(total_fen) AS fen FROM sales_order WHERE brand_id = ? AND channel = 'POS' AND kind = 'RETURN' AND member_id IS NOT NULL",
  );
  return {
    lines: Number(sales['n']),
    revenue: Number(sales['fen']),
    customers: Number(sales['customers']),
    cancelled: Number(returns['fen']),
  };
}

/** What each customer's points and growth should be, counted from the text alone. */
function expectedOf(bytes: Buffer, fenPerPoint: number) {
  const rows = gunzipSync(bytes).toString('utf8').split('\n').slice(1);
  const invoices = new Map<string, { customer: string; fen: number; isReturn: boolean }>();
  for (const row of rows) {
    // Only a description may hold a comma, and it stands between quotes.
    const cells = row.replace(/"[^"]*"/g, 'x').split(',');
    const [no = '', kind = '', , , quantity = '', , price = '', customer = ''] = cells;
    const [qty, fen] = [Number(quantity), Number(price)];
    if (customer === '' || fen < 0 || (kind === 'sale' ? qty <= 0 : kind === 'cancel' ? qty >= 0 : true)) continue;
    const found = invoices.get(no) ?? { customer, fen: 0, isReturn: kind === 'cancel' };
    found.fen += Math.abs(qty) * fen;
    invoices.set(no, found);
  }
  const points = new Map<string, number>();
  for (const { customer, fen, isReturn } of invoices.values())
    points.set(customer, (points.get(customer) ?? 0) + (isReturn ? -1 : 1) * Math.floor(fen / fenPerPoint));
  return [...points.values()].reduce((sum, value) => sum + Math.max(0, value), 0);
}

const cases: [string, string, typeof FIGURES.sample][] = [['the shipped sample', SAMPLE, FIGURES.sample]];
// Minutes of work: half a million rows with levels and points; `UCI_WHOLE=1` takes it in.
const isWhole = process.env['UCI_WHOLE'] === '1' && existsSync(WHOLE);
if (isWhole) cases.push(['the whole UCI file', WHOLE, FIGURES.whole]);

describe(`sales of the past through the wizard (${isWhole ? 'with the whole file' : 'the sample'})`, () => {
  it.each(cases)(
    'imports %s to its golden figures with levels and points computed anew, and takes it back',
    async (_, path, golden) => {
      const bytes = readFileSync(path);
      const job = await upload('ORDERS', 'history.csv.gz', bytes);
      expect(job.state).toBe('MAPPING');
      const trial = await tried(job.id, OPTIONS);
      expect([trial.state, trial.totalRows, trial.counts.new, trial.counts.error]).toEqual([
        'CHECKED',
        golden.rows,
        golden.rows - golden.refused,
        golden.refused,
      ]);
      expect(await figures()).toMatchObject({ lines: 0 });
      const done = await imported(job.id);
      expect([done.state, done.counts]).toEqual(['DONE', trial.counts]);
      const { rows: _rows, refused: _refused, ...sums } = golden;
      expect(await figures()).toEqual(sums);
      const unmarked = await one('SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ? AND is_imported = 0');
      expect(Number(unmarked['n'])).toBe(0);
      const { earnFenPerPoint } = await hq.console.pointsRule();
      const points = await one("SELECT SUM(balance) AS n FROM asset_account WHERE brand_id = ? AND asset = 'POINTS'");
      expect(Number(points['n'])).toBe(expectedOf(bytes, earnFenPerPoint));
      expect(await e2e.broken()).toEqual([]);
      await hq.console.undoImport({ params: { id: job.id } });
      expect((await settled(job.id)).state).toBe('UNDONE');
      expect(await figures()).toMatchObject({ lines: 0, customers: 0 });
      const left = await one('SELECT SUM(balance) AS n FROM asset_account WHERE brand_id = ?');
      expect(Number(left['n'] ?? 0)).toBe(0);
      expect(await e2e.broken()).toEqual([]);
    },
  );
});

describe('files of members and balances', () => {
  const members =
    '手机号,会员卡号,姓名,生日\n13900000001,K1,林一,1990-05-20\n13900000002,K2,林二,1990-13-20\n139,K3,林三,\n13900000001,K1,林一,1990-05-20\n';
  it('names every row that fails, takes only those back corrected, and knows the others', async () => {
    const job = await upload('MEMBERS', 'members.csv', csv(members));
    const trial = await tried(job.id);
    expect(trial.counts).toEqual({ new: 1, update: 0, repeated: 1, conflict: 0, error: 2 });
    const done = await imported(job.id);
    expect(done.counts).toEqual(trial.counts);
    const { items } = await hq.console.importIssues({ params: { id: job.id }, query: {} });
    expect(items.map((item) => [item.row, item.verdict, item.cells[1]])).toEqual([
      [3, 'ERROR', 'K2'],
      [4, 'ERROR', 'K3'],
    ]);
    const fixed =
      '原行号,未导入原因,手机号,会员卡号,姓名,生日\n3,日期,13900000002,K2,林二,1990-12-20\n4,手机,13900000003,K3,林三,\n';
    const again = await upload('MEMBERS', 'failed.csv', csv(fixed), job.id);
    expect((await tried(again.id)).counts).toMatchObject({ new: 2, error: 0 });
    expect((await imported(again.id)).counts).toMatchObject({ new: 2 });
    const dormant = await one("SELECT COUNT(*) AS n FROM member WHERE brand_id = ? AND status = 'DORMANT'");
    expect(Number(dormant['n'])).toBeGreaterThanOrEqual(3);
    await expect(upload('MEMBERS', 'members.csv', csv(members))).rejects.toMatchObject({ code: 'IMPORT_KNOWN' });
  });

  it('takes a sale whose card is one member’s and whose phone another’s for the card, warns, and mixes nobody up', async () => {
    const people = '手机号,会员卡号,姓名\n13900000041,K41,林甲\n13900000042,K42,林乙\n';
    await imported((await tried((await upload('MEMBERS', 'pair.csv', csv(people))).id)).id);
    const sales =
      '单号,成交时间,货号,数量,单价,会员卡号,手机号\nPAIR-1,2024-03-01 10:00:00,OLD,1,99,K41,13900000042\nPAIR-2,2024-03-02 10:00:00,OLD,1,99,K41,13900000041\n' +
      'PAIR-3,2024-03-03 10:00:00,OLD,1,99,K43,13900000043\nPAIR-4,2024-03-04 10:00:00,OLD,1,99,K43,13900000042\n';
    const job = await upload('ORDERS', 'pair-sales.csv', csv(sales));
    expect((await tried(job.id)).counts).toMatchObject({ new: 4, conflict: 0, error: 0 });
    const { items } = await hq.console.importIssues({ params: { id: job.id }, query: { verdict: 'NEW' } });
    const warned = items.filter((item) => item.problem.startsWith('会员卡和手机号不是同一位会员的'));
    expect(warned.map((item) => item.row)).toEqual([2, 5]);
    expect(await imported(job.id)).toMatchObject({ state: 'DONE', counts: { new: 4 } });
    const owners = await e2e.bench.database.query<{ no: string; card: string }>(
      `SELECT o.external_no AS no, i.value AS card FROM sales_order o JOIN member_identifier i ON i.brand_id = o.brand_id AND i.member_id = o.member_id AND i.kind = 'card'
       WHERE o.brand_id = ? AND o.external_no LIKE 'PAIR-%' ORDER BY o.external_no`,
      [e2e.brandId],
    );
    expect(owners.map((row) => [row.no, row.card])).toEqual([
      ['PAIR-1', 'K41'],
      ['PAIR-2', 'K41'],
      ['PAIR-3', 'K43'],
      ['PAIR-4', 'K43'],
    ]);
    // The pairs wait for somebody at headquarters; nobody was merged.
    const queue = await hq.console.mergeCandidates({ query: {} });
    expect(queue.items.filter((pair) => [pair.a, pair.b].some((person) => person.nickname === '林乙'))).toHaveLength(2);
  });

  it('books opening balances once, as lots with their expiry, and takes back what nobody spent', async () => {
    const text = '会员卡号,储值本金,赠送金额,积分,到期日\nK1,1000,200,88,2027-12-31\nK2,,,50,2027-06-30\nK9,1,,,\n';
    const job = await upload('BALANCES', 'balances.csv', csv(text));
    expect((await tried(job.id)).counts).toMatchObject({ new: 2, error: 1 });
    await imported(job.id);
    const lots = await e2e.bench.database.query<{ kind: string; remaining: string; expires_at: Date | null }>(
      "SELECT kind, remaining, expires_at FROM asset_lot WHERE brand_id = ? AND origin_kind = 'IMPORT' AND origin_id = ? ORDER BY kind, remaining",
      [e2e.brandId, job.id],
    );
    expect(lots.map((lot) => [lot.kind, Number(lot.remaining), lot.expires_at?.toISOString() ?? null])).toEqual([
      ['BONUS', 20_000, '2027-12-31T16:00:00.000Z'],
      ['POINTS', 50, '2027-06-30T16:00:00.000Z'],
      ['POINTS', 88, '2027-12-31T16:00:00.000Z'],
      ['PRINCIPAL', 100_000, null],
    ]);
    const twice = await upload('BALANCES', 'again.csv', csv(`${text} `));
    expect((await tried(twice.id)).counts).toMatchObject({ new: 0, repeated: 2 });
    expect(await wizard.undone(job.id)).toMatchObject({ state: 'UNDONE', undoKept: 0 });
    // What went back whole may come again, once, and also after it went back once more.
    for (const round of [1, 2]) {
      const back = await wizard.all('BALANCES', 'back.csv', `${text}${' '.repeat(round * 2)}`);
      expect(back.done.counts).toMatchObject({ new: 2, repeated: 0 });
      const more = await wizard.upload('BALANCES', 'more.csv', csv(`${text}${' '.repeat(round * 2 + 1)}`));
      expect((await tried(more.id)).counts).toMatchObject({ new: 0, repeated: 2 });
      const held = await one("SELECT SUM(balance) AS n FROM asset_account WHERE brand_id = ? AND asset = 'WALLET'");
      expect(Number(held['n'])).toBe(120_000);
      expect(await wizard.undone(back.id)).toMatchObject({ state: 'UNDONE', undoKept: 0 });
    }
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('files of goods and stock', () => {
  it('makes new goods, changes known ones, counts stock, and takes all of it back', async () => {
    const [category] = await hq.console.categories();
    const store = await one('SELECT code FROM store WHERE brand_id = ? ORDER BY id LIMIT 1');
    const goods = `款号,商品名称,吊牌价,货号,颜色,尺码,分类\nZ1,雪松卫衣,299,Z1-GN-M,松绿,M,${category?.name}\nZ1,雪松卫衣,299,Z1-GN-L,松绿,L,${category?.name}\nZ2,薄荷短袖,99,Z2-A,白,M,没有的分类\n`;
    const job = await upload('PRODUCTS', 'goods.csv', csv(goods));
    expect((await tried(job.id)).counts).toMatchObject({ new: 2, error: 1 });
    await imported(job.id);
    const stock = await upload(
      'STOCK',
      'stock.csv',
      csv(`门店编码\t货号\t库存数量\n${store['code']}\tZ1-GN-M\t12\n${store['code']}\tZ1-GN-L\t-1\n`),
    );
    expect((await tried(stock.id)).counts).toMatchObject({ new: 1, error: 1 });
    await imported(stock.id);
    const level = async () =>
      one(
        'SELECT t.on_hand AS n FROM stock t JOIN sku s ON s.brand_id = t.brand_id AND s.id = t.sku_id WHERE t.brand_id = ? AND s.code = ?',
        ['Z1-GN-M'],
      );
    expect(Number((await level())['n'])).toBe(12);
    for (const id of [stock.id, job.id]) {
      await hq.console.undoImport({ params: { id } });
      expect(await settled(id)).toMatchObject({ state: 'UNDONE', undoKept: 0 });
    }
    expect(await one('SELECT id FROM product WHERE brand_id = ? AND code = ?', ['Z1'])).toEqual({});
    expect(await e2e.broken()).toEqual([]);
  });
});
