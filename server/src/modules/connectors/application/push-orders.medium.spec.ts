import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import { testLevels } from '../../../../test/harness/levels.js';
import { type ManyStores, openManyStores } from '../../../../test/harness/many-stores.js';
import { Members } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { PushOrders } from './push-orders.js';

let bench: TestBench;
let shop: ManyStores;
let memberId: MemberId;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openManyStores(bench);
  memberId = bench.ids.next<'member'>();
  await bench.unitOfWork.run('test.member', (tx) =>
    new Members(bench.database, bench.ids, testLevels(bench)).createMembers(tx, bench.brandId, [
      { id: memberId, nickname: '小雪', origin: 'IMPORT', identifiers: [{ kind: 'card', value: 'K-1' }] },
    ]),
  );
});
afterAll(() => bench.close());

const push = () =>
  new PushOrders(
    bench.unitOfWork,
    bench.ids,
    new Organization(bench.database, bench.clock),
    new Members(bench.database, bench.ids, testLevels(bench)),
  );
const actor = () => ({ kind: 'pos', brandId: bench.brandId, connectorId: bench.ids.next<'connector'>() }) as const;
const order = (externalNo: string, more = {}) => ({
  externalNo,
  kind: 'SALE' as const,
  storeCode: 'S001',
  soldAt: '2026-11-22T01:00:00.000Z',
  lines: [{ skuCode: 'K1', name: '围巾', qty: 2, unitPriceFen: 9900 }],
  ...more,
});
const stored = () =>
  bench.database.query(
    `SELECT o.external_no, o.kind, o.state, o.total_fen, o.member_id, o.guide_id, COUNT(*) AS line_count FROM sales_order o
      JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id WHERE o.brand_id = ? GROUP BY o.id, o.external_no, o.kind, o.state, o.total_fen, o.member_id, o.guide_id ORDER BY o.external_no`,
    [bench.brandId],
  );

describe('orders pushed by a point of sale', () => {
  it('stores the good ones, refuses the bad ones with a reason, and writes nothing of those', async () => {
    const { results } = await push().run(actor(), [
      order('A1', { cardNo: 'K-1', guideUserid: 'guide1X1' }),
      order('A2', { storeCode: 'NOPE' }),
      order('A3', { guideUserid: 'nobody' }),
      order('A4', { soldAt: '2026-12-22T01:00:00.000Z' }),
      order('A5', { kind: 'RETURN', cardNo: 'unknown' }),
      order('A1', { cardNo: 'K-1' }),
    ]);
    expect(results.map((one) => [one.externalNo, one.result])).toEqual([
      ['A1', 'CREATED'],
      ['A2', 'REFUSED'],
      ['A3', 'REFUSED'],
      ['A4', 'REFUSED'],
      ['A5', 'CREATED'],
      ['A1', 'EXISTS'],
    ]);
    expect(results[1]?.problem).toBe('没有编码为「NOPE」的门店');
    const guideId = shop.guides[0]?.id;
    expect(await stored()).toEqual([
      {
        external_no: 'A1',
        kind: 'SALE',
        state: 'FINISHED',
        total_fen: '19800',
        member_id: memberId,
        guide_id: guideId,
        line_count: '1',
      },
      {
        external_no: 'A5',
        kind: 'RETURN',
        state: 'FINISHED',
        total_fen: '19800',
        member_id: null,
        guide_id: null,
        line_count: '1',
      },
    ]);
  });

  it('answers a repeated number with the first order, and refuses it with other content', async () => {
    const [first] = (await push().run(actor(), [order('B1')])).results;
    const [again] = (await push().run(actor(), [order('B1')])).results;
    expect(again).toEqual({ externalNo: 'B1', result: 'EXISTS', orderId: first?.orderId });
    const [other] = (await push().run(actor(), [order('B1', { kind: 'RETURN' })])).results;
    expect(other?.result).toBe('REFUSED');
  });

  it('creates an order once when two pushes race', async () => {
    const ends = await Promise.all(Array.from({ length: 4 }, () => push().run(actor(), [order('C1'), order('C2')])));
    const results = ends.flatMap((end) => end.results.map((one) => one.result));
    expect(results.filter((one) => one === 'CREATED')).toHaveLength(2);
    expect(results.filter((one) => one === 'EXISTS')).toHaveLength(6);
  });

  it('tells the other modules of a member’s purchase, and of nothing else', async () => {
    const events = await bench.database.query<{ payload: unknown }>(
      "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'pos.order.recorded'",
      [bench.brandId],
    );
    expect(events).toHaveLength(1);
    expect(events[0]?.payload).toMatchObject({ memberId, totalFen: 19_800 });
  });
});
