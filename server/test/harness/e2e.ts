import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Api, createApi, fetchTransport } from '@shuke/shared/api';
import type { BrandId, Id } from '@shuke/shared/kernel';
import mysql from 'mysql2/promise';
import { freePort } from '../../../scripts/free-port.mjs';
import { openidOf } from '../../../simulators/src/core/index.js';
import { type Simulators, startSimulators } from '../../../simulators/src/index.js';
import { createApp } from '../../src/app.js';
import { createConsoleUser } from '../../src/modules/identity/index.js';
import { SplitRules } from '../../src/modules/settlement/index.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { Clock, ManualClock } from '../../src/platform/clock/clock.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { Database, openDataSource } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { IdSource } from '../../src/platform/ids/id-source.js';
import { InvariantMonitor, type InvariantResult } from '../../src/platform/invariants/monitor.js';
import { drain, isFrequent } from '../../src/platform/jobs/drain.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { TEST_START_MS, type TestBench } from './database.js';
import { openTestShop, type TestShop } from './shop.js';
import { makeTestWorld } from './test-world.js';

/** The server's clock, read from the simulators' one, so that both worlds move together. */
class SimulatedClock extends Clock {
  constructor(private readonly source: { now(): number }) {
    super();
  }

  now(): number {
    return this.source.now();
  }
}

/** The whole product in one process: real database, real simulators over HTTP, the real application. */
export interface E2e {
  app: NestFastifyApplication;
  sims: Simulators;
  shop: TestShop;
  bench: TestBench;
  origin: string;
  brandId: BrandId;
  /** A client that acts for a logged-in consumer of the simulated world. */
  consumer(key: string, options?: { guideCode?: string }): Promise<{ api: Api; memberId: string; openid: string }>;
  /** A client of the guide of one of the shop's places; logging in through WeCom is proved elsewhere. */
  guide(place: keyof TestShop['guides']): Promise<Api>;
  desk(login: string, password: string): Promise<Api>;
  /** Does all background work that is due, moving time on in small steps until nothing is left to do. */
  work(seconds?: number): Promise<void>;
  /** Moves time on, then works. */
  pass(ms: number): Promise<void>;
  /** Runs all invariants; returns those that are broken. */
  broken(): Promise<InvariantResult[]>;
  close(): Promise<void>;
}

/** A database of this spec file's own: sweeps work over all brands, so two running applications must not share one. */
async function ownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const shared = new URL(process.env['SHUKE_TEST_DATABASE_URL'] ?? '');
  const name = `shuke_e2e_${process.pid}_${process.hrtime.bigint()}`;
  const admin = await mysql.createConnection({ uri: shared.href });
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await admin.end();
  const url = new URL(shared.href);
  url.pathname = `/${name}`;
  const drop = async () => {
    const last = await mysql.createConnection({ uri: shared.href });
    await last.query(`DROP DATABASE ${name}`);
    await last.end();
  };
  return { url: url.href, drop };
}

/** What a spec file may change about its application. */
export interface E2eOptions {
  env?: Record<string, string>;
  consumers?: number;
}

/** Opens the whole product for one spec file. */
export async function openE2e(options: E2eOptions = {}): Promise<E2e> {
  const own = await ownDatabase();
  const source = await openDataSource(own.url, 5);
  await source.runMigrations({ transaction: 'each' });
  const database = new Database(source);
  const seedClock = new ManualClock(TEST_START_MS);
  const ids = new IdSource(seedClock, 1000);
  const bench: TestBench = {
    database,
    unitOfWork: new UnitOfWork(database, seedClock, ids),
    ids,
    clock: seedClock,
    brandId: ids.next<'brand'>(),
    close: () => source.destroy(),
  };
  const shop = await openTestShop(bench);

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { world, accounts } = makeTestWorld(shop.appid, `ww${bench.brandId}`, origin, options.consumers);
  const sims = await startSimulators(
    world,
    { pay: 0, miniapp: 0, wecom: 0, desk: 0, browser: 0 },
    { appOrigin: origin },
  );
  sims.clock.freeze();
  await sims.clock.set(TEST_START_MS);
  const dir = mkdtempSync(join(tmpdir(), 'shuke-e2e-'));
  writeFileSync(join(dir, 'accounts.json'), JSON.stringify({ brands: [accounts] }));
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    DATABASE_URL: own.url,
    REDIS_URL: process.env['SHUKE_TEST_REDIS_URL'],
    QUEUE_PREFIX: `e${process.pid}-${port}`,
    SESSION_SECRET: 'a secret of at least thirty-two characters',
    DEFAULT_APPID: shop.appid,
    ACCOUNTS_FILE: join(dir, 'accounts.json'),
    FILES_DIR: dir,
    WECHAT_PAY_URL: sims.urls.pay,
    WECHAT_API_URL: sims.urls.miniapp,
    WECOM_API_URL: sims.urls.wecom,
    WECOM_OAUTH_URL: sims.urls.wecom,
    TRUSTED_PAGE_ORIGINS: `${origin},${sims.urls.browser}`,
    ...options.env,
  });
  const app = await createApp(config, new SimulatedClock(sims.clock));
  await app.listen(port, '127.0.0.1');
  const relay = app.get(OutboxRelay);

  const client = (token: string | null): Api =>
    createApi({
      baseUrl: origin,
      transport: fetchTransport(),
      headers: (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {}),
    });
  const control = async (path: string, body: unknown) => {
    const answer = await fetch(`${sims.urls.desk}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const work = async (seconds = 12) => {
    await drain(relay, 20);
    for (let second = 1; second <= seconds; second += 1) {
      await sims.clock.advance(1000);
      // Seconds matter to what runs every second; the rest had its turn at the beginning and has another at the end.
      const did = await drain(relay, 20, isFrequent);
      if (did === 0 && second > 3 && (await drain(relay, 20)) === 0) return;
    }
    await drain(relay, 20);
  };
  await setUp(app, bench, shop);

  return {
    app,
    sims,
    shop,
    bench,
    origin,
    brandId: bench.brandId,
    consumer: async (key, more = {}) => {
      const { code } = await control('miniapp/code', { kind: 'login', consumer: key });
      const { token, profile } = await client(null).mall.login({ body: { code: code ?? '', ...more } });
      return { api: client(token), memberId: profile.id, openid: openidOf(shop.appid, key) };
    },
    guide: async (place) =>
      client(
        await app.get(Sessions).issue({
          kind: 'guide',
          brandId: bench.brandId,
          guideId: shop.guides[place],
          storeId: shop[place],
          isManager: true,
        }),
      ),
    desk: async (login, password) => client((await client(null).console.login({ body: { login, password } })).token),
    work,
    pass: async (ms) => {
      await sims.clock.advance(ms);
      await work();
    },
    broken: async () => (await app.get(InvariantMonitor).run(bench.brandId)).filter((one) => one.state === 'BROKEN'),
    close: async () => {
      await app.close();
      await sims.stop();
      await source.destroy();
      await own.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Desk users, the published split rule, and guides who can be paid. */
async function setUp(app: NestFastifyApplication, bench: TestBench, shop: TestShop): Promise<void> {
  const { brandId, ids } = bench;
  const franchiseeA = shop.franchiseeA.kind === 'franchisee' ? shop.franchiseeA.franchiseeId : null;
  const franchiseeB = shop.franchiseeB.kind === 'franchisee' ? shop.franchiseeB.franchiseeId : null;
  await bench.unitOfWork.run('desk users', async (tx) => {
    const user = (login: string, role: 'HQ' | 'FRANCHISEE', franchiseeId: Id<'franchisee'> | null) =>
      createConsoleUser(tx, {
        brandId,
        id: ids.next<'user'>(),
        login: `${login}-${brandId}`,
        name: login,
        role,
        franchiseeId,
        password: 'a-long-password',
      });
    await user('hq', 'HQ', null);
    await user('fa', 'FRANCHISEE', franchiseeA);
    await user('fb', 'FRANCHISEE', franchiseeB);
    await tx.execute("UPDATE guide SET receiver_openid = ?, receiver_state = 'READY' WHERE brand_id = ?", [
      openidOf(shop.appid, 'guide'),
      brandId,
    ]);
  });
  const rules = app.get(SplitRules);
  const draft = await rules.draft(shop.hq, {
    name: '加盟分润',
    legs: [
      { party: 'BRAND', ratioBp: 1800, storeKinds: ['FRANCHISE'] },
      { party: 'GUIDE', ratioBp: 500 },
    ],
  });
  await rules.publish(shop.hq, draft.version);
}
