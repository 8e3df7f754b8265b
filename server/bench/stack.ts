import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, createApi } from '@shuke/shared/api';
import mysql, { type Connection } from 'mysql2/promise';
import { freePort } from '../../scripts/free-port.mjs';
import type { Consumer } from '../src/platform/access/actor.js';
import { Sessions } from '../src/platform/access/sessions.js';
import { ManualClock, SystemClock } from '../src/platform/clock/clock.js';
import { makeTestWorld } from '../test/harness/test-world.js';
import { pause, type Started, start } from './processes.js';
import type { Settings } from './settings.js';
import { type BenchShop, openBenchShop } from './shop.js';
import { exchange, leanTransport } from './transport.js';

const SECRET = 'a secret of at least thirty-two characters';
/** Buyers at one moment, and people who buy by turns; as many as the peer's kit has. */
export const AT_ONCE = 8;
export const BUYERS = 500;

/** Everything that a benchmark touches: the product's processes, the simulators, and a probe into the database. */
export interface Stack {
  settings: Settings;
  shop: BenchShop;
  probe: Connection;
  server: Started;
  sims: Started;
  origin: string;
  env: Record<string, string>;
  buyers: { token: string; openid: string }[];
  client(token: string | null): Api;
  guideToken(): Promise<string>;
  /** The session of a consumer who was not asked to log in. */
  tokenOf(consumer: Consumer): Promise<string>;
  control(path: string, body: unknown): Promise<Record<string, unknown>>;
  startWorker(): Promise<Started>;
}

/** Flags for a process whose CPU is to be looked at. */
const profilingOf = ({ root, isProfiled }: Settings) =>
  isProfiled ? ['--cpu-prof', '--cpu-prof-dir', join(root, '.data', 'bench')] : [];

/** The simulators, on ports chosen free. */
async function simulators(settings: Settings, worldFile: string, origin: string) {
  const ports: Record<'PAY' | 'MINIAPP' | 'WECOM' | 'DESK' | 'BROWSER', number> = {
    PAY: await freePort(),
    MINIAPP: await freePort(),
    WECOM: await freePort(),
    DESK: await freePort(),
    BROWSER: await freePort(),
  };
  const env = Object.fromEntries(Object.entries(ports).map(([name, port]) => [`SIM_${name}_PORT`, String(port)]));
  const sims = await start(
    settings.dir,
    'simulators',
    [...profilingOf(settings), join(settings.root, 'simulators/dist/simulators.js')],
    { ...env, SIM_WORLD: worldFile, APP_ORIGIN: origin },
    'no',
  );
  const urls = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
  for (let tries = 0; tries < 200; tries += 1) {
    const isUp = await fetch(`${urls['DESK']}/control/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return { sims, urls: urls as Record<keyof typeof ports, string> };
    await pause(50);
  }
  throw new Error('the simulators did not come up');
}

/** Starts the stack on a fresh database with a thousand products in one store. */
export async function openStack(settings: Settings): Promise<Stack> {
  const shop = await openBenchShop(settings);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { world, accounts } = makeTestWorld(shop.appid, `ww${shop.brandId}`, origin, BUYERS);
  const worldFile = join(settings.dir, 'world.json');
  writeFileSync(worldFile, JSON.stringify(world));
  writeFileSync(join(settings.dir, 'accounts.json'), JSON.stringify({ brands: [accounts] }));
  const { sims, urls } = await simulators(settings, worldFile, origin);
  const env = {
    // Not "production", which rightly refuses to follow another clock; nothing else differs on these paths.
    NODE_ENV: 'development',
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    QUEUE_PREFIX: 'bench',
    SESSION_SECRET: SECRET,
    DEFAULT_APPID: shop.appid,
    ACCOUNTS_FILE: join(settings.dir, 'accounts.json'),
    FILES_DIR: settings.dir,
    WECHAT_PAY_URL: urls.PAY,
    WECHAT_API_URL: urls.MINIAPP,
    WECOM_API_URL: urls.WECOM,
    WECOM_OAUTH_URL: urls.WECOM,
    CLOCK_FOLLOW_URL: `${urls.DESK}/control/clock`,
    LOG_LEVEL: 'error',
  };
  const probing = settings.isSoaked
    ? ['--expose-gc', '--import', join(settings.root, 'server/bench/heap-probe.mjs')]
    : [];
  const part = (name: string) => {
    const script = join(settings.root, `server/dist/src/${name}.js`);
    return start(settings.dir, name, [...profilingOf(settings), ...probing, script], env);
  };
  const server = await part('main');
  const client = (token: string | null) =>
    createApi({
      baseUrl: origin,
      transport: leanTransport(),
      headers: (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {}),
    });
  const control: Stack['control'] = async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await exchange('POST', `${urls.DESK}/control/${path}`, headers, JSON.stringify(body));
    return JSON.parse(answer.text) as Record<string, unknown>;
  };
  const buyers = [];
  for (let n = 0; n < BUYERS; n += 1) {
    const { code } = await control('miniapp/code', { kind: 'login', consumer: `buyer${n}` });
    const { token } = await client(null).mall.login({ body: { code: String(code) } });
    buyers.push({ token, openid: shop.openidOf(`buyer${n}`) });
  }
  return {
    settings,
    shop,
    probe: await mysql.createConnection({ uri: settings.databaseUrl, supportBigNumbers: true, bigNumberStrings: true }),
    server,
    sims,
    origin,
    env,
    buyers,
    client,
    control,
    guideToken: () =>
      new Sessions(SECRET, new ManualClock(new SystemClock().now())).issue({
        kind: 'guide',
        brandId: shop.brandId,
        guideId: shop.guideId,
        storeId: shop.storeId,
        isManager: true,
      }),
    tokenOf: (consumer) => new Sessions(SECRET, new ManualClock(new SystemClock().now())).issue(consumer),
    startWorker: () => part('worker'),
  };
}
