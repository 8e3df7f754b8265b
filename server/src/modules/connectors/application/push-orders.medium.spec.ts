import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import { testLevels } from '../../../../test/harness/levels.js';
import { type ManyStores, openManyStores } from '../../../../test/harness/many-stores.js';
import { MemberPolicies, Members, PeopleAtTills, PeopleByPhone } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { PushOrders } from './push-orders.js';
import { PushedReturns } from './pushed-returns.js';
import { SaleOfReturn } from './sale-of-return.js';

let bench: TestBench;
let shop: ManyStores;
let memberId: MemberId;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openManyStores(bench);
  memberId = bench.ids.next<'member'>();
  await bench.unitOfWork.run('test.member', (tx) =>
    members().createMembers(tx, bench.brandId, [
      { id: memberId, nickname: '小雪', origin: 'IMPORT', identifiers: [{ kind: 'card', value: 'K-1' }] },
    ]),
  );
});
afterAll(() => bench.close());

const members = () => new Members(bench.database, bench.ids, testLevels(bench));
const policies = () => new MemberPolicies(bench.database, bench.unitOfWork, bench.clock);
const people = () => new PeopleAtTills(members(), new PeopleByPhone(policies()));
const returns = () =>
  new PushedReturns(
    bench.database,
    bench.unitOfWork,
    bench.ids,
    bench.clock,
    members(),
    new SaleOfReturn(bench.database, people()),
  );
const push = () =>
  new PushOrders(
    bench.unitOfWork,
    bench.ids,
    new Organization(bench.database, bench.clock),
    members(),
    people(),
    returns(),
    bench.clock,
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
      order('A6', { soldAt: '1970-01-01T00:00:00.000Z' }),
    ]);
    expect(results.map((one) => [one.externalNo, one.result])).toEqual([
      ['A1', 'CREATED'],
      ['A2', 'REFUSED'],
      ['A3', 'REFUSED'],
      ['A4', 'REFUSED'],
      ['A5', 'CREATED'],
      ['A1', 'EXISTS'],
      ['A6', 'REFUSED'],
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

describe('returns that name their sale', () => {
  const back = (externalNo: string, ofExternalNo: string, qty: number, more = {}) =>
    order(externalNo, {
      kind: 'RETURN' as const,
      ofExternalNo,
      lines: [{ skuCode: 'K1', name: '围巾', qty, unitPriceFen: 1 }],
      ...more,
    });
  const results = async (orders: ReturnType<typeof order>[]) =>
    (await push().run(actor(), orders)).results.map((one) => [one.externalNo, one.result]);
  const totals = async (prefix: string) => {
    const rows = await bench.database.query<{ external_no: string; total_fen: string; member_id: string | null }>(
      'SELECT external_no, total_fen, member_id FROM sales_order WHERE brand_id = ? AND external_no LIKE ? ORDER BY id',
      [bench.brandId, `${prefix}%`],
    );
    return rows.map((row) => [row.external_no, Number(row.total_fen), row.member_id]);
  };
  const told = async (externalNo: string) => {
    const [row] = await bench.database.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM outbox x JOIN sales_order s ON s.brand_id = x.brand_id AND s.external_no = ? AND JSON_VALUE(x.payload, '$.orderId') = s.id
       WHERE x.brand_id = ? AND x.type = 'pos.order.returned'`,
      [externalNo, bench.brandId],
    );
    return Number(row?.n);
  };

  it('bring goods back at what was paid for them, to the sale’s member, never more pieces than were sold', async () => {
    const lines = [{ skuCode: 'K1', name: '围巾', qty: 3, unitPriceFen: 3333 }];
    expect(await results([back('N2', 'N1', 2), order('N1', { cardNo: 'K-1', lines })])).toEqual([
      ['N2', 'CREATED'],
      ['N1', 'CREATED'],
    ]);
    const [over] = (await push().run(actor(), [back('N3', 'N1', 2)])).results;
    expect(over).toEqual({ externalNo: 'N3', result: 'REFUSED', problem: '货号 K1 最多还能退 1 件' });
    // The number was refused and nothing was written under it: corrected, it is taken.
    expect(await results([back('N3', 'N1', 1)])).toEqual([['N3', 'CREATED']]);
    expect(await totals('N')).toEqual([
      ['N1', 9999, memberId],
      ['N2', 6666, memberId],
      ['N3', 3333, memberId],
    ]);
    expect(await told('N1')).toBe(2);
  });

  it('are the same return when they come again, and a conflict with other pieces or another sale', async () => {
    await results([order('R1'), order('R9')]);
    const [first] = (await push().run(actor(), [back('R2', 'R1', 1)])).results;
    const [again] = (await push().run(actor(), [back('R2', 'R1', 1)])).results;
    expect(again).toEqual({ externalNo: 'R2', result: 'EXISTS', orderId: first?.orderId });
    expect(await results([back('R2', 'R1', 2), back('R2', 'R9', 1)])).toEqual([
      ['R2', 'REFUSED'],
      ['R2', 'REFUSED'],
    ]);
    expect(await results([order('R3', { ofExternalNo: 'R1' }), back('R4', 'R2', 1)])).toEqual([
      ['R3', 'REFUSED'],
      ['R4', 'REFUSED'],
    ]);
  });

  it('wait for a sale that comes later, and are booked once when it is there', async () => {
    expect(await results([back('W2', 'W1', 1), back('W3', 'W1', 2)])).toEqual([
      ['W2', 'WAITING'],
      ['W3', 'WAITING'],
    ]);
    expect(await results([back('W2', 'W1', 1)])).toEqual([['W2', 'WAITING']]);
    expect(await returns().catchUp()).toBe(0);
    expect(await results([order('W1', { cardNo: 'K-1' })])).toEqual([['W1', 'CREATED']]);
    await Promise.all([returns().catchUp(), returns().catchUp()]);
    expect(await totals('W')).toEqual([
      ['W1', 19_800, memberId],
      ['W2', 9_900, memberId],
    ]);
    // The second one asked for more than the first had left, and says so when it is sent again.
    const [over] = (await push().run(actor(), [back('W3', 'W1', 2)])).results;
    expect(over?.problem).toBe('货号 K1 最多还能退 1 件');
    expect(await results([back('W2', 'W1', 1)])).toEqual([['W2', 'EXISTS']]);
    expect(await told('W1')).toBe(1);
  });

  it('never bring a piece back twice, however many come at once', async () => {
    await results([order('P1')]);
    const ends = await Promise.all(Array.from({ length: 5 }, (_, at) => results([back(`P1-${at}`, 'P1', 1)])));
    expect(ends.flat().filter(([, result]) => result === 'CREATED')).toHaveLength(2);
    const same = await Promise.all(Array.from({ length: 4 }, () => results([order('Q1'), back('Q2', 'Q1', 2)])));
    expect(same.flat().filter(([, result]) => result === 'CREATED')).toHaveLength(2);
    expect(same.flat().filter(([, result]) => result === 'EXISTS')).toHaveLength(6);
  });
});

describe('returns that do not name their sale', () => {
  const buy = (externalNo: string, unitPriceFen: number, more = {}) =>
    order(externalNo, { cardNo: 'K-1', lines: [{ skuCode: 'U1', name: '手套', qty: 1, unitPriceFen }], ...more });
  const back = (externalNo: string, unitPriceFen: number, more = {}) =>
    buy(externalNo, unitPriceFen, { kind: 'RETURN' as const, soldAt: '2026-11-22T02:00:00.000Z', ...more });
  const results = async (...orders: ReturnType<typeof order>[]) =>
    (await push().run(actor(), orders)).results.map((one) => one.result);
  /** The sale that a return was booked to. */
  const saleOf = async (externalNo: string) => {
    const [row] = await bench.database.query<{ sale: string | null }>(
      `SELECT s.external_no AS sale FROM sales_order o LEFT JOIN sales_order s ON s.brand_id = o.brand_id AND s.id = o.of_order_id
       WHERE o.brand_id = ? AND o.external_no = ?`,
      [bench.brandId, externalNo],
    );
    return row?.sale;
  };

  it('go to the one sale of their member that has the goods, also of the same push, and are the same return again', async () => {
    expect(await results(back('U1-R', 5000), buy('U1', 5000))).toEqual(['CREATED', 'CREATED']);
    expect(await saleOf('U1-R')).toBe('U1');
    expect(await results(back('U1-R', 5000))).toEqual(['EXISTS']);
    // Its only piece is back: one more is nobody's, and stays a return without a sale.
    expect(await results(back('U2-R', 5000), back('U2-R', 5000))).toEqual(['CREATED', 'EXISTS']);
    expect(await saleOf('U2-R')).toBeNull();
  });

  it('of several sales go to the last at their price, and to none where no price is theirs', async () => {
    await results(buy('V1', 5000), buy('V2', 6000), buy('V3', 6000, { soldAt: '2026-11-22T01:30:00.000Z' }));
    expect(await results(back('V1-R', 5000), back('V2-R', 6000), back('V4-R', 7000))).toEqual(
      Array.from({ length: 3 }, () => 'CREATED'),
    );
    expect([await saleOf('V1-R'), await saleOf('V2-R')]).toEqual(['V1', 'V3']);
    // Only one is left by then: whatever price is told, it is that one's.
    expect(await saleOf('V4-R')).toBe('V2');
    await results(buy('V5', 5000), buy('V6', 6000));
    expect(await results(back('V7-R', 7000), back('V8-R', 5000, { soldAt: '2026-11-21T00:00:00.000Z' }))).toEqual([
      'CREATED',
      'CREATED',
    ]);
    expect([await saleOf('V7-R'), await saleOf('V8-R')]).toEqual([null, null]);
  });

  it('find their sale also where a till’s clock is wrong by an hour or a day, and one that was before first', async () => {
    const glove = (externalNo: string, soldAt: string, more = {}) =>
      buy(externalNo, 5000, {
        soldAt,
        lines: [{ skuCode: 'CLK1', name: '帽子', qty: 1, unitPriceFen: 5000 }],
        ...more,
      });
    const again = (externalNo: string, soldAt: string) => glove(externalNo, soldAt, { kind: 'RETURN' as const });
    await results(glove('CLK1', '2026-11-22T01:00:00.000Z'));
    expect(await results(again('CLK1-R', '2026-11-22T00:00:00.000Z'))).toEqual(['CREATED']);
    await results(glove('CLK2', '2026-11-21T01:00:00.000Z'), glove('CLK3', '2026-11-22T01:00:00.000Z'));
    expect(await results(again('CLK2-R', '2026-11-21T02:00:00.000Z'))).toEqual(['CREATED']);
    expect(await results(again('CLK3-R', '2026-11-21T01:00:00.000Z'))).toEqual(['CREATED']);
    expect([await saleOf('CLK1-R'), await saleOf('CLK2-R'), await saleOf('CLK3-R')]).toEqual(['CLK1', 'CLK2', 'CLK3']);
  });

  it('come back at what was paid, however many are pushed at once', async () => {
    await results(order('X1', { cardNo: 'K-1', lines: [{ skuCode: 'X1', name: '围脖', qty: 2, unitPriceFen: 3000 }] }));
    const one = (externalNo: string) =>
      order(externalNo, {
        kind: 'RETURN' as const,
        cardNo: 'K-1',
        lines: [{ skuCode: 'X1', name: '围脖', qty: 1, unitPriceFen: 1 }],
      });
    await Promise.all(Array.from({ length: 5 }, (_, at) => results(one(`X1-${at}`))));
    const [row] = await bench.database.query<{ n: string; fen: string }>(
      `SELECT COUNT(*) AS n, SUM(o.total_fen) AS fen FROM sales_order o JOIN sales_order s ON s.brand_id = o.brand_id AND s.id = o.of_order_id
       WHERE o.brand_id = ? AND s.external_no = 'X1'`,
      [bench.brandId],
    );
    expect([Number(row?.n), Number(row?.fen)]).toEqual([2, 6000]);
  });
});

describe('a card of one member with the phone of another', () => {
  it('is the card’s purchase, says so to the till, and the pair is looked at without the phone as proof', async () => {
    const other = bench.ids.next<'member'>();
    const phone = '13857330001';
    await bench.unitOfWork.run('person', (tx) =>
      members().createMembers(tx, bench.brandId, [
        { id: other, nickname: '小雨', origin: 'IMPORT', identifiers: [{ kind: 'phone', value: phone }] },
      ]),
    );
    const [doubtful, plain] = (
      await push().run(actor(), [order('D1', { cardNo: 'K-1', phone }), order('D2', { phone })])
    ).results;
    expect(doubtful).toMatchObject({
      result: 'CREATED',
      problem: '会员卡和手机号不是同一位会员的，已按会员卡记，请核对',
    });
    expect(plain?.problem).toBeUndefined();
    const owners = await bench.database.query(
      "SELECT external_no, member_id FROM sales_order WHERE brand_id = ? AND external_no IN ('D1','D2') ORDER BY external_no",
      [bench.brandId],
    );
    expect(owners).toEqual([
      { external_no: 'D1', member_id: memberId },
      { external_no: 'D2', member_id: other },
    ]);
    const events = await bench.database.query<{ payload: unknown }>(
      "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'member.merge-candidate'",
      [bench.brandId],
    );
    expect(events.map((one) => one.payload)).toEqual([
      { memberId, others: [{ memberId: other, kind: 'card', value: 'K-****' }] },
    ]);
  });
});

describe('orders with a number that somebody typed', () => {
  it('are nobody’s when it is a shop’s own, and else its owner’s', async () => {
    const [own, shared] = ['13857220001', '13857220002'];
    const clerk = bench.ids.next<'member'>();
    await bench.unitOfWork.run('people', async (tx) => {
      await members().createMembers(tx, bench.brandId, [
        {
          id: clerk,
          nickname: '店员',
          origin: 'IMPORT',
          identifiers: [own, shared].map((value) => ({ kind: 'phone', value })),
        },
      ]);
      await tx.execute(
        "INSERT INTO shared_phone (brand_id, phone, id, kind, note, added_by, at) VALUES (?,?,1,'STORE','店里座机','hq',?)",
        [bench.brandId, shared, tx.now],
      );
    });
    await push().run(actor(), [order('TEL-1', { phone: shared }), order('TEL-2', { phone: own })]);
    const rows = (await stored()).filter((row) => String(row['external_no']).startsWith('TEL'));
    expect(rows.map((row) => [row['external_no'], row['member_id']])).toEqual([
      ['TEL-1', null],
      ['TEL-2', clerk],
    ]);
  });
});
