import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewaysModule } from '../../src/gateways.module.js';
import { CartsModule } from '../../src/modules/carts/index.js';
import { CatalogModule } from '../../src/modules/catalog/index.js';
import { createConsoleUser, DIRECTORY, IdentityModule } from '../../src/modules/identity/index.js';
import { InventoryModule } from '../../src/modules/inventory/index.js';
import { OrganizationModule } from '../../src/modules/organization/index.js';
import type { Actor } from '../../src/platform/access/actor.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { AccessGuard, type Directory } from '../../src/platform/http/access.guard.js';
import { ProblemFilter } from '../../src/platform/http/problem.filter.js';
import { ResponseCheckInterceptor } from '../../src/platform/http/response-check.interceptor.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { openTestBench, type TestBench } from '../harness/database.js';
import { openTestShop, type TestShop } from '../harness/shop.js';

let bench: TestBench;
let shop: TestShop;
let app: NestFastifyApplication;
let dir: string;

/** The store mall's modules behind the real guard, validation and contract check. */
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  dir = mkdtempSync(join(tmpdir(), 'shuke-http-'));
  writeFileSync(join(dir, 'accounts.json'), '{"brands":[]}');
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_ORIGIN: 'http://127.0.0.1:7300',
    DATABASE_URL: process.env['SHUKE_TEST_DATABASE_URL'],
    REDIS_URL: process.env['SHUKE_TEST_REDIS_URL'],
    QUEUE_PREFIX: `t${bench.brandId}`,
    SESSION_SECRET: 'a secret of at least thirty-two characters',
    DEFAULT_APPID: 'wx0000000000000000',
    ACCOUNTS_FILE: join(dir, 'accounts.json'),
    FILES_DIR: dir,
  });
  class MallModule {}
  Module({
    imports: [
      PlatformModule.with(config, bench.clock),
      GatewaysModule,
      IdentityModule,
      OrganizationModule,
      CatalogModule,
      InventoryModule,
      CartsModule,
    ],
  })(MallModule);
  app = await NestFactory.create<NestFastifyApplication>(MallModule, new FastifyAdapter(), { logger: ['error'] });
  app.useGlobalGuards(new AccessGuard(app.get(Sessions), app.get<Directory>(DIRECTORY)));
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new ResponseCheckInterceptor());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await bench.close();
  rmSync(dir, { recursive: true, force: true });
});

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, actor?: Actor, payload?: object) {
  const token = actor ? await app.get(Sessions).issue(actor) : null;
  const answer = await app.inject({
    method,
    url,
    headers: { 'x-app-id': shop.appid, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> };
}
const ok = async (...request: Parameters<typeof call>) => {
  const { status, body } = await call(...request);
  expect([request[0], request[1], status, status === 200 ? null : body]).toEqual([request[0], request[1], 200, null]);
  return body;
};

describe('the store mall over HTTP', () => {
  it('answers every guest route as its contract says', async () => {
    const [product] = shop.products;
    await ok('GET', '/api/m/brand');
    await ok('GET', '/api/m/enter?scene=g%3DLAKE&latitude=30.25&longitude=120.16&isFuzzy=true');
    await ok('GET', '/api/m/stores?latitude=30.25&longitude=120.16');
    await ok('GET', '/api/m/guide-card?code=LAKE');
    await ok('GET', `/api/m/home?storeId=${shop.lake}`);
    await ok('GET', `/api/m/categories?storeId=${shop.lake}`);
    await ok('GET', `/api/m/products?storeId=${shop.lake}&sort=price-asc&inStockOnly=true&limit=2`);
    await ok('GET', `/api/m/products/${product?.id}?storeId=${shop.lake}`);
  });

  it('answers every consumer route as its contract says', async () => {
    const me = await shop.member();
    const skuId = shop.products[0]?.skus[0];
    const storeId = shop.lake;
    await ok('POST', `/api/m/stores/${storeId}/choose`, me);
    await ok('POST', '/api/m/cart/lines', me, { storeId, skuId, qty: 2 });
    await ok('PUT', `/api/m/cart/lines/${skuId}`, me, { storeId, isSelected: false });
    await ok('GET', `/api/m/cart?storeId=${storeId}`, me);
    const input = {
      name: '小满',
      phone: '13800000000',
      province: '浙江省',
      city: '杭州市',
      district: '上城区',
      detail: '东坡路',
    };
    const { id } = await ok('POST', '/api/m/addresses', me, input);
    await ok('PUT', `/api/m/addresses/${id as string}`, me, { ...input, isDefault: true });
    await ok('GET', '/api/m/addresses', me);
    await ok('POST', '/api/m/checkout/preview', me, { storeId, lines: [{ skuId, qty: 1 }], fulfil: 'SHIP' });
    await ok('DELETE', `/api/m/addresses/${id as string}`, me);
  });

  it('answers every desk and guide route as its contract says', async () => {
    const [product] = shop.products;
    const shelf = `/api/c/stores/${shop.north}`;
    await ok('GET', '/api/c/me', shop.hq);
    await ok('GET', '/api/c/stores?q=S00', shop.hq);
    await ok('PUT', shelf, shop.hq, { version: 0, serviceRadiusM: 2500 });
    await ok('GET', '/api/c/franchisees', shop.hq);
    await ok('GET', '/api/c/guides', shop.franchiseeA);
    await ok('GET', '/api/c/products', shop.franchiseeA);
    await ok('PUT', `/api/c/products/${product?.id}`, shop.hq, { version: 0, floorFen: 80_000 });
    await ok('GET', '/api/c/categories', shop.hq);
    await ok('GET', `${shelf}/listings`, shop.franchiseeA);
    await ok('PUT', `${shelf}/listings/${product?.id}`, shop.franchiseeA, { isListed: true });
    await ok('PUT', `${shelf}/prices/${product?.skus[0]}`, shop.franchiseeA, { priceFen: 99_000 });
    await ok('PUT', `${shelf}/stock/${product?.skus[0]}`, shop.franchiseeA, { onHand: 12, reason: '盘点' });
    await ok('POST', '/api/c/logout', shop.hq);
    const { guides, lake } = shop;
    const guide: Actor = {
      kind: 'guide',
      brandId: bench.brandId,
      guideId: guides.lake,
      storeId: lake,
      isManager: false,
    };
    await ok('GET', '/api/g/products?q=%E7%BE%BD%E7%BB%92', guide);
  });

  it('logs a desk in and refuses it alike for a wrong password and an unknown login', async () => {
    const login = `desk-${bench.brandId}`;
    const user = { brandId: bench.brandId, id: bench.ids.next<'user'>(), name: '总部', role: 'HQ' as const };
    await bench.unitOfWork.run('add user', (tx) =>
      createConsoleUser(tx, { ...user, login, franchiseeId: null, password: 'snow-line' }),
    );
    await ok('POST', '/api/c/login', undefined, { login, password: 'snow-line' });
    const wrong = await call('POST', '/api/c/login', undefined, { login, password: 'nope' });
    const unknown = await call('POST', '/api/c/login', undefined, { login: `${login}-not`, password: 'nope' });
    expect([wrong.status, wrong.body['code'], wrong.body['message']]).toEqual([
      unknown.status,
      unknown.body['code'],
      unknown.body['message'],
    ]);
  });

  it('answers a franchisee NOT_FOUND for each route of a foreign store', async () => {
    const shelf = `/api/c/stores/${shop.shanghai}`;
    const [product] = shop.products;
    const answers = await Promise.all([
      call('GET', shelf, shop.franchiseeA),
      call('GET', `${shelf}/listings`, shop.franchiseeA),
      call('PUT', `${shelf}/listings/${product?.id}`, shop.franchiseeA, { isListed: false }),
      call('PUT', `${shelf}/prices/${product?.skus[0]}`, shop.franchiseeA, { priceFen: 99_000 }),
      call('PUT', `${shelf}/stock/${product?.skus[0]}`, shop.franchiseeA, { onHand: 1, reason: '盘点' }),
      call('GET', `/api/c/guides?storeId=${shop.shanghai}`, shop.franchiseeA),
    ]);
    expect(answers.map((one) => [one.status, one.body['code']])).toEqual(answers.map(() => [404, 'NOT_FOUND']));
    expect((await call('PUT', shelf, shop.franchiseeA, { version: 0 })).status).toBe(403);
    expect((await call('GET', '/api/c/stores')).status).toBe(401);
  });
});
