// `npm test`: everything that has to hold, tier by tier, with a summary. `--tier small,console` runs some.
// The very last line is "N passed, N failed" over all tiers; a failed step that is no test counts as one failure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { runChecks } from './check.mjs';
import { browserNeeds, engineNeeds, ensurePrograms } from './engines.mjs';
import { runJest, runVitest } from './jest-tier.mjs';
import { ensureNodeDependencies } from './node-dependencies.mjs';
import { bold, dim, duration, endSteps, green, red, root, runStep, tail } from './steps.mjs';

const SHOWN_FAILURES = 40;
const NOTHING = { passed: 0, failed: 0, failures: [] };
const say = (text) => console.log(text);

/** Runs a program whose log says its counts as "N passed, N failed" or as node's own test runner does. */
async function runProgram(name, path) {
  const log = join(root, '.data', 'log', `test-${name}.log`);
  const step = await runStep({ command: process.execPath, args: [join(root, path)], log, env: { CI: 'true' } });
  const text = readFileSync(log, 'utf8');
  const own = [...text.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  const count = (word) =>
    [...text.matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, 'gm'))].reduce((sum, match) => sum + Number(match[1]), 0);
  const [passed, failed] = own ? [Number(own[1]), Number(own[2])] : [count('pass'), count('fail')];
  return { ...step, passed: passed || (step.ok ? 1 : 0), failed, failures: failuresIn(text) };
}

/** What a program's log says of its failures: `  failed  title` with the reason beneath it, further indented. */
const failuresIn = (text) => [...text.matchAll(/^ {2}failed {2}(.*(?:\n {3,}.*)*)/gm)].map(([, failure]) => failure);

const jest = (project) => ({ name: project, run: () => runJest(project) });
const vitest = (app) => ({ name: app, isThere: () => hasFile(app, 'package.json'), run: () => runVitest(app) });
const hasFile = (...parts) => existsSync(join(root, ...parts));

async function weapp() {
  const failed = await build({ only: ['miniapp-weapp'], say });
  if (failed.length > 0) return { ok: false, ...NOTHING, failed: 1, failures: ['the weapp build failed, see above'] };
  return runProgram('weapp', 'miniapp/scripts/check-weapp.mjs');
}

async function browser() {
  const failed = await build({ say });
  if (failed.length > 0) return { ok: false, ...NOTHING, failed: 1, failures: [`build failed: ${failed.join(', ')}`] };
  return runProgram('browser', 'e2e/run.mjs');
}

async function check() {
  const { passed, failed } = await runChecks({ say, withSmallTests: false });
  return { ok: failed.length === 0, passed, failed: failed.length, failures: failed, isShown: true };
}

const TIERS = [
  { name: 'check', run: check },
  ...['small', 'simulators', 'medium', 'e2e', 'model', 'fault'].map(jest),
  ...['miniapp', 'wecom-sidebar', 'console'].map(vitest),
  { name: 'weapp', isThere: () => hasFile('miniapp', 'scripts', 'check-weapp.mjs'), run: weapp },
  { name: 'browser', isThere: () => hasFile('e2e', 'run.mjs'), run: browser },
];

async function runTier(tier) {
  if (tier.isThere && !tier.isThere()) {
    say(dim(`\n── ${tier.name}: not there yet, left out`));
    return { name: tier.name, ms: 0, ...NOTHING, ok: true };
  }
  say(bold(`\n── ${tier.name}`));
  const started = performance.now();
  const result = await tier.run();
  const ms = performance.now() - started;
  // A tier that ends badly without saying which test failed must not look as if nothing had happened.
  const failed = result.failed > 0 ? result.failed : Number(!result.ok);
  const line = `${result.passed} passed, ${failed} failed in ${duration(ms)}`;
  say(failed > 0 ? red(`   ${line}`) : green(`   ${line}`));
  if (failed > 0 && !result.isShown) showFailures(result);
  return { name: tier.name, ms, passed: result.passed, failed, failures: failed > 0 ? (result.failures ?? []) : [] };
}

function showFailures({ failures = [], log }) {
  for (const failure of failures.slice(0, SHOWN_FAILURES)) say(`   ✗ ${failure}`);
  if (failures.length > SHOWN_FAILURES) say(`   … and ${failures.length - SHOWN_FAILURES} more`);
  if (!log) return;
  say(tail(log, 60).replace(/^/gm, '   | '));
  say(`   whole log: ${log.slice(root.length)}`);
}

function summary(results, ms) {
  const width = Math.max(...results.map(({ name }) => name.length));
  say(bold('\n── summary'));
  for (const { name, passed, failed, ms: took } of results) {
    const counts = `${String(passed).padStart(6)} passed ${String(failed).padStart(5)} failed`;
    say(`   ${(failed > 0 ? red : green)(failed > 0 ? '✗' : '✓')} ${name.padEnd(width)} ${counts}   ${duration(took)}`);
  }
  // Named once more at the end, because whoever sees only the last lines of a long run has to know what failed.
  for (const { name, failures = [] } of results)
    for (const failure of failures.slice(0, SHOWN_FAILURES)) say(`   ✗ ${name}: ${failure}`);
  say(`   took ${duration(ms)}`);
}

function chosenTiers(args) {
  const at = args.findIndex((arg) => arg === '--tier' || arg.startsWith('--tier='));
  if (at < 0) return TIERS;
  const value = args[at].includes('=') ? args[at].split('=')[1] : args[at + 1];
  const names = (value ?? '').split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !TIERS.some((tier) => tier.name === name));
  if (names.length === 0 || unknown.length > 0) {
    throw new Error(`unknown tier "${unknown.join(', ')}"; there are: ${TIERS.map((tier) => tier.name).join(', ')}`);
  }
  return TIERS.filter((tier) => names.includes(tier.name));
}

const NEEDS_ENGINES = ['medium', 'e2e', 'model', 'fault', 'browser'];

async function main() {
  const started = performance.now();
  const tiers = chosenTiers(process.argv.slice(2));
  const has = (names) => tiers.some((tier) => names.includes(tier.name));
  await ensureNodeDependencies(say);
  ensurePrograms([...(has(NEEDS_ENGINES) ? engineNeeds : []), ...(has(['browser']) ? browserNeeds : [])], say);
  const results = [];
  for (const tier of tiers) results.push(await runTier(tier));
  summary(results, performance.now() - started);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    endSteps();
    process.exitCode = 130;
    setTimeout(() => process.exit(130), 3000).unref();
  });
}
main().catch((error) => {
  console.error(red(error.message));
  say('0 passed, 1 failed');
  process.exitCode = 1;
});
