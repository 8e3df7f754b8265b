// Builds what is stale. `--weapp` adds the mini-program for WeChat, `--force` builds everything, names build only those.
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs, isFresh, keepHash } from './stale.mjs';
import { bold, dim, duration, green, isMain, npmBin, red, root, runJobs, runStep, tail } from './steps.mjs';

const AT_ONCE = 2;
/** Built beside and swapped in whole, so that nothing old stays and a running copy is not pulled from under its feet. */
const NEW = '.dist-new';
const swc = npmBin('swc');
const inApp = (app, names) => names.map((name) => `${app}/${name}`);
const viteInputs = (app) => [
  ...inApp(app, ['src', 'public', 'index.html', 'vite.config.ts', 'package.json']),
  'shared/src',
];
const miniappInputs = [
  ...inApp('miniapp', ['src', 'config', 'types', 'babel.config.js', 'package.json']),
  'shared/src',
  'project.config.json',
];
const simulatorsFlags = ['--format=esm', '--platform=node', '--target=node20', '--log-level=warning'];

/** Each build: its inputs, what it must leave behind, whether it is swapped in, and the commands. */
export const builds = [
  {
    name: 'miniapp-h5',
    inputs: miniappInputs,
    outputs: ['miniapp/dist/h5/index.html'],
    needs: 'miniapp/src/app.tsx',
    commands: [{ cwd: 'miniapp', command: npmBin('taro'), args: ['build', '--type', 'h5'] }],
    env: { NODE_ENV: 'production' },
    advice: 'See miniapp/README.md; TARO_CACHE=0 npm run build rules out a broken webpack cache.',
  },
  {
    name: 'shared',
    inputs: ['shared/src', 'shared/package.json', '.swcrc'],
    outputs: ['shared/dist/kernel/index.js'],
    swap: 'shared',
    commands: [
      {
        cwd: 'shared',
        command: swc,
        args: ['src', '-d', NEW, '--strip-leading-paths', '-q', '--config-file', '../.swcrc'],
      },
    ],
  },
  {
    name: 'server',
    inputs: ['server/src', 'server/seeds', '.swcrc'],
    outputs: ['server/dist/src/main.js'],
    swap: 'server',
    commands: [
      { cwd: 'server', command: swc, args: ['src', 'seeds', '-d', NEW, '-q', '-D', '--config-file', '../.swcrc'] },
    ],
  },
  {
    name: 'simulators',
    inputs: ['simulators/src', 'simulators/package.json'],
    outputs: ['simulators/dist/simulators.js', 'simulators/dist/client/phone.js'],
    swap: 'simulators',
    commands: [
      {
        cwd: 'simulators',
        command: npmBin('esbuild'),
        args: [
          'src/bin/simulators.ts',
          '--bundle',
          '--packages=external',
          '--sourcemap',
          `--outfile=${NEW}/simulators.js`,
          ...simulatorsFlags,
        ],
      },
      // The desk serves these to browsers as they are; it finds them in the folder "client" beside its bundle.
      {
        cwd: 'simulators',
        command: npmBin('esbuild'),
        args: [
          'src/desk/client/*.ts',
          '--format=esm',
          '--target=es2022',
          `--outdir=${NEW}/client`,
          '--log-level=warning',
        ],
      },
    ],
  },
  {
    name: 'verifier',
    inputs: ['verifier/src', 'verifier/build.mjs', 'shared/src'],
    outputs: ['verifier/dist/cli.js', 'verifier/dist/page/index.html'],
    needs: 'verifier/build.mjs',
    commands: [{ cwd: '.', command: process.execPath, args: ['verifier/build.mjs'] }],
  },
  {
    name: 'wecom-sidebar',
    inputs: viteInputs('wecom-sidebar'),
    outputs: ['wecom-sidebar/dist/index.html'],
    needs: 'wecom-sidebar/vite.config.ts',
    commands: [{ cwd: 'wecom-sidebar', command: npmBin('vite'), args: ['build'] }],
    env: { NODE_ENV: 'production' },
  },
  {
    name: 'console',
    inputs: viteInputs('console'),
    outputs: ['console/dist/index.html'],
    needs: 'console/vite.config.ts',
    commands: [{ cwd: 'console', command: npmBin('vite'), args: ['build'] }],
    env: { NODE_ENV: 'production' },
  },
  {
    name: 'miniapp-weapp',
    isOptional: true,
    // Two builds of the same app share one cache folder and must not run together.
    after: ['miniapp-h5'],
    inputs: miniappInputs,
    outputs: ['miniapp/dist/weapp/app.json'],
    needs: 'miniapp/src/app.tsx',
    commands: [{ cwd: 'miniapp', command: npmBin('taro'), args: ['build', '--type', 'weapp'] }],
    env: { NODE_ENV: 'production' },
  },
];

async function runBuild(build, { say, force }) {
  const label = build.name.padEnd(14);
  if (build.needs && !existsSync(join(root, build.needs))) {
    say(dim(`  –  ${label} is not there yet, left out`));
    return { ok: true };
  }
  const hash = hashInputs([...build.inputs, 'package-lock.json'], JSON.stringify(process.env.SHUKE_API_ORIGIN ?? ''));
  if (!force && isFresh(build.name, hash, build.outputs)) {
    say(dim(`  =  ${label} is up to date`));
    return { ok: true };
  }
  say(`  …  ${label} building`);
  if (build.swap) rmSync(join(root, build.swap, NEW), { recursive: true, force: true });
  let ms = 0;
  for (const [index, { cwd, command, args }] of build.commands.entries()) {
    const log = join(root, '.data', 'log', `build-${build.name}${index > 0 ? `-${index}` : ''}.log`);
    const plain = args.flatMap((arg) => (arg.includes('*') ? glob(join(root, cwd), arg) : [arg]));
    const result = await runStep({ command, args: plain, cwd: join(root, cwd), env: build.env, log });
    ms += result.ms;
    const isLast = index === build.commands.length - 1;
    if (result.ok && isLast && build.swap) swapIn(build.swap);
    const lacking = result.ok && isLast ? lacks(build) : [];
    if (result.ok && lacking.length === 0) continue;
    say(red(`  ✗  ${label} failed after ${duration(ms)}`));
    say(tail(log).replace(/^/gm, '     | '));
    if (lacking.length > 0) say(`     missing afterwards: ${lacking.join(', ')}`);
    say(`     whole log: ${log.slice(root.length)}${build.advice ? `\n     ${build.advice}` : ''}`);
    return { ok: false };
  }
  keepHash(build.name, hash);
  say(green(`  ✓  ${label} ${duration(ms)}`));
  return { ok: true };
}

function swapIn(workspace) {
  const [fresh, current, old] = [NEW, 'dist', '.dist-old'].map((name) => join(root, workspace, name));
  rmSync(old, { recursive: true, force: true });
  if (existsSync(current)) renameSync(current, old);
  renameSync(fresh, current);
  rmSync(old, { recursive: true, force: true });
}

const lacks = (build) => build.outputs.filter((output) => !existsSync(join(root, output)));

/** Expands one "folder/*.ext". */
function glob(cwd, pattern) {
  const [folder, extension] = pattern.split('/*');
  return readdirSync(join(cwd, folder))
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name}`);
}

/**
 * Builds what is stale, two at once.
 * @param {{ weapp?: boolean, force?: boolean, only?: string[], say?: (line: string) => void, onBuilt?: (name: string) => void }} options
 * @returns {Promise<string[]>} names of the builds that failed
 */
export async function build({ weapp = false, force = false, only = [], say = console.log, onBuilt } = {}) {
  const wanted = builds.filter((one) => (only.length > 0 ? only.includes(one.name) : weapp || !one.isOptional));
  const jobs = wanted.map((one) => ({
    name: one.name,
    after: one.after,
    run: async () => {
      const result = await runBuild(one, { say, force });
      if (result.ok) onBuilt?.(one.name);
      return result;
    },
  }));
  const done = await runJobs(jobs, AT_ONCE);
  return [...done].filter(([, result]) => !result.ok).map(([name]) => name);
}

if (isMain(import.meta)) {
  const flags = new Set(process.argv.slice(2));
  const only = [...flags].filter((flag) => !flag.startsWith('-'));
  const started = performance.now();
  const failed = await build({ weapp: flags.has('--weapp'), force: flags.has('--force'), only });
  const took = duration(performance.now() - started);
  console.log(failed.length > 0 ? red(bold(`build failed: ${failed.join(', ')} (${took})`)) : green(`built (${took})`));
  process.exit(failed.length > 0 ? 1 : 0);
}
