import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, createApi, fetchTransport } from '@shuke/shared/api';
import type { BrandId } from '@shuke/shared/kernel';
import mysql from 'mysql2/promise';
import { freePort } from '../../../scripts/free-port.mjs';
import { openidOf } from '../../../simulators/src/core/index.js';
import { type Simulators, startSimulators } from '../../../simulators/src/index.js';
import { Catalog } from '../../src/modules/catalog/index.js';
import { createConsoleUser } from '../../src/modules/identity/index.js';
import { SplitRules } from '../../src/modules/settlement/index.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { ManualClock } from '../../src/platform/clock/clock.js';
import { Database, openDataSource } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { IdSource } from '../../src/platform/ids/id-source.js';
import { TEST_START_MS, type TestBench } from '../harness/database.js';
import { openTestShop, type TestShop } from '../harness/shop.js';
import { makeTestWorld } from '../harness/test-world.js';
import { type Part, pause, Running } from './processes.js';

const SECRET = 'a secret of at least thirty-two characters';
const PASSWORD = 'a-long-password';
const GIVE_UP_MS = 60_000;
/** The server asks the simulators for the time twice a second. */
const CLOCK_LAG_MS = 700;

/** The product as real processes on a database of its own, with the simulators here. */
export class Product {
  readonly running = new Map<Part, Running>();

  constructor(
    readonly bench: TestBench,
    readonly shop: TestShop,
    readonly sims: Simulators,
    readonly origin: string,
    readonly dir: string,
    readonly env: Record<string, string>,
  ) {}

  get brandId(): BrandId {
    return this.bench.brandId;
  }

  /** Starts a part; with a failpoint it dies there, maybe before it is ready. */
  async start(part: Part, failpoint = '', args: string[] = []): Promise<Running> {
    const started = Running.spawn(part, { ...this.env, FAILPOINTS: failpoint }, this.dir, args);
    this.running.set(part, started);
    if (!(await started.ready()) && failpoint === '') throw new Error(started.story('starting (it ended)'));
    return started;
  }

  async stop(part: Part): Promise<void> {
    await this.running.get(part)?.stop('SIGTERM');
    this.running.delete(part);
  }

  client(token: string | null): Api {
    const headers = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});
    return createApi({ baseUrl: this.origin, transport: fetchTransport(), headers });
  }

  /** Tells the simulated world to do something. */
  async control(path: string, body: unknown): Promise<Record<string, string>> {
    const answer = await fetch(`${this.sims.urls.desk}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
    return (await answer.json()) as Record<string, string>;
  }

  async consumer(key: string): Promise<{ api: Api; openid: string }> {
    const { code = '' } = await this.control('miniapp/code', { kind: 'login', consumer: key });
    const { token } = await this.client(null).mall.login({ body: { code } });
    return { api: this.client(token), openid: openidOf(this.shop.appid, key) };
  }

  async guide(place: keyof TestShop['guides']): Promise<Api> {
    const sessions = new Sessions(SECRET, new ManualClock(this.sims.clock.now()));
    const { brandId, shop } = this;
    return this.client(
      await sessions.issue({
        kind: 'guide',
        brandId,
        guideId: shop.guides[place],
        storeId: shop[place],
        isManager: true,
      }),
    );
  }

  /** Desk sessions end after twelve hours of simulated time, so everybody who needs one logs in. */
  async hq(): Promise<Api> {
    const body = { login: `hq-${this.brandId}`, password: PASSWORD };
    return this.client((await this.client(null).console.login({ body })).token);
  }

  /** Moves time on in small steps until something is so; background work goes on meanwhile. */
  async until(what: string, isSo: () => Promise<boolean> | boolean, stepMs = 2000): Promise<void> {
    const end = performance.now() + GIVE_UP_MS;
    while (!(await isSo())) {
      if (performance.now() > end)
        throw new Error(
          [
            `not so after a minute: ${what}`,
            ...[...this.running.values()].map((one) => one.story('to get there')),
          ].join('\n'),
        );
      await this.sims.clock.advance(stepMs);
      await pause(150);
    }
  }

  /** Jumps ahead and lets the processes notice, since requests are signed with the time of day. */
  async jump(ms: number): Promise<void> {
    await this.sims.clock.advance(ms);
    await pause(CLOCK_LAG_MS);
  }

  /** All invariants that do not hold, checked now by the server. */
  async broken(): Promise<string[]> {
    const results = await (await this.hq()).console.runInvariants();
    return results.filter((one) => one.state === 'BROKEN').map((one) => `${one.id} ${JSON.stringify(one.rows)}`);
  }

  async count(sql: string, values: readonly string[] = []): Promise<number> {
    const [row] = await this.bench.database.query<{ n: string }>(sql, values);
    return Number(row?.n ?? 0);
  }

  async close(): Promise<void> {
    for (const one of this.running.values()) if (!one.isGone()) await one.stop('SIGKILL');
    await this.sims.stop();
    await this.bench.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export interface ProductOptions {
  database?: string;
  redis?: string;
}

/** Opens the product for one spec file: schema, shop, desk user, split rule and simulators; no process runs yet. */
export async function openProduct(options: ProductOptions = {}): Promise<Product> {
  const url = await ownDatabase(options.database ?? process.env['SHUKE_TEST_DATABASE_URL'] ?? '');
  const bench = await openBench(url);
  const shop = await openTestShop(bench);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { world, accounts } = makeTestWorld(shop.appid, `ww${bench.brandId}`, origin);
  const anyPort = { pay: 0, miniapp: 0, wecom: 0, desk: 0, browser: 0 };
  const sims = await startSimulators(world, anyPort, { appOrigin: origin });
  await sims.clock.set(TEST_START_MS);
  const dir = mkdtempSync(join(tmpdir(), 'shuke-fault-'));
  writeFileSync(join(dir, 'accounts.json'), JSON.stringify({ brands: [accounts] }));
  await setUp(bench, shop);
  return new Product(bench, shop, sims, origin, dir, {
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    DATABASE_URL: url,
    DATABASE_POOL: '8',
    REDIS_URL: options.redis ?? process.env['SHUKE_TEST_REDIS_URL'] ?? '',
    QUEUE_PREFIX: `f${process.pid}-${port}`,
    SESSION_SECRET: SECRET,
    DEFAULT_APPID: shop.appid,
    ACCOUNTS_FILE: join(dir, 'accounts.json'),
    FILES_DIR: dir,
    WECHAT_PAY_URL: sims.urls.pay,
    WECHAT_API_URL: sims.urls.miniapp,
    WECOM_API_URL: sims.urls.wecom,
    WECOM_OAUTH_URL: sims.urls.wecom,
    CLOCK_FOLLOW_URL: `${sims.urls.desk}/control/clock`,
    SWEEP_MS: '100',
    JOB_LOCK_MS: '1000',
    LOG_LEVEL: 'warn',
  });
}

async function ownDatabase(server: string): Promise<string> {
  const name = `shuke_fault_${process.pid}_${process.hrtime.bigint()}`;
  const admin = await mysql.createConnection({ uri: server });
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function openBench(url: string): Promise<TestBench> {
  const source = await openDataSource(url, 3);
  await source.runMigrations({ transaction: 'each' });
  const database = new Database(source);
  const clock = new ManualClock(TEST_START_MS);
  const ids = new IdSource(clock, 1000);
  const unitOfWork = new UnitOfWork(database, clock, ids);
  return { database, unitOfWork, ids, clock, brandId: ids.next<'brand'>(), close: () => source.destroy() };
}

/** A desk user, guides who can be paid, and the published rule: 18 % to the brand, 5 % to the guide. */
async function setUp({ unitOfWork, database, brandId, ids }: TestBench, shop: TestShop): Promise<void> {
  await unitOfWork.run('set up', async (tx) => {
    await createConsoleUser(tx, {
      brandId,
      id: ids.next<'user'>(),
      login: `hq-${brandId}`,
      name: '总部',
      role: 'HQ',
      franchiseeId: null,
      password: PASSWORD,
    });
    await tx.execute("UPDATE guide SET receiver_openid = ?, receiver_state = 'READY' WHERE brand_id = ?", [
      openidOf(shop.appid, 'guide'),
      brandId,
    ]);
  });
  const rules = new SplitRules(database, unitOfWork, new Catalog(database));
  const draft = await rules.draft(shop.hq, {
    name: '加盟分润',
    legs: [
      { party: 'BRAND', ratioBp: 1800, storeKinds: ['FRANCHISE'] },
      { party: 'GUIDE', ratioBp: 500 },
    ],
  });
  await rules.publish(shop.hq, draft.version);
}
