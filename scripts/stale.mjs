// Says whether a build's inputs changed since it last succeeded: one hash over all input files, kept beside the data.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

const KEPT = join(root, '.data', 'build');
const isTest = (name) => /\.(spec|test)\.[cm]?[jt]sx?$/.test(name);

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(inner);
    else if (!isTest(entry.name)) yield inner;
  }
}

/** One hash over the names and contents of all input files (tests excluded) and a salt such as environment values. */
export function hashInputs(inputs, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const input of inputs) {
    for (const file of filesUnder(join(root, input))) {
      hash.update(`\n${file.slice(root.length)}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** True when the outputs exist and the inputs are those of the last successful build. */
export function isFresh(name, hash, outputs) {
  if (!outputs.every((output) => existsSync(join(root, output)))) return false;
  try {
    return JSON.parse(readFileSync(join(KEPT, `${name}.json`), 'utf8')).hash === hash;
  } catch {
    return false;
  }
}

/** Remembers a successful build. */
export function keepHash(name, hash) {
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(join(KEPT, `${name}.json`), `${JSON.stringify({ hash })}\n`);
}
