import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fen, type Id, type MemberId } from '@shuke/shared/kernel';
import { Wallet } from '../../src/modules/assets/index.js';
import { ImportHistory, OfflineSales } from '../../src/modules/connectors/index.js';
import { Members } from '../../src/modules/members/index.js';
import { findSweep } from '../../src/platform/jobs/sweep.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, headquarters } from './sale-steps.js';
import { TestPos, TestTill, type TillRow } from './test-till.js';

jest.setTimeout(120_000);

const AT = '2026-11-22T01:00:00.000Z';
const LINE = { skuCode: 'OLD-1', name: '雪松卫衣', qty: 3, unitPriceFen: 10_000 };
let e2e: E2e;
let lin: Buyer;
let pos: TestPos;
let codes: Record<'lake' | 'north', string>;
let lake: TestTill;
let north: TestTill;
let next = 0;

beforeAll(async () => {
  e2e = await openE2e();
  lin = await e2e.consumer('lin');
  pos = new TestPos(e2e, 'a-connector-key-of-thirty-characters');
  await pos.open();
  const stores = await e2e.bench.database.query<{ id: string; code: string }>(
    'SELECT id, code FROM store WHERE brand_id = ?',
    [e2e.brandId],
  );
  const codeOf = (id: string) => stores.find((one) => one.id === id)?.code ?? '';
  codes = { lake: codeOf(e2e.shop.lake), north: codeOf(e2e.shop.north) };
  lake = new TestTill(pos, 'L1');
  north = new TestTill(pos, 'N1');
  await lake.register(codes.lake);
  await north.register(codes.north);
});
afterAll(async () => {
  expect(await e2e.broken()).toEqual([]);
  await e2e.close();
});

/** Another system tells of a sale of three pieces. */
const push = async (externalNo: string, more: object = {}) => {
  const order = { kind: 'SALE', externalNo, storeCode: codes.north, soldAt: AT, lines: [LINE], ...more };
  return (await pos.call('POST', 'orders', { orders: [order] })).results[0]?.result;
};
const row = (more: Partial<TillRow>): TillRow => {
  next += 1;
  return { sequence: next, kind: 'RETURN', externalNo: `x${next}`, happenedAt: AT, lines: [], ...more };
};
const back = (ofExternalNo: string, qty: number): TillRow => row({ ofExternalNo, lines: [{ ...LINE, qty }] });
const answer = async (till: TestTill, sent: TillRow) => (await till.send([sent])).results[0];
const returnsOf = (saleNo: string) =>
  e2e.bench.database.query<{ store_id: string; total_fen: string }>(
    `SELECT r.store_id, r.total_fen FROM sales_order r JOIN sales_order s ON s.brand_id = r.brand_id AND s.id = r.of_order_id
     WHERE r.brand_id = ? AND s.external_no = ? ORDER BY r.id`,
    [e2e.brandId, saleNo],
  );
const sweep = (name: string) => findSweep(name)?.run() ?? Promise.reject(new Error(`no sweep ${name}`));
const balance = async (memberId: MemberId, asset: 'GROWTH' | 'POINTS') =>
  Number(
    (
      await e2e.bench.database.query<{ n: string }>(
        'SELECT balance + pending AS n FROM asset_account WHERE brand_id = ? AND owner_id = ? AND asset = ?',
        [e2e.brandId, memberId, asset],
      )
    )[0]?.n ?? 0,
  );

describe('a return at a till that waits for its sale', () => {
  it('is booked by itself when another system pushes the sale, in the store of its till, and takes growth and points along', async () => {
    const { memberId } = await e2e.bench.unitOfWork.run('card', (tx) =>
      e2e.app.get(Members).findOrCreate(tx, {
        brandId: e2e.brandId,
        identifiers: [{ kind: 'card', value: 'K-77' }],
        source: 'POS',
      }),
    );
    const early = back('pushed', 1);
    expect((await answer(lake, early))?.result).toBe('WAITING');
    expect(await push('pushed', { cardNo: 'K-77' })).toBe('CREATED');
    await e2e.work(5);
    expect(await returnsOf('pushed')).toEqual([{ store_id: e2e.shop.lake, total_fen: '10000' }]);
    // Two thirds of 300 stay.
    expect([await balance(memberId, 'GROWTH'), await balance(memberId, 'POINTS')]).toEqual([20_000, 200]);
    expect((await answer(lake, early))?.result).toBe('REPEATED');
    await e2e.work(3);
    expect(await returnsOf('pushed')).toHaveLength(1);
  });

  it('is booked in its own store also when the till of another store brings the sale', async () => {
    await answer(lake, back('other-store', 2));
    const sale = row({ kind: 'SALE', externalNo: 'other-store', lines: [LINE] });
    expect((await answer(north, sale))?.result).toBe('CREATED');
    expect(await returnsOf('other-store')).toEqual([{ store_id: e2e.shop.lake, total_fen: '20000' }]);
  });

  it('is booked when a file brings the sale', async () => {
    await answer(lake, back('536365', 1));
    const dir = mkdtempSync(join(tmpdir(), 'waiting-'));
    const header = 'invoice_no,kind,stock_code,description,quantity,invoice_at,unit_price_pence,customer_id,country';
    writeFileSync(join(dir, 'a.csv'), `${header}\n536365,sale,OLD-1,卫衣,3,2011-12-08 09:30:00,700,77,UK\n`);
    await e2e.app.get(ImportHistory).run(e2e.brandId, { path: join(dir, 'a.csv') });
    rmSync(dir, { recursive: true });
    await e2e.work(5);
    expect(await returnsOf('536365')).toEqual([{ store_id: e2e.shop.lake, total_fen: '700' }]);
  });

  it('of two tills that wait for more pieces than were sold the first has them, and the other is told why not', async () => {
    const [one, two] = [back('short', 2), back('short', 2)];
    await answer(lake, one);
    await answer(north, { ...two, happenedAt: '2026-11-22T01:00:01.000Z' });
    await push('short');
    // Several workers at once, and once more.
    await Promise.all([1, 2, 3].map(() => sweep('tills.waiting')));
    await sweep('tills.waiting');
    expect(await returnsOf('short')).toEqual([{ store_id: e2e.shop.lake, total_fen: '20000' }]);
    const told = await answer(north, { ...two, happenedAt: '2026-11-22T01:00:01.000Z' });
    expect(told).toMatchObject({ result: 'REFUSED', text: '货号 OLD-1 最多还能退 1 件' });
  });

  it('under a number that somebody has taken meanwhile is refused and holds nothing up', async () => {
    const early = back('taken', 1);
    await answer(lake, early);
    expect(await push(early.externalNo)).toBe('CREATED');
    await push('taken');
    await answer(lake, back('fine', 1));
    await push('fine');
    await e2e.work(5);
    expect([await returnsOf('taken'), await returnsOf('fine')]).toMatchObject([[], [{ total_fen: '10000' }]]);
    expect(await answer(lake, early)).toMatchObject({ result: 'REFUSED', text: '这个单号已经有了' });
  });

  it('meets its sale at the same moment: whoever comes first, it is booked once', async () => {
    const nos = Array.from({ length: 6 }, (_, nth) => `meets-${nth}`);
    await Promise.all(nos.flatMap((no) => [answer(lake, back(no, 1)), push(no), sweep('tills.waiting')]));
    await e2e.work(5);
    for (const no of nos) expect(await returnsOf(no)).toEqual([{ store_id: e2e.shop.lake, total_fen: '10000' }]);
  });
});

describe('a sale of a file that is still being read', () => {
  const PRICE = fen(10_000);
  const file = () => e2e.bench.ids.next<'import'>();
  const piece = (nth: number) => ({
    ...{ id: String(nth), code: LINE.skuCode, name: LINE.name, spec: '', qty: 1 },
    ...{ skuId: null, productId: null, categoryId: null, imageUrl: null },
    ...{ unitPriceFen: PRICE, amountFen: PRICE },
  });
  /** One batch of a file: the first line of a sale, or one more. */
  const batch = (fileId: Id, externalNo: string, nth = 1) =>
    e2e.bench.unitOfWork.run('a batch', async (tx) => {
      const { brandId, bench, shop } = e2e;
      const sales = e2e.app.get(OfflineSales);
      await sales.fileArrives(tx, brandId, fileId);
      const sale = (await sales.known(tx, brandId, [externalNo])).get(externalNo);
      if (sale) return sales.grow(tx, brandId, [{ orderId: sale.id, byFen: PRICE, lines: [piece(nth)] }]);
      const who = { memberId: null, storeId: shop.north, guideId: null };
      const what = { kind: 'SALE' as const, externalNo, totalFen: PRICE, soldAt: new Date(AT), isImported: true };
      return sales.add(tx, brandId, [
        { order: { id: bench.ids.next<'order'>(), ...who, ...what }, lines: [piece(nth)] },
      ]);
    });
  const pushReturn = (externalNo: string, ofExternalNo: string, qty: number) =>
    push(externalNo, { kind: 'RETURN', ofExternalNo, lines: [{ ...LINE, qty }] });

  it('lets what is brought back of it wait until the file is whole, and then judges it against all lines', async () => {
    const fileId = file();
    const early = back('grows', 2);
    await answer(lake, early);
    await batch(fileId, 'grows');
    const later = back('grows', 1);
    expect(await answer(lake, later)).toMatchObject({ result: 'WAITING', text: '原单还在导入，导完就自动入账' });
    expect(await pushReturn('grows-back', 'grows', 1)).toBe('WAITING');
    await e2e.work(5);
    expect(await returnsOf('grows')).toEqual([]);
    for (const nth of [2, 3, 4]) await batch(fileId, 'grows', nth);
    await e2e.bench.unitOfWork.run('whole', (tx) => e2e.app.get(OfflineSales).fileIsIn(tx, e2e.brandId, fileId));
    await e2e.work(5);
    const fens = (await returnsOf('grows')).map((one) => one.total_fen);
    expect(fens.sort()).toEqual(['10000', '10000', '20000']);
  });

  it('is judged as it is when nothing more of the file has come for a minute', async () => {
    await answer(lake, back('given-up', 1));
    await batch(file(), 'given-up');
    await e2e.work(5);
    expect(await returnsOf('given-up')).toEqual([]);
    await e2e.pass(61_000);
    expect(await returnsOf('given-up')).toMatchObject([{ total_fen: '10000' }]);
  });

  it('holds up no sale that a till or another system brought', async () => {
    await batch(file(), 'elsewhere');
    await answer(lake, back('pushed-meanwhile', 1));
    await push('pushed-meanwhile');
    await e2e.work(5);
    expect(await returnsOf('pushed-meanwhile')).toMatchObject([{ total_fen: '10000' }]);
    await e2e.pass(61_000);
  });
});

describe('a void at a till that waits for its sale', () => {
  const pay = async (amountFen: number): Promise<number> => {
    next += 1;
    const { code } = await lin.api.mall.payCode();
    await pos.call('POST', 'wallet', { deviceNo: 'L1', sequence: next, code, amountFen });
    return next;
  };
  const wallet = async () => (await lin.api.mall.wallet()).balanceFen;
  const isVoid = (ofExternalNo: string, paidBy: number[]) => row({ kind: 'VOID', ofExternalNo, paidBy });

  beforeAll(async () => {
    const lot = { kind: 'BONUS' as const, amount: 50_000, originKind: 'ADJUST', title: '人工调整' };
    await e2e.bench.unitOfWork.run('wallet', (tx) =>
      e2e.app.get(Wallet).ledger.credit(tx, e2e.brandId, 'WALLET', lin.memberId as MemberId, [
        {
          lot: { ...lot, originId: e2e.bench.ids.next() },
          cause: { kind: 'ADJUST', ref: 'ADJUST:void', title: '人工调整' },
        },
      ]),
    );
  });

  it('gives back what paid at its till once, when another system has pushed the sale', async () => {
    const before = await wallet();
    const early = isVoid('void-1', [await pay(6_000)]);
    expect((await answer(lake, early))?.result).toBe('WAITING');
    await push('void-1');
    expect(await wallet()).toBe(before - 6_000);
    await sweep('tills.waiting');
    await Promise.all([1, 2, 3].map(() => sweep('tills.voids')));
    expect(await wallet()).toBe(before);
    expect(await returnsOf('void-1')).toMatchObject([{ total_fen: '30000' }]);
    expect(await answer(lake, early)).toMatchObject({ result: 'REPEATED' });
    expect(await sweep('tills.voids')).toBe(0);
    expect(await wallet()).toBe(before);
  });

  it('tells till and desk when something cannot go back', async () => {
    const before = await wallet();
    const early = isVoid('void-3', [await pay(4_000)]);
    await answer(lake, early);
    // The till stands in another store by now, which has no say about the first one's payments.
    await lake.register(codes.north);
    await push('void-3');
    await e2e.work(5);
    expect(await wallet()).toBe(before - 4_000);
    const told = await answer(lake, early);
    expect(told).toMatchObject({ result: 'REPEATED', text: expect.stringContaining('已作废，但有 1 笔没能退回') });
    const hq = await headquarters(e2e);
    const id = (await hq.console.posDevices()).find((one) => one.deviceNo === 'L1')?.id ?? '';
    const { problems } = await hq.console.posDevice({ params: { id } });
    expect(problems.find((one) => one.sequence === early.sequence)).toMatchObject({ state: 'KEPT', text: told?.text });
    await lake.register(codes.lake);
  });

  it('gives back nothing that has paid for another sale', async () => {
    const before = await wallet();
    const paid = await pay(5_000);
    const sale = row({ kind: 'SALE', externalNo: 'paid', paidBy: [paid], lines: [LINE] });
    expect((await answer(lake, sale))?.result).toBe('CREATED');
    await push('void-2');
    expect(await answer(lake, isVoid('void-2', [paid]))).toMatchObject({ result: 'CREATED', text: '已作废' });
    expect(await wallet()).toBe(before - 5_000);
    expect(await answer(lake, isVoid('paid', [paid]))).toMatchObject({ result: 'CREATED' });
    expect(await wallet()).toBe(before);
  });
});
