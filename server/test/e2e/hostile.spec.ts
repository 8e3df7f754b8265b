import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { consoleRoutes, guideRoutes, mallRoutes, type Route } from '@shuke/shared/contracts';
import type { Id, OrderId } from '@shuke/shared/kernel';
import { PayGateways } from '../../src/gateways/registry/pay-gateways.js';
import { PushOrders } from '../../src/modules/connectors/application/push-orders.js';
import { Orders } from '../../src/modules/orders/index.js';
import { Organization } from '../../src/modules/organization/index.js';
import { RefundStore } from '../../src/modules/payments/index.js';
import type { Actor } from '../../src/platform/access/actor.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/platform.module.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects, expectRefundedOnce } from './money-journeys.js';
import { type Buyer, buy, expectQuiet, fillShelves, handOver, settle, submit } from './sale-steps.js';

jest.setTimeout(60_000);

const ALL: Route[] = [mallRoutes, guideRoutes, consoleRoutes].flatMap((routes) => Object.values(routes) as Route[]);
/** Within the nineteen digits of an id, beyond what the database holds as one. */
const BEYOND = '9999999999999999999';

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());

/** For tests that move goods or money: the books are even once the dust has settled. */
function endsQuietly(): void {
  beforeEach(async () => {
    lin = await e2e.consumer('lin');
  });
  afterEach(async () => {
    await settle(e2e, 400);
    await expectQuiet(e2e);
  });
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('goods and money of one order', () => {
  endsQuietly();

  const askBack = (id: string, lines?: { lineId: string; qty: number }[]) =>
    lin.api.mall.requestRefund({ params: { id }, body: { reason: '不想要了', ...(lines ? { lines } : {}) } });

  it('inv hands nothing over while the money is on its way back', async () => {
    const order = await buy(e2e, lin);
    await askBack(order.id);
    expect(await codeOf(handOver(e2e, order.pickupCode))).toBe('REFUND_IN_PROGRESS');
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, order.id);
    expect(await codeOf(handOver(e2e, order.pickupCode))).toBe('ORDER_STATE');
  });

  it('inv ships the rest of an order only after the refund of a part', async () => {
    const address = await lin.api.mall.addAddress({
      body: {
        name: '林',
        phone: '13800000000',
        province: '浙江省',
        city: '杭州市',
        district: '西湖区',
        detail: '一号',
      },
    });
    const order = await buy(e2e, lin, { fulfil: 'SHIP', addressId: address.id, qty: 2 });
    await askBack(order.id, [{ lineId: order.lines[0]?.id ?? '', qty: 1 }]);
    const ship = async () =>
      (await e2e.guide('north')).guide.ship({
        params: { id: order.id },
        body: { company: '顺丰', trackingNo: 'SF1234567' },
      });
    expect(await codeOf(ship())).toBe('REFUND_IN_PROGRESS');
    await settle(e2e);
    expect(effects(e2e, order.id).order?.refunded).toBe(100_000);
    expect((await ship()).state).toBe('SHIPPED');
  });

  it('inv of a refund and a hand-over at once the refund counts, and goods leave only when they were first', async () => {
    const order = await buy(e2e, lin);
    const [refund, pickup] = await Promise.all([codeOf(askBack(order.id)), codeOf(handOver(e2e, order.pickupCode))]);
    expect(refund).toBe('done');
    expect(['done', 'REFUND_IN_PROGRESS']).toContain(pickup);
  });
});

describe('two at once', () => {
  endsQuietly();

  it('pay-17 a worker whose answer comes late does not open a refund again that another one has finished', async () => {
    const order = await buy(e2e, lin);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '不想要了' } });
    const refunds = e2e.app.get(RefundStore);
    const [row] = await e2e.bench.database.query<{ id: Id<'refund'> }>(
      'SELECT id FROM refund WHERE brand_id = ? AND order_id = ?',
      [e2e.brandId, order.id],
    );
    const stale = await refunds.get(e2e.bench.database, e2e.brandId, row?.id ?? ('0' as Id<'refund'>));
    await settle(e2e);
    await refunds.update(e2e.bench.database, stale, { state: 'PROCESSING', next_check_at: new Date(0) });
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, order.id);
  });

  it('pay-05 an order cancelled while WeChat makes its pay sheet cannot be paid by it', async () => {
    const order = await submit(e2e, lin);
    const { payments } = e2e.app.get(PayGateways).collecting(e2e.shop.appid, 'PARTNER').gateway;
    const place = payments.placeJsapiOrder.bind(payments);
    jest.spyOn(payments, 'placeJsapiOrder').mockImplementationOnce(async (body) => {
      await lin.api.mall.cancelOrder({ params: { id: order.id } });
      return place(body);
    });
    expect(await codeOf(lin.api.mall.pay({ params: { id: order.id } }))).toBe('ORDER_CLOSED');
    expect(effects(e2e, order.id).order?.state).toBe('CLOSED');
  });

  it('pay-17 books no refund beyond what was paid', async () => {
    const order = await buy(e2e, lin);
    const { store } = e2e.app.get(Orders);
    const bookTwice = e2e.bench.unitOfWork.run('test', async (tx) => {
      const locked = await store.lock(tx, e2e.brandId, order.id as OrderId);
      if (!locked) return;
      const lines = [{ lineId: order.lines[0]?.id ?? '', qty: 1, amountFen: order.totalFen }];
      await store.addRefunded(tx, locked, lines, order.totalFen);
      await store.addRefunded(tx, locked, lines, order.totalFen);
    });
    await expect(bookTwice).rejects.toThrow('more than was paid');
    expect((await lin.api.mall.order({ params: { id: order.id } })).refundedFen).toBe(0);
  });
});

describe('a guide who has left or moved', () => {
  it.each([
    ["status = 'LEFT'", "status = 'ACTIVE'"],
    ['store_id = 1', 'store_id = store_id'],
  ])('sees nothing any more by a session of before: %s', async (change, back) => {
    const { brandId, bench, shop } = e2e;
    const { guide } = await e2e.guide('lake');
    expect((await guide.storeOrders({})).items).toEqual([]);
    const set = async (sql: string) => {
      await bench.database.execute(`UPDATE guide SET ${sql} WHERE brand_id = ? AND id = ?`, [
        brandId,
        shop.guides.lake,
      ]);
      e2e.app.get(Organization).forget(brandId);
    };
    await set(change);
    expect(await codeOf(guide.storeOrders({}))).toBe('UNAUTHENTICATED');
    await set(back.replace('= store_id', `= ${shop.lake}`));
    expect(await codeOf(guide.storeOrders({}))).toBe('done');
  });
});

describe('whose order it is', () => {
  endsQuietly();

  it('a send to somebody else does not make an order count for its guide', async () => {
    const { brandId, bench, shop } = e2e;
    const other = await e2e.consumer('chen');
    const sendId = bench.ids.next();
    await bench.database.execute(
      `INSERT INTO chat_send (brand_id, id, guide_id, external_userid, member_id, words, state, created_at) VALUES (?,?,?,?,?,'','SENT',?)`,
      [brandId, sendId, shop.guides.north, 'wmSomebodyElse0001', other.memberId, new Date(e2e.sims.clock.now())],
    );
    const skuId = shop.products[0]?.skus[0] ?? '';
    const body = { storeId: shop.north, lines: [{ skuId, qty: 1 }], fulfil: 'PICKUP' as const };
    const { totalFen } = await lin.api.mall.preview({ body });
    const order = await lin.api.mall.submitOrder({ body: { ...body, expectedTotalFen: totalFen, sendId } });
    const [row] = await bench.database.query<{ guide_id: string | null; send_id: string | null }>(
      'SELECT guide_id, send_id FROM sales_order WHERE brand_id = ? AND id = ?',
      [brandId, order.id],
    );
    expect(row).toEqual({ guide_id: null, send_id: null });
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
  });

  it('refuses an order that names a send beyond all numbers', async () => {
    const { shop } = e2e;
    const body = {
      storeId: shop.north,
      lines: [{ skuId: shop.products[0]?.skus[0] ?? '', qty: 1 }],
      fulfil: 'PICKUP' as const,
    };
    const { totalFen } = await lin.api.mall.preview({ body });
    expect(
      await codeOf(lin.api.mall.submitOrder({ body: { ...body, expectedTotalFen: totalFen, sendId: BEYOND } })),
    ).toBe('VALIDATION');
  });
});

describe('values that fit their form and mean nothing', () => {
  const call = async (route: Route, path: string, query: Record<string, string>) => {
    const { brandId, shop } = e2e;
    const actors: Record<string, Actor> = {
      consumer: { kind: 'consumer', brandId, memberId: lin.memberId as never, openid: lin.openid },
      guide: { kind: 'guide', brandId, guideId: shop.guides.north, storeId: shop.north, isManager: true },
      hq: shop.hq,
      console: shop.hq,
    };
    const actor = actors[route.audience];
    const token = actor ? await e2e.app.get(Sessions).issue(actor) : null;
    const answer = await e2e.app.inject({
      method: route.method,
      url: `${path}?${new URLSearchParams(query)}`,
      headers: { 'x-app-id': shop.appid, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });
    return answer.statusCode;
  };
  const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const forged = [
    cursor(BEYOND),
    cursor(BEYOND, BEYOND),
    cursor(`-${BEYOND}`, '1'),
    cursor('9000000000000000', '1'),
    cursor('2026-99-99', '1'),
    cursor(BEYOND, BEYOND, BEYOND),
    cursor('-1', '-1', '-1'),
  ];
  const reads = ALL.filter((route) => route.method === 'GET');

  it.each(reads.map((route) => [route.id, route] as const))('pain-17 %s never crashes', async (_, route) => {
    const path = route.path.replace(/\{(\w+)\}/g, (__, name: string) =>
      /day/i.test(name) ? '2026-99-99' : /external/i.test(name) ? 'wmNobody00000001' : BEYOND,
    );
    const fields = Object.keys((route.schemas.query?.['properties'] ?? {}) as object);
    const given = fields.flatMap((field): [string, string][] =>
      field === 'cursor'
        ? forged.map((one): [string, string] => [field, one])
        : /Id$/.test(field)
          ? [[field, BEYOND]]
          : /day|from|to/.test(field)
            ? [
                [field, '2026-99-99'],
                [field, '0000-00-00'],
              ]
            : [],
    );
    const base: Record<string, string> = fields.includes('storeId') ? { storeId: e2e.shop.north } : {};
    const crashed: string[] = [];
    for (const [field, value] of [['', ''] as [string, string], ...given]) {
      const query = field === '' ? base : { ...base, [field]: value };
      const status = await call(route, path, query);
      if (status >= 500) crashed.push(`${path} ${field}=${value}: ${status}`);
    }
    expect(crashed).toEqual([]);
  });

  it('wecom refuses a callback whose signature is given twice', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await e2e.app.inject({
        method,
        url: '/wecom/callback?msg_signature=a&msg_signature=b&timestamp=1&timestamp=2&nonce=1&echostr=x&echostr=y',
        ...(method === 'POST' ? { payload: '<xml></xml>', headers: { 'content-type': 'text/xml' } } : {}),
      });
      expect(answer.statusCode).toBe(403);
    }
  });

  it('tracks nothing that no row could hold', async () => {
    const body = {
      anonymousId: 'visitor-00000001',
      events: [{ key: 'event-0001', type: 'VIEW', productId: BEYOND, sendId: BEYOND, storeId: BEYOND }],
    };
    const answer = await e2e.app.inject({
      method: 'POST',
      url: mallRoutes.track.path,
      headers: { 'x-app-id': e2e.shop.appid, 'content-type': 'application/json' },
      payload: JSON.stringify(body),
    });
    expect(answer.statusCode).toBeLessThan(500);
  });
});

describe('a point of sale with numbers of its own kind', () => {
  endsQuietly();

  it('keeps numbers apart that differ in case, and lets no impossible time hold up the rest', async () => {
    const { brandId, bench } = e2e;
    const [store] = await bench.database.query<{ code: string }>('SELECT code FROM store WHERE brand_id = ? LIMIT 1', [
      brandId,
    ]);
    const sold = (externalNo: string, soldAt = '2026-11-22T01:00:00.000Z') => ({
      externalNo,
      kind: 'SALE' as const,
      storeCode: store?.code ?? '',
      soldAt,
      lines: [{ skuCode: 'none', name: '围巾', qty: 1, unitPriceFen: 9900 }],
    });
    const pos = { kind: 'pos', brandId, connectorId: bench.ids.next<'connector'>() } as const;
    const { results } = await e2e.app
      .get(PushOrders)
      .run(pos, [
        sold('inv-1'),
        sold('INV-1'),
        sold('😀'),
        sold('😁'),
        sold('old', '0001-01-01T00:00:00Z'),
        sold('INV-1'),
      ]);
    expect(results.map((one) => one.result)).toEqual(['CREATED', 'CREATED', 'CREATED', 'CREATED', 'REFUSED', 'EXISTS']);
  });
});

describe('files', () => {
  it('serves a picture and no hidden file', async () => {
    const { FILES_DIR } = e2e.app.get<Config>(CONFIG);
    for (const [name, status] of [
      ['coat.svg', 200],
      ['.env', 404],
    ] as const) {
      writeFileSync(join(FILES_DIR, name), 'x');
      expect((await e2e.app.inject({ method: 'GET', url: `/files/${name}` })).statusCode).toBe(status);
    }
  });

  it.each([
    '/files/../package.json',
    '/files/%2e%2e/package.json',
    '/files/..%2f..%2fetc/passwd',
    '/files/%00',
    '/files/.env',
  ])('gives nothing outside its folder and nothing hidden: %s', async (url) => {
    const answer = await e2e.app.inject({ method: 'GET', url });
    expect([400, 403, 404]).toContain(answer.statusCode);
  });
});
