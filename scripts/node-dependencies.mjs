// Installs the node dependencies when they are missing or not those of the lockfile.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runStep, tail } from './steps.mjs';

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** True when every package of the lockfile is installed in its version. Optional ones may be absent on this system. */
export function dependenciesAreInstalled() {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'));
    const found = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional || entry.peer)
        return true;
      return found[path]?.version === entry.version;
    });
  } catch {
    return false;
  }
}

/** @throws Error that says what to do when the installation fails */
export async function ensureNodeDependencies(say = console.log) {
  if (dependenciesAreInstalled()) return;
  say('installing node dependencies, this takes a minute or two …');
  const log = join(root, '.data', 'log', 'npm-install.log');
  // Not `npm ci`: it refuses a lockfile that does not list every other system's optional binaries, which a registry may
  // leave out. `npm install` takes the same locked versions.
  const result = await runStep({ command: 'npm', args: ['install', '--no-audit', '--no-fund'], log });
  if (!result.ok) {
    throw new Error(`npm install failed:\n${tail(log)}\nCheck the network and the npm registry, then try again.`);
  }
}
