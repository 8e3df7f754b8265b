// `npm run bench`: how fast the product is, beside the framework-free minimum in the same run. `--quick` tries everything
// in a short time, `--peer` adds Vendure, `--profile` leaves CPU profiles of all processes in .data/bench, names (list detail cart-add journey split morning-packs pos pricing stock-writer seckill soak) measure only those.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { engineNeeds, ensurePrograms, startDatabase, startRedis } from './engines.mjs';
import { freePort } from './free-port.mjs';
import { PROGRAM_FLAGS } from './program-flags.mjs';
import { npmBin, root } from './steps.mjs';

const mysql = createRequire(join(root, 'server', 'package.json'))('mysql2/promise');
const DATABASE = 'shuke_bench';
const IDS = [
  'list',
  'detail',
  'cart-add',
  'journey',
  'submit-to-paid',
  'split',
  'accrual',
  'morning-packs',
  'pricing',
  'pos',
  'stock-writer',
  'seckill',
  'soak',
];
const FLAGS = ['--quick', '--peer', '--keep', '--profile'];
const given = process.argv.slice(2);
const unknown = given.filter((one) => !IDS.includes(one) && !FLAGS.includes(one));
if (unknown.length > 0) {
  console.error(`not known: ${unknown.join(', ')}\nnames: ${IDS.join(' ')}\noptions: ${FLAGS.join(' ')}`);
  process.exit(2);
}

ensurePrograms(engineNeeds);
const failed = await build({ only: ['shared', 'server', 'simulators'] });
if (failed.length > 0) process.exit(1);
const bundles = join(root, 'server', 'dist', 'bench');
execFileSync(
  npmBin('esbuild'),
  [
    'server/bench/main.ts',
    'server/bench/bare.ts',
    '--bundle',
    '--packages=external',
    '--format=esm',
    '--platform=node',
    '--target=node20',
    '--keep-names',
    '--out-extension:.js=.mjs',
    '--log-level=warning',
    `--outdir=${bundles}`,
  ],
  { cwd: root, stdio: 'inherit' },
);

const dir = mkdtempSync(join(tmpdir(), 'shuke-bench-'));
const engines = [];
let child = null;
const stop = () => {
  child?.kill('SIGTERM');
  for (const engine of engines) engine.child.kill('SIGKILL');
  if (!given.includes('--keep') && existsSync(dir)) rmSync(dir, { recursive: true, force: true });
};
process.once('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const database = await startDatabase({ dir: join(dir, 'db'), port: await freePort(), durable: true, poolMb: 512 });
engines.push(database);
const redis = await startRedis({ dir: join(dir, 'redis'), port: await freePort(), persistent: false });
engines.push(redis);
const admin = await mysql.createConnection({ uri: database.url('mysql') });
await admin.query(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
const [[{ version }]] = await admin.query('SELECT VERSION() AS version');
await admin.end();

const profiling = given.includes('--profile') ? ['--cpu-prof', '--cpu-prof-dir', join(root, '.data', 'bench')] : [];
const args = [...PROGRAM_FLAGS, ...profiling, join(bundles, 'main.mjs'), ...given.filter((one) => one !== '--keep')];
child = spawn(process.execPath, args, {
  stdio: 'inherit',
  env: {
    ...process.env,
    LOG_LEVEL: 'error',
    BENCH_FLAGS: PROGRAM_FLAGS.join(' '),
    BENCH_ROOT: root,
    BENCH_DIR: dir,
    BENCH_DATABASE_URL: database.url(DATABASE),
    BENCH_REDIS_URL: redis.url,
    BENCH_DATABASE_VERSION: version,
    BENCH_DATABASE_PID: String(database.child.pid),
    BENCH_REDIS_PID: String(redis.child.pid),
  },
});
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
process.exit();
