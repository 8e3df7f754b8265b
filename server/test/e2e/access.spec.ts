import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { Api } from '@shuke/shared/api';
import { consoleRoutes, guideRoutes, mallRoutes, type Route } from '@shuke/shared/contracts';
import { businessDay, DAY_MS } from '@shuke/shared/kernel';
import { template } from '../../src/modules/coupons/testing/template.js';
import type { Actor } from '../../src/platform/access/actor.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { ROUTE } from '../../src/platform/http/contract.decorator.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { foreignRequest, HELD_BY_NOBODY, OPEN_TO_ALL } from './access-routes.js';
import { sampleOf } from './contract-samples.js';
import { type ForeignRows, SECRET, seedForeignRows } from './foreign-rows.js';
import { buy, handOver, settle } from './sale-steps.js';

jest.setTimeout(120_000);

const ALL: Route[] = [mallRoutes, guideRoutes, consoleRoutes].flatMap((routes) => Object.values(routes) as Route[]);
const EXTERNAL_ID = 'wmForeignCustomer00001';

let e2e: E2e;
/** Values of rows that exist and belong to somebody else, by the name that routes give them. */
let theirs: Record<string, string>;
let foreign: ForeignRows;
/** Texts that no foreign answer may contain. */
let secrets: string[];

/** Store, order, refund, statement, address, contact, task item and send of franchisee A, its guide and its consumer. */
beforeAll(async () => {
  e2e = await openE2e();
  const { shop, brandId } = e2e;
  const lin = await e2e.consumer('lin');
  const address = await lin.api.mall.addAddress({
    body: {
      name: '顾青禾',
      phone: '13912345678',
      province: '浙江省',
      city: '杭州市',
      district: '上城区',
      detail: '望江路 18 号',
      isDefault: true,
    },
  });
  const kept = await buy(e2e, lin, { guideCode: 'NORTH' });
  await handOver(e2e, kept.pickupCode);
  const order = await buy(e2e, lin, { guideCode: 'NORTH', qty: 2 });
  const refund = await lin.api.mall.requestRefund({
    params: { id: order.id },
    body: { reason: '多买了一件', lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }] },
  });
  await settle(e2e, 20);
  await e2e.pass(DAY_MS);
  const now = new Date(e2e.sims.clock.now());
  await seedContact(now, lin.memberId);
  const fa = await e2e.desk(`fa-${brandId}`, 'a-long-password');
  const [statement] = (await fa.console.statements()).items;
  theirs = {
    store: shop.north,
    order: order.id,
    address: address.id,
    product: shop.products[0]?.id ?? '',
    sku: shop.products[0]?.skus[0] ?? '',
    franchisee: statement?.franchiseeId ?? '',
    day: statement?.day ?? businessDay(0),
    externalUserId: EXTERNAL_ID,
    refund: refund.id,
    line: order.lines[0]?.id ?? '',
    member: lin.memberId,
    'pickups.code': order.pickupCode ?? '',
    'returns.code': 'FGNRET12',
    'points-exchanges.code': 'FGN12345',
    'pay-code.code': (await lin.api.mall.memberCode({})).code,
    'review-invites.token': 'A'.repeat(24),
    guide: shop.guides.north,
    month: '2026-11',
    deskUser: await deskUser(),
    ...(await couponRows(lin.api)),
  };
  foreign = await seedForeignRows(e2e, {
    memberId: lin.memberId,
    externalUserId: EXTERNAL_ID,
    orderId: order.id,
    lineId: order.lines[0]?.id ?? '',
    franchiseeId: theirs['franchisee'] ?? '',
  });
  // Whose picture it is has a test of its own, since it is asked before whose case it is.
  const { picture: _, ...ids } = foreign.ids;
  theirs = { ...ids, ...theirs };
  secrets = [
    order.id,
    order.orderNo,
    kept.id,
    kept.orderNo,
    '13912345678',
    '望江路',
    '顾青禾',
    order.pickupCode ?? '-',
    SECRET,
  ];
});
afterAll(() => e2e.close());

/** A coupon used at franchisee A's counter, one that its consumer holds, a gift and a guide's card. */
async function couponRows(lin: Api): Promise<Record<string, string>> {
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const guide = await e2e.guide('north');
  const take = { ...template().take, perMember: 3 };
  const { id } = await hq.console.createCouponTemplate({ body: template({ take }) });
  await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
  const taken = async () => lin.mall.takeCoupon({ params: { id }, body: {} });
  const used = await taken();
  const redemption = await guide.guide.redeemCoupon({ body: { code: used.code, amountFen: 9900 } });
  const gift = await lin.mall.giveCoupon({ params: { id: (await taken()).id } });
  const card = await guide.guide.dropCoupons({ body: { templateId: id, count: 1 } });
  return {
    couponTemplate: id,
    template: id,
    coupon: used.id,
    redemption: redemption.id,
    couponSend: card.sendId,
    'coupon-gifts.token': gift.token,
    'coupon-offers.token': card.token,
  };
}

async function deskUser(): Promise<string> {
  const [row] = await e2e.bench.database.query<{ id: string }>(
    'SELECT id FROM console_user WHERE brand_id = ? AND login = ?',
    [e2e.brandId, `fa-${e2e.brandId}`],
  );
  return row?.id ?? '';
}

async function seedContact(now: Date, memberId: string): Promise<void> {
  const { bench, brandId, shop } = e2e;
  await bench.database.execute(
    "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at) VALUES (?,?,?,'',2,NULL,?,?)",
    [brandId, EXTERNAL_ID, SECRET, memberId, now],
  );
  await bench.database.execute(
    "INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, welcome_state, added_at, checked_at) VALUES (?,?,?,'FRIEND','',1,'SENT',?,?)",
    [brandId, shop.guides.north, EXTERNAL_ID, now, now],
  );
}

const actors = (): Record<string, Actor> => {
  const { shop, brandId } = e2e;
  return {
    franchisee: shop.franchiseeB,
    consumer: { kind: 'consumer', brandId, memberId: '424242' as never, openid: 'o-stranger' },
    guide: { kind: 'guide', brandId, guideId: shop.guides.shanghai, storeId: shop.shanghai, isManager: true },
  };
};
/** Whose rows they are. */
const owners = (): Partial<Record<Route['audience'], Actor>> => {
  const { shop, brandId } = e2e;
  return {
    consumer: { kind: 'consumer', brandId, memberId: theirs['member'] as never, openid: 'o-lin' },
    guide: { kind: 'guide', brandId, guideId: shop.guides.north, storeId: shop.north, isManager: true },
    console: shop.franchiseeA,
    hq: shop.hq,
  };
};
const tokenOf = (actor: Actor) => e2e.app.get(Sessions).issue(actor);

async function call(route: Route, token: string | null, given = foreignRequest(route, theirs)) {
  const query = new URLSearchParams(
    Object.fromEntries(Object.entries(given.query).map(([name, value]) => [name, String(value)])),
  );
  const answer = await e2e.app.inject({
    method: route.method,
    url: `${given.path}${query.size > 0 ? `?${query}` : ''}`,
    headers: {
      'x-app-id': e2e.shop.appid,
      'idempotency-key': `access-${process.hrtime.bigint()}`,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(given.body === undefined ? {} : { payload: given.body as object }),
  });
  return { status: answer.statusCode, text: answer.body };
}

const namesRows = (route: Route): boolean =>
  route.path.includes('{') ||
  /"[a-z]\w*Ids?":/i.test(JSON.stringify([route.schemas.query ?? {}, route.schemas.body ?? {}]));
const audienceActor: Partial<Record<Route['audience'], string>> = {
  consumer: 'consumer',
  guide: 'guide',
  console: 'franchisee',
  hq: 'franchisee',
  franchisee: 'franchisee',
};
/** Rows of the others that no stranger's call may change. */
async function fingerprint(): Promise<string> {
  const { bench, brandId, shop } = e2e;
  const read = (sql: string, ...values: string[]) => bench.database.query<object>(sql, [brandId, ...values]);
  return JSON.stringify([
    await foreign.fingerprint(),
    await read('SELECT * FROM sales_order WHERE brand_id = ? AND store_id = ? ORDER BY id', shop.north),
    await read('SELECT * FROM stock WHERE brand_id = ? AND store_id = ? ORDER BY sku_id', shop.north),
    await read('SELECT * FROM refund WHERE brand_id = ? ORDER BY id'),
    await read('SELECT * FROM address WHERE brand_id = ? ORDER BY id'),
    await read('SELECT * FROM contact WHERE brand_id = ? ORDER BY external_userid'),
    await read('SELECT * FROM store WHERE brand_id = ? AND id = ?', shop.north),
  ]);
}

const naming = ALL.filter((route) => namesRows(route) && audienceActor[route.audience]);
const restricted = naming.filter((route) => !OPEN_TO_ALL.has(route.id));
const open = naming.filter((route) => OPEN_TO_ALL.has(route.id));

describe('pain-10 E1 a stranger with the right kind of session and ids of rows that exist', () => {
  it.each(restricted.map((route) => [route.id, route] as const))('%s', async (_, route) => {
    const before = await fingerprint();
    const token = await tokenOf(actors()[audienceActor[route.audience] ?? ''] as Actor);
    const { status, text } = await call(route, token);
    // A request that was refused for its form would prove nothing.
    expect([status, text]).not.toEqual([400, expect.stringContaining('"VALIDATION"')]);
    expect([200, 403, 404, ...(route.id === 'mall.submitOrder' ? [400, 409] : [])]).toContain(status);
    for (const secret of secrets) expect(text).not.toContain(secret);
    if (status === 200) expect(JSON.parse(text)).toMatchObject({ items: [] });
    expect(await fingerprint()).toBe(before);
  });

  it.each(open.map((route) => [route.id, route] as const))(
    '%s, which is open to all, tells nobody’s secrets',
    async (_, route) => {
      const { status, text } = await call(route, await tokenOf(actors()[audienceActor[route.audience] ?? ''] as Actor));
      expect(status).toBeLessThan(500);
      for (const secret of secrets) expect(text).not.toContain(secret);
    },
  );

  it('a picture of somebody else cannot be shown as one’s own', async () => {
    const token = await tokenOf(actors()['consumer'] as Actor);
    for (const route of [mallRoutes.addReview, mallRoutes.messageAfterSale, mallRoutes.requestAfterSale] as Route[]) {
      const given = foreignRequest(route, { ...theirs, picture: foreign.ids['picture'] ?? '' });
      const { status, text } = await call(route, token, given);
      expect([route.id, status >= 400 && status < 500]).toEqual([route.id, true]);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  const readable = restricted.filter(
    (route) => route.method === 'GET' && route.path.includes('{') && !HELD_BY_NOBODY.has(route.id),
  );
  it.each(readable.map((route) => [route.id, route] as const))('%s answers whose row it is', async (_, route) => {
    const { status } = await call(route, await tokenOf(owners()[route.audience] as Actor));
    expect(status).toBe(200);
  });

  it('covers every route that names a row, and the owner really gets an answer where the stranger gets none', async () => {
    expect(restricted.length).toBeGreaterThan(25);
    const order = Object.values(consoleRoutes).find((route) => route.id === 'console.order') as Route;
    const owner = await call(order, await tokenOf(e2e.shop.franchiseeA));
    expect([owner.status, secrets.some((secret) => owner.text.includes(secret))]).toEqual([200, true]);
    const contact = Object.values(guideRoutes).find((route) => route.id === 'guide.contact') as Route;
    const { brandId, shop } = e2e;
    const guide: Actor = { kind: 'guide', brandId, guideId: shop.guides.north, storeId: shop.north, isManager: false };
    expect((await call(contact, await tokenOf(guide))).text).toContain(SECRET);
  });

  it('keeps two brands apart even when ids are known', async () => {
    const elsewhere = '1' as never;
    const stranger: Actor = { kind: 'hq', brandId: elsewhere, userId: '1' as never, name: '别家总部' };
    for (const route of ALL.filter((one) => one.method === 'GET' && /^(console|hq)$/.test(one.audience))) {
      const { text } = await call(route, await tokenOf(stranger));
      for (const secret of secrets) expect([route.id, text.includes(secret)]).toEqual([route.id, false]);
    }
  });
});

describe('lists without ids show only what is one’s own', () => {
  const lists = ALL.filter(
    (route) => route.method === 'GET' && !route.path.includes('{') && audienceActor[route.audience],
  );
  it.each(lists.map((route) => [route.id, route] as const))('%s', async (_, route) => {
    const token = await tokenOf(actors()[audienceActor[route.audience] ?? ''] as Actor);
    const { status, text } = await call(route, token, { ...foreignRequest(route, theirs), query: needed(route) });
    expect([200, 403, 404]).toContain(status);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

/** Only what a query cannot do without. */
function needed(route: Route): Record<string, unknown> {
  const { query } = route.schemas;
  if (!query) return {};
  const wanted = new Set(query.required ?? []);
  const all = sampleOf(query, (name) => theirs[name.replace(/Id$/, '')], true) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
}

describe('the doors', () => {
  const closed = ALL.filter((route) => route.audience !== 'public');
  it.each(closed.map((route) => [route.id, route] as const))(
    '%s is shut without a token and with a forged one',
    async (_, route) => {
      const sessions = Object.entries(actors()).filter(([kind]) => kind !== audienceActor[route.audience]);
      expect((await call(route, null)).status).toBe(401);
      expect((await call(route, 'eyJhbGciOiJub25lIn0.eyJhY3RvciI6eyJraW5kIjoiaHEifX0.')).status).toBe(401);
      for (const [, actor] of sessions) expect([401, 403]).toContain((await call(route, await tokenOf(actor))).status);
    },
  );

  it('every handler has a contract, or stands on the list of machines’ doors', () => {
    const open: string[] = [];
    const bound: string[] = [];
    const discovery = new DiscoveryService(e2e.app.get(ModulesContainer));
    const scanner = new MetadataScanner();
    for (const { instance } of discovery.getControllers()) {
      if (!instance) continue;
      for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const handler = (instance as Record<string, unknown>)[name] as object;
        if (!Reflect.hasMetadata('path', handler)) continue;
        const route = Reflect.getMetadata(ROUTE, handler) as Route | undefined;
        if (route) bound.push(route.id);
        else open.push(`${(instance as object).constructor.name}.${name}`);
      }
    }
    expect(open.sort()).toEqual([
      'MallMyDataController.file',
      'MiniappPushController.prove',
      'MiniappPushController.take',
      'OpsController.health',
      'OpsController.metrics',
      'OpsController.ready',
      'PayNotificationController.take',
      'WecomCallbackController.push',
      'WecomCallbackController.verify',
    ]);
    expect(bound.length).toBe(new Set(bound).size);
    expect(ALL.map((route) => route.id).filter((id) => !bound.includes(id))).toEqual([]);
  });
});
