// Generates what is derived from the contracts: openapi.json and the client's table of operations.
// `--check` writes nothing and fails when a committed file is stale.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isCheck = process.argv.includes('--check');
const temp = join(root, '.data', 'generate');
mkdirSync(temp, { recursive: true });
const bundle = join(temp, 'contracts.mjs');
execFileSync(
  join(root, 'node_modules/.bin/esbuild'),
  [
    'shared/src/contracts/index.ts',
    '--bundle',
    '--format=esm',
    '--platform=node',
    `--outfile=${bundle}`,
    '--log-level=error',
  ],
  { cwd: root, stdio: 'inherit' },
);
const contracts = await import(`${pathToFileURL(bundle).href}?t=${process.hrtime.bigint()}`);
const areas = {
  mall: contracts.mallRoutes,
  guide: contracts.guideRoutes,
  console: contracts.consoleRoutes,
  pos: contracts.posRoutes,
};

const plain = (schema) => JSON.parse(JSON.stringify(schema));
const parametersOf = (schema, where) =>
  Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: plain(field),
  }));

function operationOf(route) {
  const parameters = [...parametersOf(route.schemas.params, 'path'), ...parametersOf(route.schemas.query, 'query')];
  if (route.idempotent) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      schema: { type: 'string', minLength: 8, maxLength: 80 },
    });
  }
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0]],
    'x-audience': route.audience,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.schemas.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: plain(route.schemas.body) } } } }
      : {}),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: plain(route.schemas.response) } } },
      default: { description: 'Problem', content: { 'application/json': { schema: plain(contracts.Problem) } } },
    },
    ...(route.audience === 'public' ? {} : { security: [{ bearer: [] }] }),
  };
}

const paths = {};
const table = {};
const seen = new Set();
for (const [area, routes] of Object.entries(areas)) {
  table[area] = {};
  for (const [name, route] of Object.entries(routes)) {
    const line = `${route.method} ${route.path}`;
    if (seen.has(line)) throw new Error(`two routes for ${line}`);
    seen.add(line);
    paths[route.path] ??= {};
    paths[route.path][route.method.toLowerCase()] = operationOf(route);
    table[area][name] = [route.method, route.path, route.idempotent === true];
  }
}
const openapi = {
  openapi: '3.1.0',
  info: { title: 'Shuke', version: '1' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths,
};
const rows = Object.entries(table)
  .filter(([area]) => area !== 'pos')
  .map(([area, calls]) => {
    const lines = Object.entries(calls).map(([name, row]) => `    ${name}: ${JSON.stringify(row)},`);
    return `  ${area}: {\n${lines.join('\n')}\n  },`;
  });
const operations = `// Generated from shared/src/contracts by scripts/generate.mjs; do not edit.
/** Method, path, and whether an Idempotency-Key is needed. */
export type Operation = readonly [string, string, boolean];
export const operations = {
${rows.join('\n')}
} as const;
`;

const files = {
  'shared/openapi.json': `${JSON.stringify(openapi, null, 1)}\n`,
  'shared/src/api/operations.generated.ts': operations,
};
let stale = 0;
for (const [file, text] of Object.entries(files)) {
  const path = join(root, file);
  let old = '';
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    old = '';
  }
  if (old === text) continue;
  if (isCheck) {
    stale += 1;
    console.error(`stale: ${file}; run npm run generate`);
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
  }
}
rmSync(temp, { recursive: true, force: true });
process.exit(stale > 0 ? 1 : 0);
