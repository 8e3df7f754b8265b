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
import { sampleOf } from './contract-samples.js';
import { buy, handOver, settle } from './sale-steps.js';

jest.setTimeout(60_000);

const ALL: Route[] = [mallRoutes, guideRoutes, consoleRoutes].flatMap((routes) => Object.values(routes) as Route[]);
const EXTERNAL_ID = 'wmForeignCustomer00001';

let e2e: E2e;
/** Values of rows that exist and belong to somebody else, by the name that routes give them. */
let theirs: Record<string, string>;
/** Texts that no foreign answer may contain. */
let secrets: string[];

/** Store, order, refund, statement, address, contact, task item and send of franchisee A, its guide and its consumer. */
beforeAll(async () => {
  e2e = await openE2e();
  const { shop, brandId, bench } = e2e;
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
  const ids = { task: bench.ids.next(), item: bench.ids.next(), send: bench.ids.next(), import: bench.ids.next() };
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
    code: order.pickupCode ?? '',
    externalUserId: EXTERNAL_ID,
    refund: refund.id,
    line: order.lines[0]?.id ?? '',
    task: ids.task,
    item: ids.item,
    send: ids.send,
    import: ids.import,
    tag: '1',
    ...(await couponRows(lin.api)),
  };
  secrets = [
    order.id,
    order.orderNo,
    kept.id,
    kept.orderNo,
    '13912345678',
    '望江路',
    '顾青禾',
    order.pickupCode ?? '-',
    '暗号客户',
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
    token: gift.token,
  };
}

async function seedContact(now: Date, memberId: string): Promise<void> {
  const { bench, brandId, shop } = e2e;
  await bench.database.execute(
    "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at) VALUES (?,?,'暗号客户','',2,NULL,?,?)",
    [brandId, EXTERNAL_ID, memberId, now],
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
const tokenOf = (actor: Actor) => e2e.app.get(Sessions).issue(actor);

/** What a path's `{id}` means: the word before it. */
const OWNER_OF_ID: Record<string, string> = {
  stores: 'store',
  orders: 'order',
  'store-orders': 'order',
  addresses: 'address',
  products: 'product',
  lines: 'sku',
  sends: 'send',
  'task-items': 'item',
  tasks: 'task',
  imports: 'import',
  'coupon-templates': 'couponTemplate',
  coupons: 'coupon',
  'coupon-redemptions': 'redemption',
  'coupon-sends': 'couponSend',
};

function filled(route: Route): { path: string; query: Record<string, unknown>; body: unknown } {
  const known = (name: string): string | undefined => theirs[name.replace(/Id$/, '')] ?? theirs[name] ?? undefined;
  const path = route.path.replace(/([\w-]+)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    const value = name === 'id' ? theirs[OWNER_OF_ID[before] ?? ''] : (known(name) ?? '1');
    if (value === undefined) throw new Error(`no row for ${before}/{${name}} of ${route.id}`);
    return `${before}/${encodeURIComponent(value)}`;
  });
  const fill = (schema: Route['schemas']['query'], onlyNamed: boolean) =>
    schema ? (sampleOf(schema, known, onlyNamed) as Record<string, unknown>) : {};
  return {
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(known(name) ?? '1')),
    query: fill(route.schemas.query, true),
    body: route.schemas.body ? sampleOf(route.schemas.body, known, false) : undefined,
  };
}

async function call(route: Route, token: string | null, given = filled(route)) {
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
  /"(store|order|address|franchisee|taskItem|send)Id"/.test(
    JSON.stringify([route.schemas.query ?? {}, route.schemas.body ?? {}]),
  );
const audienceActor: Partial<Record<Route['audience'], string>> = {
  consumer: 'consumer',
  guide: 'guide',
  console: 'franchisee',
  hq: 'franchisee',
  franchisee: 'franchisee',
};
/** Coupons that are there for the taking, and templates, which belong to the whole brand. */
const COUPONS_FOR_ALL = [
  'mall.takeCoupon',
  'mall.acceptGift',
  'mall.takeOffer',
  'console.couponTemplate',
  'console.joinCouponTemplate',
];
/** Stores and goods are shown to everybody; a consumer may choose and shop in any of them. */
const OPEN_TO_ALL = new Set([
  'mall.chooseStore',
  'mall.cart',
  'mall.addToCart',
  'mall.setCartLine',
  'mall.preview',
  ...COUPONS_FOR_ALL,
]);

/** Rows of the others that no stranger's call may change. */
async function fingerprint(): Promise<string> {
  const { bench, brandId, shop } = e2e;
  const read = (sql: string, ...values: string[]) => bench.database.query<object>(sql, [brandId, ...values]);
  return JSON.stringify([
    await read('SELECT * FROM sales_order WHERE brand_id = ? AND store_id = ? ORDER BY id', shop.north),
    await read('SELECT * FROM stock WHERE brand_id = ? AND store_id = ? ORDER BY sku_id', shop.north),
    await read('SELECT * FROM refund WHERE brand_id = ? ORDER BY id'),
    await read('SELECT * FROM address WHERE brand_id = ? ORDER BY id'),
    await read('SELECT * FROM contact WHERE brand_id = ? ORDER BY external_userid'),
    await read('SELECT * FROM store WHERE brand_id = ? AND id = ?', shop.north),
  ]);
}

const restricted = ALL.filter(
  (route) => namesRows(route) && audienceActor[route.audience] && !OPEN_TO_ALL.has(route.id),
);

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

  it('covers every route that names a row, and the owner really gets an answer where the stranger gets none', async () => {
    expect(restricted.length).toBeGreaterThan(25);
    const order = Object.values(consoleRoutes).find((route) => route.id === 'console.order') as Route;
    const owner = await call(order, await tokenOf(e2e.shop.franchiseeA));
    expect([owner.status, secrets.some((secret) => owner.text.includes(secret))]).toEqual([200, true]);
    const contact = Object.values(guideRoutes).find((route) => route.id === 'guide.contact') as Route;
    const { brandId, shop } = e2e;
    const guide: Actor = { kind: 'guide', brandId, guideId: shop.guides.north, storeId: shop.north, isManager: false };
    expect((await call(contact, await tokenOf(guide))).text).toContain('暗号客户');
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
    const { status, text } = await call(route, token, { ...filled(route), query: needed(route) });
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
