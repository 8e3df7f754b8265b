// Builds the command line tool (one file) and the page (one file with its script and style inside, for use from disk).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Shared code is bundled from its sources, so that no earlier build is needed. */
const options = { bundle: true, conditions: ['x-source'], charset: 'utf8', logLevel: 'warning' };

async function buildCli() {
  await build({
    ...options,
    entryPoints: [at('src/cli.ts')],
    outfile: at('dist/cli.js'),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  });
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
  mkdirSync(at('dist/page'), { recursive: true });
  writeFileSync(at('dist/page/index.html'), html);
}

await Promise.all([buildCli(), buildPage()]);
