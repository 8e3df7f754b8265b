// `npm start`: everything on one machine, from nothing to a running demo. A second run is quick; Ctrl-C stops it all.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { writeDemoWorld } from './demo-world.mjs';
import { engineNeeds, ensurePrograms, startDatabase, startRedis } from './engines.mjs';
import { Household, isTaken } from './household.mjs';
import { ensureNodeDependencies } from './node-dependencies.mjs';
import { PROGRAM_FLAGS } from './program-flags.mjs';
import { bold, dim, duration, endSteps, green, red, root, runStep, tail } from './steps.mjs';
import { serverEnv, simulatorEnv, topology } from './topology.mjs';

const ADVICE = {
  database: 'If its data is damaged or older than the schema, npm start -- --fresh begins anew.',
  redis: 'Redis holds nothing that cannot be made again: move <data>/redis away and start again.',
  simulators: 'Remove <data>/sim to begin with a fresh outside world.',
  server: 'Look for the first line with "error" or "fatal" in its log.',
  worker: 'Look for the first line with "error" or "fatal" in its log.',
};
const DATABASE = 'shuke';
const dist = (path) => join(root, 'server', 'dist', path);

const place = topology();
const { ports, origins, dir } = place;
const started = performance.now();
let isEnding = false;
/** What was under way when somebody pressed Ctrl-C has nothing more to say. */
const say = (text) => {
  if (!isEnding) console.log(text);
};

const household = new Household({
  dir,
  onDeath: (name, code, log) => void end(1, `${name} ended unexpectedly (${code}).\n${tail(log)}\n${adviceFor(name)}`),
});

function adviceFor(name) {
  const advice = (ADVICE[name] ?? '').replace('<data>', shown(dir));
  return `Whole log: ${shown(household.logOf(name))}${advice ? `\n${advice}` : ''}`;
}

const shown = (path) => (path.startsWith(root) ? path.slice(root.length) : path);

async function end(code, message) {
  if (isEnding) return;
  isEnding = true;
  if (message) console.error(red(`\n${message}`));
  endSteps();
  await household.stop((text) => console.log(dim(text)));
  if (code === 0) console.log('stopped');
  process.exit(code);
}

/** `npm start -- --fresh`: a new shop in a new outside world. Keys and pictures stay. */
function forgetEverything() {
  for (const name of ['db', 'redis', 'sim', 'seeded.json']) rmSync(join(dir, name), { recursive: true, force: true });
}

async function checkPorts() {
  const own = Object.entries(ports).filter(
    ([name]) => !(name === 'database' && process.env.DATABASE_URL) && !(name === 'redis' && process.env.REDIS_URL),
  );
  const taken = [];
  for (const [name, port] of own) if (await isTaken(port)) taken.push(`${port} (${name}, set ${place.nameOf(name)})`);
  if (taken.length === 0) return;
  throw new Error(
    `something else listens on ${taken.join(', ')}.\nStop it, or choose other ports: PORT_BASE=17300 npm start moves all of them.`,
  );
}

async function startEngines() {
  ensurePrograms(engineNeeds, say);
  const engines = { database: process.env.DATABASE_URL, redis: process.env.REDIS_URL };
  const own = (name, log) => ({
    dir: join(dir, name === 'database' ? 'db' : name),
    port: ports[name],
    detached: true,
    onSpawn: (child) => household.adopt(name, child, log),
  });
  const databaseLog = join(dir, 'db', 'error.log');
  const [database, redis] = await Promise.all([
    engines.database ? null : startDatabase({ ...own('database', databaseLog), durable: true }),
    engines.redis ? null : startRedis({ ...own('redis'), persistent: true }),
  ]);
  engines.database ??= database.url(DATABASE);
  engines.redis ??= redis.url;
  await createSchema(engines.database);
  return engines;
}

/** The server's own driver is used here, so that no client program is needed. */
async function createSchema(url) {
  const mysql = createRequire(join(root, 'server', 'package.json'))('mysql2/promise');
  const address = new URL(url);
  const name = address.pathname.slice(1);
  if (!/^[A-Za-z0-9_]{1,64}$/.test(name)) throw new Error(`DATABASE_URL: unusual database name "${name}"`);
  address.pathname = '/';
  const admin = await mysql.createConnection({ uri: address.href });
  await admin.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await admin.end();
}

/** Runs a short program of the server to its end. */
async function runProgram(name, args, env, onLine) {
  const log = household.logOf(name);
  const result = await runStep({ command: process.execPath, args, env, log, onLine });
  if (!result.ok) throw new Error(`${name} failed:\n${tail(log)}\nWhole log: ${shown(log)}`);
  return result;
}

async function drawPictures() {
  const folder = join(dir, 'files', 'pictures');
  // Drawn once and shared by copies that run on other ports, because drawing takes a minute.
  const shared = join(root, '.data', 'pictures');
  mkdirSync(shared, { recursive: true });
  if (!existsSync(folder)) symlinkSync(shared, folder, 'dir');
  const module = pathToFileURL(dist('seeds/demo/pictures/render-pictures.js')).href;
  const code = `const { renderPictures } = await import('${module}'); console.log(renderPictures(process.env.PICTURES));`;
  const { ms } = await runProgram('pictures', ['--input-type=module', '-e', code], { PICTURES: folder });
  if (ms > 1500) say(green(`  ✓  pictures       ${duration(ms)}`));
}

/** Drawing goes on while other things are built and seeded; only the end waits for it. */
let pictures = Promise.resolve();

function startDrawing() {
  pictures = drawPictures();
  // Looked at when it is awaited; until then a failure must not end the process without a word.
  pictures.catch(() => {});
}

async function buildAll() {
  const failed = await build({ say, onBuilt: (name) => name === 'server' && startDrawing() });
  if (failed.length > 0) throw new Error(`build failed: ${failed.join(', ')}; see above`);
}

async function seed(env) {
  const program = dist('seeds/demo-seed.js');
  const mark = join(dir, 'seeded.json');
  if (!existsSync(program)) return say(dim('  –  the demo brand has no seed program yet, the shop starts empty'));
  const key = env.DATABASE_URL.replace(/\/\/[^@]*@/, '//').replace(/\?.*/, '');
  const done = existsSync(mark) ? JSON.parse(readFileSync(mark, 'utf8')) : {};
  if (done[key] && (await hasBrand(env.DATABASE_URL))) return;
  say('  …  demo brand     seeding ten days of history, one to two minutes the first time');
  // A number of its own, so that its ids never meet those of the server and the worker.
  const { ms } = await runProgram('seed', [program], { ...env, NODE_NUMBER: '2' }, (line) =>
    line.startsWith('{') ? undefined : say(dim(`     | ${line}`)),
  );
  writeFileSync(mark, `${JSON.stringify({ ...done, [key]: true })}\n`);
  say(green(`  ✓  demo brand     ${duration(ms)}`));
}

async function hasBrand(url) {
  const mysql = createRequire(join(root, 'server', 'package.json'))('mysql2/promise');
  const connection = await mysql.createConnection({ uri: url });
  const [rows] = await connection.query('SELECT 1 FROM brand LIMIT 1');
  await connection.end();
  return rows.length > 0;
}

function table() {
  const rows = [
    ['演示台 · desk', origins.desk, '从这里开始 start here'],
    ['手机(小程序) · phone', `${origins.desk}/phone?as=chu`, '消费者 初雪 consumer'],
    ['企业微信聊天窗 · WeCom chat', `${origins.desk}/chat?as=G0001`, '导购 G0001 guide, with the sidebar'],
    ['总部 · headquarters', `${origins.server}/console/`, 'hq / xueling-hq'],
    ['总部财务 · its finance', `${origins.server}/console/`, 'finance / xueling-finance'],
    ['加盟商 · franchisee', `${origins.server}/console/`, 'f01 / xueling-f01'],
    ['验证器 · proof verifier', `${origins.server}/verifier/`, '下载的证明拖进去 drop a proof file'],
  ];
  const width = (text) => [...text].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => width(row[column]))));
  const pad = (text, to) => text + ' '.repeat(to - width(text));
  const lines = rows.map(([what, url, login]) => `  ${pad(what, widths[0])}  ${bold(pad(url, widths[1]))}  ${login}`);
  return `\n${lines.join('\n')}\n\n  ${dim(`logs: ${shown(join(dir, 'log'))}/ · data: ${shown(dir)}/ · Ctrl-C stops everything`)}\n`;
}

/** What went wrong is said before the others have finished, so that nobody waits for minutes to learn it. */
function tellAtOnce(error) {
  say(red(`  ✗  ${error.message}`));
  say(dim('     stopping when what has begun is finished'));
  throw error;
}

async function main() {
  say(bold('Shuke 熟客'));
  await household.clearLeftovers(say);
  await checkPorts();
  if (process.argv.includes('--fresh')) forgetEverything();
  await ensureNodeDependencies(say);
  mkdirSync(join(dir, 'files'), { recursive: true });
  // All three go on together; when one fails the others are let finish, so that nothing is left half written.
  const parts = await Promise.allSettled(
    [startEngines(), buildAll(), writeDemoWorld({ dir, appOrigin: origins.server })].map((part) =>
      part.catch(tellAtOnce),
    ),
  );
  const refused = parts.find((part) => part.status === 'rejected');
  if (refused) throw refused.reason;
  const [engines, , world] = parts.map((part) => part.value);
  const env = serverEnv(place, { ...engines, world });
  await Promise.all([
    runProgram('migrate', [dist('src/migrate.js')], env),
    household.start('simulators', [...PROGRAM_FLAGS, join(root, 'simulators', 'dist', 'simulators.js')], {
      env: simulatorEnv(place, world.world),
      readyUrl: `${origins.desk}/control/health`,
    }),
  ]);
  await Promise.all([
    household.start('server', [...PROGRAM_FLAGS, dist('src/main.js')], { env, readyUrl: `${origins.server}/readyz` }),
    household.start('worker', [...PROGRAM_FLAGS, dist('src/worker.js')], { env, readyMessage: true }),
  ]);
  await seed(env);
  await pictures;
  say(green(`\nready after ${duration(performance.now() - started)}`));
  say(table());
  say(await demoTime());
}

/** The demo's clock: in the night of Shanghai's shops it begins late in the morning, and people move it. */
async function demoTime() {
  const { nowMs } = await (await fetch(`${origins.desk}/control/clock`)).json();
  const shown = new Date(nowMs).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return `  演示时间 · the demo's time in Shanghai: ${bold(shown)}${dim(' · the desk moves it')}\n`;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
main().catch((error) => {
  if (!isEnding) void end(1, error.message);
});
