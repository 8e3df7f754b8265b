// Which process listens where. PORT_BASE moves all ports together (7300 becomes PORT_BASE), single ones have their own names.
import { join } from 'node:path';
import { root } from './steps.mjs';

const USUAL_BASE = 7300;
/** Environment name, offset from the base. */
const PORTS = {
  server: ['PORT', 0],
  database: ['DATABASE_PORT', 6],
  redis: ['REDIS_PORT', 7],
  pay: ['SIM_PAY_PORT', 10],
  miniapp: ['SIM_MINIAPP_PORT', 11],
  wecom: ['SIM_WECOM_PORT', 12],
  desk: ['SIM_DESK_PORT', 20],
  browser: ['SIM_BROWSER_PORT', 21],
};

/**
 * Ports, origins and the data folder of a run. A copy on other ports keeps its data in a folder of its own, since its
 * world file names its ports.
 */
export function topology(env = process.env) {
  const base = Number(env.PORT_BASE ?? USUAL_BASE);
  const ports = {};
  for (const [name, [variable, offset]] of Object.entries(PORTS)) ports[name] = Number(env[variable] ?? base + offset);
  for (const [name, port] of Object.entries(ports)) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${PORTS[name][0]}: not a port: ${port}`);
  }
  const origins = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
  const dir = env.DATA_DIR ?? join(root, '.data', ...(base === USUAL_BASE ? [] : [String(base)]));
  return { ports, origins, dir, nameOf: (name) => PORTS[name][0] };
}

/** Environment of the simulators. */
export const simulatorEnv = ({ ports, origins, dir }, world) => ({
  SIM_WORLD: world,
  SIM_STATE_DIR: join(dir, 'sim'),
  SIM_PAY_PORT: String(ports.pay),
  SIM_MINIAPP_PORT: String(ports.miniapp),
  SIM_WECOM_PORT: String(ports.wecom),
  SIM_DESK_PORT: String(ports.desk),
  SIM_BROWSER_PORT: String(ports.browser),
  APP_ORIGIN: origins.server,
});

/** Environment of server, worker, migration and seed; whatever the caller has set wins. */
export function serverEnv({ ports, origins, dir }, { database, redis, world }, env = process.env) {
  const settings = {
    NODE_ENV: 'development',
    PORT: String(ports.server),
    PUBLIC_ORIGIN: origins.server,
    SESSION_SECRET: world.sessionSecret,
    DEFAULT_APPID: world.appid,
    ACCOUNTS_FILE: world.accounts,
    FILES_DIR: join(dir, 'files'),
    WEB_DIR: root,
    WECHAT_PAY_URL: origins.pay,
    WECHAT_API_URL: origins.miniapp,
    WECOM_API_URL: origins.wecom,
    WECOM_OAUTH_URL: origins.wecom,
    TRUSTED_PAGE_ORIGINS: `${origins.browser},${origins.server}`,
    CLOCK_FOLLOW_URL: `${origins.desk}/control/clock`,
    DEMO_PEOPLE_FILE: world.people,
    DEMO_DESK_URL: origins.desk,
  };
  const kept = Object.fromEntries(Object.keys(settings).map((name) => [name, env[name] || settings[name]]));
  return { ...kept, PORT: settings.PORT, DATABASE_URL: database, REDIS_URL: redis };
}
