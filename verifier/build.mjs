// Builds the command line tool (one file) and the page (one file with its script and style inside, for use from disk).
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Shared code is bundled from its sources, so that no earlier build is needed. */
const options = { bundle: true, conditions: ['x-source'], charset: 'utf8', logLevel: 'warning' };

/** In one step, so that whoever runs the file meanwhile never meets half of it. */
function put(path, text, mode) {
  const part = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(part, text);
  if (mode) chmodSync(part, mode);
  renameSync(part, path);
}

async function buildCli() {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [at('src/cli.ts')],
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  });
  put(at('dist/cli.js'), outputFiles[0].text, 0o755);
}

async function buildPage() {
  const script = await build({
    ...options,
    entryPoints: [at('src/page/page.ts')],
    format: 'iife',
    target: ['chrome100', 'safari15'],
    minify: true,
    write: false,
  });
  const style = await build({ ...options, entryPoints: [at('src/page/style.css')], minify: true, write: false });
  // A closing tag inside a string of the script would end it early.
  const code = script.outputFiles[0].text.trim().replaceAll('</', '<\\/');
  const html = readFileSync(at('src/page/index.html'), 'utf8')
    .replace('/*style*/', () => style.outputFiles[0].text.trim())
    .replace('/*script*/', () => code);
  put(at('dist/page/index.html'), html);
}

await Promise.all([buildCli(), buildPage()]);
