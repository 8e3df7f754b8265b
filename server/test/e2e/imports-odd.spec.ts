import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { Points } from '../../src/modules/assets/index.js';
import { armFailpoints } from '../../src/platform/failpoints/failpoint.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { TestPos } from './test-till.js';
import { Wizard } from './wizard.js';

jest.setTimeout(120_000);

let e2e: E2e;
let wizard: Wizard;
let store: string;
let category: string;
beforeAll(async () => {
  e2e = await openE2e();
  wizard = new Wizard(e2e, await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password'));
  store = (await one('SELECT code FROM store WHERE brand_id = ? ORDER BY id LIMIT 1'))['code'] ?? '';
  category = (await wizard.hq.console.categories())[0]?.name ?? '';
});
afterAll(() => e2e.close());

const rows = (sql: string, values: readonly string[] = []) =>
  e2e.bench.database.query<Record<string, string>>(sql, [e2e.brandId, ...values]);
const one = async (sql: string, values: readonly string[] = []) => (await rows(sql, values))[0] ?? {};
const onHand = async (code: string) =>
  Number(
    (
      await one(
        `SELECT SUM(t.on_hand) AS n FROM stock t JOIN sku s ON s.brand_id = t.brand_id AND s.id = t.sku_id
         WHERE t.brand_id = ? AND s.code = ?`,
        [code],
      )
    )['n'] ?? 0,
  );
const SALES = '单号,成交时间,货号,数量,单价,会员卡号';
const GOODS = '款号,商品名称,吊牌价,货号,颜色,尺码,分类';

describe('corrections', () => {
  it('take a row in once that was copied in the downloaded list, and every line that was added to it', async () => {
    const first = await wizard.all(
      'ORDERS',
      'a.csv',
      `${SALES}\nCOR-1,2024-03-01,A,1,10,C1\nCOR-1,不是日期,B,1,20,C1\n`,
    );
    expect(first.done.counts).toMatchObject({ new: 1, error: 1 });
    const fixed = `原行号,未导入原因,${SALES}\n3,,COR-1,2024-03-01,B,1,20,C1\n3,,COR-1,2024-03-01,C,1,30,C1\n,,COR-1,2024-03-01,D,1,40,C1\n3,,COR-1,不是日期,E,1,50,C1\n`;
    const again = await wizard.all('ORDERS', 'b.csv', fixed, { parentId: first.id });
    expect([again.done.state, again.done.counts]).toMatchObject(['DONE', { new: 3, error: 1 }]);
    expect(await one("SELECT total_fen FROM sales_order WHERE brand_id = ? AND external_no = 'COR-1'")).toEqual({
      total_fen: '10000',
    });
    expect(await e2e.broken()).toEqual([]);
    expect(await wizard.undone(first.id)).toMatchObject({ state: 'UNDONE', undoKept: 0 });
    expect(await one("SELECT id FROM sales_order WHERE brand_id = ? AND external_no = 'COR-1'")).toEqual({});
  });
});

describe('sales of the past that nobody can have made so', () => {
  it('are named with the reason: in the future, too large, by an unknown guide', async () => {
    const head = `${SALES},导购企业微信账号`;
    const text = `${head}\nODD-1,2099-01-01,A,1,10,C2,\nODD-2,2024-03-01,A,999999999,9999999.99,C2,\nODD-3,2024-03-01,A,1,10,C2,nobody\n${'X'.repeat(40)},2024-03-01,A,1,10,C2,\n`;
    const { id, trial, done } = await wizard.all('ORDERS', 'odd.csv', text);
    expect([done.state, done.counts]).toMatchObject(['DONE', { new: 2, error: 2 }]);
    expect(trial.counts).toEqual(done.counts);
    expect(await wizard.issues(id)).toEqual([
      [2, '成交时间在将来'],
      [3, '金额太大，请检查数量和单价'],
    ]);
    const { id: other } = await wizard.upload(
      'ORDERS',
      'guide.csv',
      Buffer.from(`${head}\nODD-4,2024-03-01,A,1,10,C2,nobody\n`),
    );
    await wizard.tried(other);
    expect(await wizard.issues(other)).toEqual([[2, '没有企业微信账号为「nobody」的导购，导入后不记导购']]);
  });
});

describe('files of goods', () => {
  it('know a code however it is written, and read a corridor that changed', async () => {
    const first = await wizard.all('PRODUCTS', 'g1.csv', `${GOODS}\nQ1,雪松卫衣,299,Q1-GN-M,松绿,M,${category}\n`);
    expect(first.done.counts).toMatchObject({ new: 1 });
    const lower = await wizard.all(
      'PRODUCTS',
      'g2.csv',
      `${GOODS}\nq1,雪松卫衣,299,q1-gn-m,松绿,M,${category}\nq1,雪松卫衣,299,Q1-GN-L,松绿,L,${category}\nQ1,雪松卫衣,299,q1-gn-l,松绿,L,${category}\n`,
    );
    expect([lower.done.state, lower.done.counts]).toMatchObject(['DONE', { new: 1, repeated: 2 }]);
    expect(lower.trial.counts).toEqual(lower.done.counts);
    const price = `${GOODS},最低售价,最高售价\nQ1,雪松卫衣,299,Q1-GN-M,松绿,M,${category},150,399\n`;
    const wider = await wizard.all('PRODUCTS', 'g3.csv', price);
    expect(wider.done.counts).toMatchObject({ update: 1 });
    const corridor = () =>
      one(
        "SELECT list_price_fen AS list, floor_fen AS floor, ceiling_fen AS ceiling FROM product WHERE brand_id = ? AND code = 'Q1'",
      );
    expect(await corridor()).toEqual({ list: '29900', floor: '15000', ceiling: '39900' });
    // A file that says nothing of the corridor leaves it alone; both rows of the product are one change.
    const dear = `Q1,雪松卫衣,319,Q1-GN-M,松绿,M,${category}\nQ1,雪松卫衣,319,Q1-GN-L,松绿,L,${category}`;
    const dearer = await wizard.all('PRODUCTS', 'g4.csv', `${GOODS}\n${dear}\n`);
    expect(dearer.done.counts).toMatchObject({ update: 1, repeated: 1 });
    expect(await corridor()).toEqual({ list: '31900', floor: '15000', ceiling: '39900' });
    // Somebody has changed it since: what an earlier file had changed stays.
    expect(await wizard.undone(wider.id)).toMatchObject({ state: 'UNDONE', undoKept: 1 });
    expect(await wizard.issues(wider.id)).toEqual([[2, '导入后又改过名称或价格，保留']]);
    expect(await corridor()).toEqual({ list: '31900', floor: '15000', ceiling: '39900' });
    expect(await wizard.undone(dearer.id)).toMatchObject({ undoKept: 0 });
    expect(await corridor()).toEqual({ list: '29900', floor: '15000', ceiling: '39900' });
  });

  it('are judged in an import as they were in its trial, however far apart rows that contradict each other stand', async () => {
    const goods = Array.from({ length: 260 }, (_, at) => `F${at},短袖,99,F${at}-A,白,M,${category}`);
    const far = await wizard.all('PRODUCTS', 'far.csv', `${GOODS}\n${goods.join('\n')}\n`);
    expect(far.done.counts).toMatchObject({ new: 260 });
    const counted = goods.map((_, at) => `${store},F${at}-A,5`);
    const text = `门店编码,货号,库存数量\n${counted.join('\n')}\n${store},F0-A,7\n${store},F1-A,5\n`;
    const { id } = await wizard.upload('STOCK', 'stock.csv', Buffer.from(text));
    const trial = await wizard.tried(id);
    expect(trial.counts).toMatchObject({ new: 260, repeated: 1, conflict: 1 });
    // Killed behind its first batch, it goes on knowing what stood there.
    armFailpoints('imports.after-batch=throw');
    expect(await wizard.imported(id)).toMatchObject({ state: 'FAILED', readRows: 250 });
    expect(await wizard.imported(id)).toMatchObject({ state: 'DONE', counts: trial.counts });
    expect(await onHand('F0-A')).toBe(5);
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('an undo', () => {
  /** Spends points at a till, as somebody does between an import and its undo. */
  const spend = (memberId: string, points: number) =>
    e2e.bench.unitOfWork.run('spend', async (tx) => {
      const { brandId, ids } = e2e.bench;
      const subjectId = ids.next();
      const what = { memberId: memberId as MemberId, subject: 'POS' as const, subjectId, storeId: null, title: '抵现' };
      await e2e.app.get(Points).holdFor(tx, { brandId, ...what, points, until: tx.now });
      await e2e.app.get(Points).capture(tx, brandId, subjectId, 'POS');
    });
  const memberOf = async (card: string) =>
    (
      await one("SELECT member_id AS id FROM member_identifier WHERE brand_id = ? AND kind = 'card' AND value = ?", [
        card,
      ])
    )['id'];

  it('says of every row what stays and why, whatever happened to it since', async () => {
    const text = `${SALES}\nUN-1,2024-03-01,A,1,3000,U1\nUN-2,2024-03-02,A,1,4000,U2\nUN-3,2024-03-03,A,1,5000,U3\n`;
    const sales = await wizard.all('ORDERS', 'u.csv', text, { givesPoints: true });
    expect(sales.done.counts).toMatchObject({ new: 3 });
    await spend((await memberOf('U1')) ?? '', 10);
    await spend((await memberOf('U2')) ?? '', 20);
    const pos = new TestPos(e2e, 'a-connector-key-of-thirty-characters');
    await pos.open();
    const soldAt = new Date(e2e.sims.clock.now()).toISOString();
    const lines = [{ skuCode: 'A', name: 'A', qty: 1, unitPriceFen: 400_000 }];
    const back = { externalNo: 'UN-2R', kind: 'RETURN', ofExternalNo: 'UN-2', storeCode: store, soldAt, lines };
    expect((await pos.call('POST', 'orders', { orders: [back] })).results[0]?.result).toBe('CREATED');
    expect(await wizard.undone(sales.id)).toMatchObject({ state: 'UNDONE', undoKept: 3 });
    expect(await wizard.issues(sales.id)).toEqual([
      [2, '已用掉 10 积分'],
      [3, '已用掉 4,000 积分；这笔订单已有退款或评价，保留'],
    ]);
    const left = await rows("SELECT external_no AS no FROM sales_order WHERE brand_id = ? AND external_no LIKE 'UN-%'");
    expect(left.map((row) => row['no']).sort()).toEqual(['UN-2', 'UN-2R']);
    expect(await e2e.broken()).toEqual([]);
  });

  it('of a balance that was spent in part lets nobody book it twice', async () => {
    await wizard.all('MEMBERS', 'p.csv', '会员卡号,姓名\nP1,林一\nP2,林二\n');
    const text = '会员卡号,积分,到期日\nP1,100,2027-12-31\nP2,200,2027-12-31\n';
    const first = await wizard.all('BALANCES', 'p1.csv', text);
    await spend((await memberOf('P1')) ?? '', 10);
    expect(await wizard.undone(first.id)).toMatchObject({ state: 'UNDONE', undoKept: 1 });
    const again = await wizard.all('BALANCES', 'p2.csv', `${text} `);
    expect(again.done.counts).toMatchObject({ new: 1, conflict: 1 });
    expect(await wizard.issues(again.id)).toEqual([[2, '这笔余额导入过又撤销，撤销前已用掉一部分，请人工补差额']]);
    expect(await e2e.broken()).toEqual([]);
  });
});
