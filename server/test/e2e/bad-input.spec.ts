import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { consoleRoutes, guideRoutes, mallRoutes, posRoutes, type Route } from '@shuke/shared/contracts';
import type { TSchema } from '@sinclair/typebox';
import type { Actor } from '../../src/platform/access/actor.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { sampleOf } from './contract-samples.js';
import { NOBODY, oddBodies } from './odd-bodies.js';
import { type Buyer, buy, count, settle } from './sale-steps.js';

jest.setTimeout(60_000);

const ALL: Route[] = [mallRoutes, guideRoutes, consoleRoutes, posRoutes].flatMap(
  (routes) => Object.values(routes) as Route[],
);

const POS_KEY = 'a key of a point of sale';

let e2e: E2e;
let lin: Buyer;
let tokens: Record<string, string>;
beforeAll(async () => {
  e2e = await openE2e();
  lin = await e2e.consumer('lin');
  await buy(e2e, lin, { guideCode: 'NORTH' });
  await settle(e2e, 8);
  const { brandId, shop } = e2e;
  const sessions = e2e.app.get(Sessions);
  const actors: Record<string, Actor> = {
    consumer: { kind: 'consumer', brandId, memberId: lin.memberId as never, openid: lin.openid },
    guide: { kind: 'guide', brandId, guideId: shop.guides.north, storeId: shop.north, isManager: true },
    hq: shop.hq,
    franchisee: shop.franchiseeA,
  };
  tokens = {};
  for (const [kind, actor] of Object.entries(actors)) tokens[kind] = await sessions.issue(actor);
  await e2e.bench.database.execute('INSERT INTO pos_connector (brand_id, id, name, key_hash) VALUES (?,?,?,?)', [
    brandId,
    e2e.bench.ids.next(),
    '收银',
    createHash('sha256').update(POS_KEY).digest('hex'),
  ]);
});
afterAll(() => e2e.close());

const tokenOf = (route: Route): string | undefined =>
  tokens[route.audience === 'console' || route.audience === 'hq' ? 'hq' : route.audience];

const known = (name: string): string | undefined =>
  (
    ({ store: e2e.shop.north, product: e2e.shop.products[0]?.id, sku: e2e.shop.products[0]?.skus[0] }) as Record<
      string,
      string | undefined
    >
  )[name.replace(/Id$/, '')];

interface Given {
  query?: Record<string, string>;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
}

async function call(route: Route, given: Given) {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    /code/i.test(name)
      ? '1234567890'
      : /day/.test(name)
        ? '2026-11-22'
        : /external/.test(name)
          ? 'wmNobody00000001'
          : '1',
  );
  const query = new URLSearchParams(given.query ?? {});
  const token = tokenOf(route);
  const payload = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
  const answer = await e2e.app.inject({
    method: route.method,
    url: `${path}${query.size > 0 ? `?${query}` : ''}`,
    headers: {
      'x-app-id': e2e.shop.appid,
      'idempotency-key': `bad-${process.hrtime.bigint()}`,
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(route.audience === 'pos' ? { 'x-api-key': POS_KEY } : {}),
      ...given.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, text: answer.body };
}

/** Every refusal reads the same: a code for machines, Chinese for people, a trace for us, and nothing of our insides. */
function expectProblem(answer: { status: number; text: string }, where: string): void {
  const body = JSON.parse(answer.text) as { code?: string; message?: string; traceId?: string };
  expect([where, body.code, body.traceId]).toEqual([
    where,
    expect.stringMatching(/^[A-Z_]+$/),
    expect.stringMatching(/./),
  ]);
  expect(body.message).toMatch(/[\u4e00-\u9fff]/);
  expect(answer.text).not.toMatch(/SELECT |SQL syntax|mysql|node_modules|\bER_[A-Z]|QueryFailed/);
}

const ODD = [
  "' OR '1'='1",
  '1; DROP TABLE sales_order; --',
  '1 UNION SELECT login, password FROM console_user',
  '"; SLEEP(5); --',
  '%',
  '_',
  '\\',
  '%_\\\'"',
  '羽绒%服',
  '😀😀',
  '\u0000',
  '\u202Eabc',
  '-1',
  '0',
  '1e309',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '99999999999999999999999999',
  'name ASC, (SELECT 1)',
  Buffer.from('["1 OR 1=1"]').toString('base64url'),
  Buffer.from('["1","2","3","4"]').toString('base64url'),
  Buffer.from('[{"$gt":""}]').toString('base64url'),
  'A'.repeat(5000),
];

const lists = ALL.filter((route) => route.method === 'GET' && route.schemas.query);
const fieldsOf = (route: Route): string[] => Object.keys((route.schemas.query?.['properties'] ?? {}) as object);

describe('pain-17 every filter, order, cursor and coordinate of every list', () => {
  it.each(lists.map((route) => [route.id, route] as const))('%s', async (_, route) => {
    const needed = sampleOf(route.schemas.query as TSchema, known, true) as Record<string, unknown>;
    const base = Object.fromEntries(Object.entries(needed).map(([name, value]) => [name, String(value)]));
    for (const field of fieldsOf(route)) {
      for (const odd of ODD) {
        const answer = await call(route, { query: { ...base, [field]: odd } });
        const where = `${route.id} ${field}=${odd.slice(0, 40)}`;
        // Either understood as plain text and answered, or refused; never a crash of ours.
        expect([where, answer.status < 500]).toEqual([where, true]);
        if (answer.status !== 200) expectProblem(answer, where);
      }
    }
    expect(await count(e2e, 'SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ?')).toBe(1);
  });

  it('a search for a wildcard finds the wildcard, not everything', async () => {
    const storeId = e2e.shop.north;
    expect((await lin.api.mall.products({ query: { storeId, q: '羽绒' } })).items.length).toBe(3);
    for (const q of ['%', '_', "羽' OR 1=1 -- ", '%%%'])
      expect((await lin.api.mall.products({ query: { storeId, q } })).items).toEqual([]);
    const { brandId } = e2e;
    const desk = await e2e.desk(`hq-${brandId}`, 'a-long-password');
    for (const q of ['%', '_', "' OR ''='"]) {
      expect((await desk.console.orders({ query: { q } })).items).toEqual([]);
      expect((await desk.console.splits({ query: { q } })).items).toEqual([]);
      expect((await desk.console.products({ query: { q } })).items).toEqual([]);
      expect((await desk.console.stores({ query: { q } })).items).toEqual([]);
    }
  });

  it('takes no cursor of another list', async () => {
    const { nextCursor } = await lin.api.mall.products({ query: { storeId: e2e.shop.north, limit: 1 } });
    expect(nextCursor).toBeTruthy();
    const answer = await call(consoleRoutes.orders, { query: { cursor: `${nextCursor}x` } });
    expect(answer.status).toBe(400);
    expectProblem(answer, 'cursor');
  });
});

const withBody = ALL.filter((route) => route.schemas.body && route.schemas.body['type'] === 'object');

describe('bodies that do not fit', () => {
  it.each(withBody.map((route) => [route.id, route] as const))(
    '%s refuses them all in the same form',
    async (_, route) => {
      const good = sampleOf(route.schemas.body as TSchema, known) as Record<string, unknown>;
      const wrong: [string, Given][] = [
        ['an unknown field', { body: { ...good, isAdmin: true } }],
        ['a field of the prototype', { raw: '{"__proto__":{"isAdmin":true}}' }],
        ['a list', { body: [good] }],
        ['a text', { body: 'x' }],
        ['null', { body: null }],
        ['no JSON', { raw: '{"a":' }],
        ['nothing', { raw: '' }],
        ['another type', { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
        ...Object.keys(good).map((field): [string, Given] => [
          `${field} of another type`,
          { body: { ...good, [field]: { $gt: '' } } },
        ]),
      ];
      for (const [what, given] of wrong) {
        const answer = await call(route, given);
        const where = `${route.id}: ${what}`;
        expect([where, [400, 415].includes(answer.status)]).toEqual([where, true]);
        expectProblem(answer, where);
      }
    },
  );

  it('refuses a body that is too large with 413 before reading it', async () => {
    const answer = await call(mallRoutes.track, { raw: JSON.stringify({ anonymousId: 'x'.repeat(3 * 1024 * 1024) }) });
    expect(answer.status).toBe(413);
    expectProblem(answer, 'too large');
  });

  it('refuses a body that opens brackets without end, without parsing it', async () => {
    const answer = await call(mallRoutes.track, { raw: '['.repeat(900_000) + ']'.repeat(900_000) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('nests too deep');
    expectProblem(answer, 'too deep');
  });

  it('shows its figures to whoever asks the process itself, and to nobody who comes in through a proxy', async () => {
    const ask = (headers: Record<string, string>) => e2e.app.inject({ method: 'GET', url: '/metrics', headers });
    expect((await ask({})).statusCode).toBe(200);
    expect((await ask({ 'x-forwarded-for': '203.0.113.7' })).statusCode).toBe(404);
  });

  it('refuses a missing or odd Idempotency-Key where one is needed', async () => {
    const body = sampleOf(mallRoutes.submitOrder.schemas.body, known);
    for (const key of ['', 'short', 'x'.repeat(81), 'with space in it']) {
      const answer = await call(mallRoutes.submitOrder, { body, headers: { 'idempotency-key': key } });
      expect(answer.status).toBe(400);
      expectProblem(answer, `key ${key}`);
    }
  });

  it('answers unknown paths, methods and hosts in the same form', async () => {
    for (const [method, url] of [
      ['GET', '/api/m/nothing-here'],
      ['DELETE', '/api/m/orders'],
      ['GET', '/api/m/orders/1%27%20OR%201=1'],
      ['GET', '/api/c/orders/../../etc/passwd'],
    ] as const) {
      const answer = await e2e.app.inject({ method, url, headers: { authorization: `Bearer ${tokens['consumer']}` } });
      expect([400, 404]).toContain(answer.statusCode);
      expectProblem({ status: answer.statusCode, text: answer.body }, url);
    }
  });
});

describe('pain-16 prices are the server’s', () => {
  const wish = (expectedTotalFen: number, more: object = {}) => ({
    storeId: e2e.shop.north,
    lines: [{ skuId: e2e.shop.products[0]?.skus[0], qty: 2 }],
    fulfil: 'PICKUP',
    expectedTotalFen,
    ...more,
  });

  it.each([1, 0, -200_000, 199_999, 200_001, 2 ** 50])(
    'an expected total of %i is answered with the difference, and nothing is written',
    async (expected) => {
      const before = await count(e2e, 'SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ?');
      const answer = await call(mallRoutes.submitOrder, { body: wish(expected) });
      expect(answer.status).toBe(409);
      expectProblem(answer, 'price');
      expect(JSON.parse(answer.text)).toMatchObject({
        code: 'PRICE_CHANGED',
        detail: { expectedFen: expected, totalFen: 200_000 },
      });
      expect(await count(e2e, 'SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ?')).toBe(before);
      expect(
        await count(e2e, "SELECT COUNT(*) AS n FROM reservation WHERE brand_id = ? AND state = 'HELD' AND qty = 2"),
      ).toBe(0);
      expect(await count(e2e, 'SELECT COUNT(request_key) AS n FROM sales_order WHERE brand_id = ?')).toBe(before);
    },
  );

  it.each([
    ['a price of one’s own', { priceFen: 1 }],
    ['a discount of one’s own', { discountFen: 199_999 }],
    ['a state of one’s own', { state: 'TO_PICKUP' }],
    ['somebody else’s name', { memberId: '1' }],
    ['a fraction of a fen', { expectedTotalFen: 200_000.5 }],
    ['a text for a number', { expectedTotalFen: '200000' }],
    ['half a piece', { lines: [{ skuId: '1', qty: 0.5 }] }],
    ['minus one piece', { lines: [{ skuId: '1', qty: -1 }] }],
    ['a price inside a line', { lines: [{ skuId: '1', qty: 1, unitPriceFen: 1 }] }],
    ['no line', { lines: [] }],
    ['a thousand lines', { lines: Array.from({ length: 1000 }, () => ({ skuId: '1', qty: 1 })) }],
  ])('refuses an order with %s', async (what, more) => {
    const answer = await call(mallRoutes.submitOrder, { body: wish(200_000, more) });
    expect(answer.status).toBe(400);
    expectProblem(answer, what);
    expect(await count(e2e, 'SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ?')).toBe(1);
  });

  it('adds up a SKU that is named twice instead of selling it past the stock', async () => {
    const skuId = e2e.shop.products[1]?.skus[0] ?? '';
    const lines = [
      { skuId, qty: 6 },
      { skuId, qty: 6 },
    ];
    const answer = await call(mallRoutes.submitOrder, { body: { ...wish(1_200_000), lines } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectProblem(answer, 'twice');
    expect(await count(e2e, 'SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ?')).toBe(1);
  });

  it('refunds no more pieces than were bought, and none of another order', async () => {
    const [order] = (await lin.api.mall.orders({})).items;
    const detail = await lin.api.mall.order({ params: { id: order?.id ?? '' } });
    const lineId = detail.lines[0]?.id ?? '';
    for (const lines of [
      [{ lineId, qty: 2 }],
      [{ lineId, qty: 999 }],
      [{ lineId: '1', qty: 1 }],
      [
        { lineId, qty: 1 },
        { lineId, qty: 1 },
      ],
    ])
      await expect(
        lin.api.mall.requestRefund({ params: { id: detail.id }, body: { reason: '多退一点', lines } }),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.stringMatching(/[\u4e00-\u9fff]/),
      });
    expect(await count(e2e, 'SELECT COUNT(*) AS n FROM refund WHERE brand_id = ?')).toBe(0);
  });
});

describe('pain-17 pain-16 every field of every body', () => {
  const login = new Set(['console.login', 'console.changePassword', 'console.logout', 'mall.logout', 'guide.logout']);
  const bodies = withBody.filter((route) => !login.has(route.id));

  it.each(bodies.map((route) => [route.id, route] as const))(
    '%s never crashes and takes no money amiss',
    async (_, route) => {
      const orders = () => count(e2e, 'SELECT COALESCE(SUM(total_fen), 0) AS n FROM sales_order WHERE brand_id = ?');
      const before = await orders();
      const nobody = (name: string) => known(name) ?? (/Ids?$/.test(name) ? NOBODY : undefined);
      const crashed: string[] = [];
      for (const { where, isMoney, body } of oddBodies(route.schemas.body as TSchema, nobody)) {
        const answer = await call(route, { body });
        if (answer.status >= 500) crashed.push(`${where}: ${answer.status}`);
        if (answer.status >= 400) expectProblem(answer, `${route.id} ${where}`);
        // What a consumer says about money is compared with the server's figures, never taken over.
        else if (isMoney && route.audience === 'consumer' && /expected/i.test(where))
          crashed.push(`${where} was taken`);
      }
      expect(crashed).toEqual([]);
      expect(await orders()).toBe(before);
    },
  );
});
