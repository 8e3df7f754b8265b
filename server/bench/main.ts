import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../src/platform/clock/clock.js';
import { benchJourney } from './journey.js';
import type { Result } from './measure.js';
import { benchPacks } from './packs.js';
import { benchPages } from './pages.js';
import { besidePeer, type Turns, turnsWithPeer } from './peer.js';
import { benchPricing } from './pricing.js';
import { killAll } from './processes.js';
import { benchSeckill } from './seckill.js';
import type { Settings } from './settings.js';
import { benchAccrual, benchSplit } from './settle.js';
import { benchSoak } from './soak.js';
import { openStack } from './stack.js';
import { benchStockWriter } from './stock-writer.js';
import { benchTill } from './till.js';

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing; run scripts/bench.mjs`);
  return value;
};

const flags = new Set(process.argv.slice(2));
const wanted = [...flags].filter((flag) => !flag.startsWith('--'));
const isWanted = (...ids: string[]) => wanted.length === 0 || ids.some((id) => wanted.includes(id));
const settings: Settings = {
  root: required('BENCH_ROOT'),
  dir: required('BENCH_DIR'),
  databaseUrl: required('BENCH_DATABASE_URL'),
  redisUrl: required('BENCH_REDIS_URL'),
  isQuick: flags.has('--quick'),
  isProfiled: flags.has('--profile'),
  isSoaked: wanted.includes('soak'),
  engines: { database: Number(required('BENCH_DATABASE_PID')), redis: Number(required('BENCH_REDIS_PID')) },
};

async function measureAll(): Promise<Result[]> {
  const results: Result[] = [];
  const keep = (...more: Result[]) => {
    results.push(...more);
    for (const one of more) console.log(`  ${one.id}: ${one.rate}/s`);
  };
  if (isWanted('pricing')) keep(...benchPricing(settings.isQuick));
  if (wanted.length > 0 && wanted.every((id) => id === 'pricing')) return results;
  const stack = await openStack(settings);
  if (isWanted('list', 'detail', 'cart-add')) keep(...(await benchPages(stack)));
  if (isWanted('journey', 'split', 'accrual', 'submit-to-paid')) {
    const worker = await stack.startWorker();
    keep(...(await benchJourney(stack, worker)));
    await worker.stop();
  }
  // Before the others, which leave a worker more to do than a journey does.
  const turns: Turns = flags.has('--peer') ? await turnsWithPeer(stack) : new Map();
  if (isWanted('split')) keep(await benchSplit(stack));
  if (isWanted('split', 'accrual')) keep(await benchAccrual(stack));
  if (isWanted('morning-packs')) keep(await benchPacks(stack));
  if (isWanted('pos')) keep(await benchTill(stack));
  if (isWanted('stock-writer')) keep(await benchStockWriter(stack));
  if (isWanted('seckill')) keep(await benchSeckill(stack));
  if (wanted.includes('soak')) {
    const worker = await stack.startWorker();
    keep(await benchSoak(stack, worker));
    await worker.stop();
  }
  await stack.server.stop();
  await stack.sims.stop();
  await stack.probe.end();
  await stack.shop.bench.close();
  return results.map((one) => besidePeer(one, turns));
}

const shown = (value: number | null) => (value === null ? '–' : String(value));

function table(results: readonly Result[]): string {
  const head = [
    'id',
    'rate/s',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'SQL',
    'CPU µs',
    'bare/s',
    'bare µs',
    'of bare',
    'peer/s',
    '× peer',
  ];
  const rows = results.map((one) => [
    one.id,
    ...[
      one.rate,
      one.p50,
      one.p95,
      one.p99,
      one.sql,
      one.cpuUs,
      one.bareRate,
      one.bareCpuUs,
      one.ratio,
      one.peerRate,
      one.peerRatio,
    ].map(shown),
  ]);
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return [line(head), ...rows.map(line)].join('\n');
}

const notes = (results: readonly Result[]) =>
  results.map((one) => (one.note ? `\n\n${one.id}: ${one.note}` : '')).join('');

try {
  const results = await measureAll();
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.trunc(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${required('BENCH_DATABASE_VERSION')}`;
  const at = new SystemClock().date().toISOString();
  const folder = join(settings.root, 'server/bench/results');
  // A smoke run or a part of the list must not replace a measurement.
  const name = settings.isQuick || wanted.length > 0 ? 'last-try.tmp.json' : 'latest.json';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify({ machine, at, results }, null, 2)}\n`);
  console.log(`\n${machine}\n\n${table(results)}${notes(results)}\n\nserver/bench/results/${name}`);
  process.exitCode = 0;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  killAll();
}
process.exit();
