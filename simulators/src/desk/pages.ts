import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { BASE_CSS } from './style-base.js';
import { CHAT_CSS } from './style-chat.js';
import { PHONE_CSS } from './style-phone.js';
import { SHEET_CSS } from './style-sheets.js';

const STYLES: Record<string, string> = {
  'start.css': BASE_CSS,
  'phone.css': BASE_CSS + PHONE_CSS + SHEET_CSS,
  'chat.css': BASE_CSS + CHAT_CSS,
};
const compiled = new Map<string, string>();

/** The scripts lie beside this file; from a bundle they are found by walking up to the workspace. */
function clientFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const tail of ['client', 'desk/client', 'src/desk/client', 'simulators/src/desk/client']) {
      const found = join(folder, tail);
      if (existsSync(join(found, 'phone.ts')) || existsSync(join(found, 'phone.js'))) return found;
    }
    if (folder === dirname(folder)) throw new Error('the scripts of the desk are missing');
  }
}

interface Transpiler {
  transformSync(source: string, options: { loader: 'ts'; format: 'esm'; target: string }): { code: string };
}

/** A compiled script beside this file, or its TypeScript source turned into a module on first use. */
function script(name: string): string | undefined {
  const folder = clientFolder();
  const built = join(folder, `${name}.js`);
  if (existsSync(built)) return readFileSync(built, 'utf8');
  const source = join(folder, `${name}.ts`);
  if (!existsSync(source)) return undefined;
  const known = compiled.get(name);
  if (known) return known;
  const esbuild = createRequire(import.meta.url)('esbuild') as Transpiler;
  const { code } = esbuild.transformSync(readFileSync(source, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'es2022',
  });
  compiled.set(name, code);
  return code;
}

const page = (title: string, name: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/desk/style/${name}.css">
</head>
<body><div id="root"></div><script type="module" src="/desk/client/${name}.js"></script></body>
</html>`;

/** The three pages of the desk with their scripts and styles. */
export function registerPages(app: FastifyInstance): void {
  const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  app.get('/', async (_request, reply) => reply.headers(html).send(page('熟客演示台', 'start')));
  app.get('/phone', async (_request, reply) => reply.headers(html).send(page('消费者的手机', 'phone')));
  app.get('/chat', async (_request, reply) => reply.headers(html).send(page('导购的企业微信', 'chat')));
  app.get<{ Params: { name: string } }>('/desk/style/:name', async ({ params }, reply) => {
    const css = STYLES[params.name];
    return css ? reply.type('text/css; charset=utf-8').send(css) : reply.code(404).send('');
  });
  app.get<{ Params: { name: string } }>('/desk/client/:name', async ({ params }, reply) => {
    const name = /^([a-z-]+)\.js$/.exec(params.name)?.[1];
    const code = name ? script(name) : undefined;
    return code === undefined
      ? reply.code(404).send('')
      : reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(code);
  });
}
