// `npm run check`: the fast part of the tests. Every step runs, whatever the others say; all failures are shown.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './jest-tier.mjs';
import { ensureNodeDependencies } from './node-dependencies.mjs';
import { bold, duration, green, isMain, npmBin, red, root, runJobs, runStep, tail } from './steps.mjs';

const AT_ONCE = 2;
const SHOWN_LINES = 60;
const WORKSPACES = ['server', 'miniapp', 'console', 'wecom-sidebar', 'simulators', 'shared', 'verifier', 'e2e'];
const SOURCES = ['shared/src', 'server/src', 'server/seeds', 'simulators/src', 'verifier/src'];
const FRONT_ENDS = ['miniapp/src', 'wecom-sidebar/src', 'console/src'];
const script = (name, ...args) => ({ command: process.execPath, args: [join(root, 'scripts', name), ...args] });

/** Type checks keep what they learned, so that a second run only looks at what changed. */
function types(workspace) {
  const info = join(root, '.data', 'types', `${workspace}.tsbuildinfo`);
  return {
    name: `types ${workspace}`,
    command: npmBin('tsc'),
    args: ['-p', workspace, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', info],
  };
}

function steps() {
  const folders = [...SOURCES, ...FRONT_ENDS].filter((folder) => existsSync(join(root, folder)));
  return [
    ...WORKSPACES.filter((one) => existsSync(join(root, one, 'tsconfig.json'))).map(types),
    { name: 'format and lint', command: npmBin('biome'), args: ['ci', '.', '--max-diagnostics=100', '--colors=off'] },
    {
      name: 'architecture',
      command: npmBin('depcruise'),
      args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...folders],
    },
    {
      name: 'dead code',
      command: npmBin('knip'),
      args: ['--no-progress', '--no-config-hints', '--exclude', 'types,enumMembers,duplicates'],
    },
    { name: 'generated files', ...script('generate.mjs', '--check') },
    { name: 'tidy', ...script('tidy.mjs') },
    { name: 'promises', ...script('check-promises.mjs') },
    { name: 'links', ...script('check-links.mjs') },
  ];
}

async function runCheckStep({ name, command, args }, say) {
  const log = join(root, '.data', 'log', `check-${name.replaceAll(' ', '-')}.log`);
  const result = await runStep({ command, args, log, env: { NO_COLOR: '1' } });
  report(name, result, say);
  return result;
}

function report(name, { ok, ms, log }, say) {
  if (ok) return say(green(`  ✓  ${name.padEnd(20)} ${duration(ms)}`));
  say(red(`  ✗  ${name.padEnd(20)} ${duration(ms)}`));
  say(tail(log, SHOWN_LINES).replace(/^/gm, '     | '));
  say(`     whole log: ${log.slice(root.length)}`);
}

/**
 * Runs the checks two at once.
 * @returns {Promise<{ failed: string[] }>}
 */
export async function runChecks({ say = console.log, withSmallTests = true } = {}) {
  mkdirSync(join(root, '.data', 'types'), { recursive: true });
  const jobs = steps().map((step) => ({ name: step.name, run: () => runCheckStep(step, say) }));
  if (withSmallTests) jobs.push({ name: 'small tests', after: jobs.map((job) => job.name), run: () => small(say) });
  const done = await runJobs(jobs, AT_ONCE);
  return { failed: [...done].filter(([, result]) => !result.ok).map(([name]) => name) };
}

async function small(say) {
  const result = await runJest('small');
  report(`small tests (${result.passed})`, result, say);
  return result;
}

if (isMain(import.meta)) {
  const started = performance.now();
  await ensureNodeDependencies();
  const { failed } = await runChecks();
  const took = duration(performance.now() - started);
  console.log(
    failed.length > 0 ? red(bold(`failed: ${failed.join(', ')} (${took})`)) : green(`all checks pass (${took})`),
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}
