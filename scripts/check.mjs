// `npm run check`: the fast part of the tests. Every step runs, whatever the others say; all failures are shown.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './jest-tier.mjs';
import { ensureNodeDependencies } from './node-dependencies.mjs';
import { repositoryFiles } from './repository-files.mjs';
import { bold, duration, green, isMain, npmBin, red, root, runJobs, runStep, tail } from './steps.mjs';

const AT_ONCE = 2;
const SHOWN_LINES = 60;
/** What git ignores is nobody's source. */
const BIOME = ['ci', '.', '--vcs-enabled=true', '--vcs-client-kind=git', '--vcs-use-ignore-file=true'];
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

/** A workspace that holds no TypeScript yet has nothing to check, which the compiler would call an error. */
function hasTypeScript(workspace) {
  if (!existsSync(join(root, workspace, 'tsconfig.json'))) return false;
  return repositoryFiles().some((file) => file.startsWith(`${workspace}/`) && /\.tsx?$/.test(file));
}

/** Biome's one-line reports, made as other tools write them. */
const plainLint = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('::error'))
    .map((line) => line.replace(/^::error title=([^,]*),file=([^,]*),line=(\d+)[^:]*::(.*)$/, '$2:$3: $1 — $4'))
    .map((line) => line.replace(root, ''))
    .join('\n');

function steps() {
  const folders = [...SOURCES, ...FRONT_ENDS].filter((folder) => existsSync(join(root, folder)));
  return [
    ...WORKSPACES.filter(hasTypeScript).map(types),
    {
      name: 'format and lint',
      command: npmBin('biome'),
      args: [...BIOME, '--reporter=github', '--max-diagnostics=none'],
      shown: plainLint,
      advice: 'npx biome check --write . mends format and order of imports.',
    },
    {
      name: 'architecture',
      command: npmBin('depcruise'),
      args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', ...folders],
    },
    {
      name: 'dead code',
      command: npmBin('knip'),
      args: ['--no-progress', '--no-config-hints', '--exclude', 'types,enumMembers,duplicates'],
    },
    { name: 'generated files', ...script('generate.mjs', '--check') },
    { name: 'tables', ...script('check-tables.mjs') },
    { name: 'tidy', ...script('tidy.mjs') },
    { name: 'promises', ...script('check-promises.mjs') },
    { name: 'links', ...script('check-links.mjs') },
  ];
}

async function runCheckStep({ name, command, args, shown, advice }, say) {
  const log = join(root, '.data', 'log', `check-${name.replaceAll(' ', '-')}.log`);
  const result = await runStep({ command, args, log, env: { NO_COLOR: '1' } });
  report(name, { ...result, shown, advice }, say);
  return result;
}

function report(name, { ok, ms, log, shown = (text) => text, advice }, say) {
  if (ok) return say(green(`  ✓  ${name.padEnd(20)} ${duration(ms)}`));
  say(red(`  ✗  ${name.padEnd(20)} ${duration(ms)}`));
  const lines = shown(tail(log, Number.POSITIVE_INFINITY)).split('\n');
  const more = lines.length - SHOWN_LINES;
  say(lines.slice(-SHOWN_LINES).join('\n').replace(/^/gm, '     | '));
  say(`     ${more > 0 ? `${more} more lines in` : 'whole log:'} ${log.slice(root.length)}`);
  if (advice) say(`     ${advice}`);
}

/**
 * Runs the checks two at once.
 * @returns {Promise<{ passed: number, failed: string[] }>}
 */
export async function runChecks({ say = console.log, withSmallTests = true } = {}) {
  mkdirSync(join(root, '.data', 'types'), { recursive: true });
  const jobs = steps().map((step) => ({ name: step.name, run: () => runCheckStep(step, say) }));
  if (withSmallTests) jobs.push({ name: 'small tests', after: jobs.map((job) => job.name), run: () => small(say) });
  const done = await runJobs(jobs, AT_ONCE);
  const failed = [...done].filter(([, result]) => !result.ok).map(([name]) => name);
  return { passed: done.size - failed.length, failed };
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
