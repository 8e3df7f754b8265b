import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { RowDataPacket } from 'mysql2/promise';
import { type Result, resultOf, type Sample, sampled } from './measure.js';
import { start } from './processes.js';
import { AT_ONCE, type Stack } from './stack.js';

interface Page {
  id: string;
  method: 'GET' | 'POST';
  path: string;
  body?: string;
  /** One recorded variant for each buyer, so that the bare endpoint does not fight over one row either. */
  variants: number;
}

const pagesOf = ({ shop }: Stack): Page[] => [
  { id: 'list', method: 'GET', path: `/api/m/products?storeId=${shop.storeId}`, variants: 1 },
  { id: 'detail', method: 'GET', path: `/api/m/products/${shop.productId}?storeId=${shop.storeId}`, variants: 1 },
  {
    id: 'cart-add',
    method: 'POST',
    path: '/api/m/cart/lines',
    body: JSON.stringify({ storeId: shop.storeId, skuId: shop.skuId, qty: 1 }),
    variants: AT_ONCE,
  },
];

/** Lists, product pages and cart lines per second beside the bare endpoint that runs the same SQL, in turns. */
export async function benchPages(stack: Stack): Promise<Result[]> {
  const pages = pagesOf(stack);
  const recorded: Record<string, string[][]> = {};
  // The log has the values of texts only, so nothing is prepared while it is read.
  const [[kept] = []] = await stack.probe.query<RowDataPacket[]>('SELECT @@GLOBAL.max_prepared_stmt_count AS max');
  await stack.probe.query('SET GLOBAL max_prepared_stmt_count = 0');
  for (const page of pages) {
    recorded[page.id] = [];
    for (let n = 0; n < page.variants; n += 1) recorded[page.id]?.push(await record(stack, page, n));
  }
  await stack.probe.query('SET GLOBAL max_prepared_stmt_count = ?', [Number(kept?.['max'])]);
  const file = join(stack.settings.dir, 'statements.json');
  writeFileSync(file, JSON.stringify(recorded, null, 1));
  const bare = await start(
    stack.settings.dir,
    'bare',
    [join(stack.settings.root, 'server/dist/bench/bare.mjs'), file, stack.settings.databaseUrl],
    {},
  );
  const { isQuick } = stack.settings;
  // As long as the peer's kit lets its list warm up.
  const [warmUp, rounds, seconds] = isQuick ? [1, 1, 2] : [8, 5, 3];
  const results: Result[] = [];
  for (const page of pages) {
    const ours: Sample[] = [];
    const theirs: Sample[] = [];
    const run = (target: 'ours' | 'bare', duration: number) =>
      sampled(stack.probe, [target === 'ours' ? stack.server.pid : bare.pid], () =>
        load(stack, page, target === 'ours' ? null : bare.url, duration),
      );
    await run('ours', warmUp);
    await run('bare', warmUp);
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await run('ours', seconds));
      theirs.push(await run('bare', seconds));
    }
    results.push(resultOf(page.id, ours, theirs));
  }
  await bare.stop();
  return results;
}

/** Pages per second in a turn of some seconds, after a few that warm up again. */
export async function pageRate(stack: Stack, id: string, seconds: number): Promise<number> {
  const page = pagesOf(stack).find((one) => one.id === id);
  if (!page) throw new Error(`no page ${id}`);
  await load(stack, page, null, 1);
  const startedAt = performance.now();
  const { units } = await load(stack, page, null, seconds);
  return (units * 1000) / (performance.now() - startedAt);
}

const headersOf = (stack: Stack, n: number) => ({
  authorization: `Bearer ${stack.buyers[n % AT_ONCE]?.token ?? ''}`,
  'content-type': 'application/json',
});

/** The statements of one warm request, as the database saw them. */
async function record(stack: Stack, page: Page, n: number): Promise<string[]> {
  const ask = async () => {
    const answer = await fetch(stack.origin + page.path, {
      method: page.method,
      headers: headersOf(stack, n),
      ...(page.body ? { body: page.body } : {}),
    });
    if (!answer.ok) throw new Error(`${page.id} answers ${answer.status}: ${await answer.text()}`);
    await answer.text();
  };
  await ask();
  await stack.probe.query("SET GLOBAL log_output = 'TABLE'");
  await stack.probe.query('TRUNCATE TABLE mysql.general_log');
  await stack.probe.query('SET GLOBAL general_log = 1');
  await ask();
  await stack.probe.query('SET GLOBAL general_log = 0');
  const [rows] = await stack.probe.query<RowDataPacket[]>(
    "SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE command_type = 'Query' AND thread_id <> CONNECTION_ID()",
  );
  const statements = rows.map((row) => String(row['text'])).filter((text) => !/^SET /i.test(text));
  if (statements.length === 0) throw new Error(`${page.id} ran no statement that could be recorded`);
  return statements;
}

/** Eight connections that ask again as soon as they are answered. */
function load(stack: Stack, page: Page, bareUrl: string | null, duration: number) {
  return new Promise<{ units: number; latencies: number[] }>((resolve, reject) => {
    const latencies: number[] = [];
    let client = 0;
    const instance = autocannon(
      {
        url: bareUrl ?? stack.origin,
        connections: AT_ONCE,
        duration,
        setupClient: (one) => {
          const n = client++;
          const path = bareUrl ? `/${page.id}?n=${n}` : page.path;
          const request = { method: page.method, path, headers: headersOf(stack, n) };
          one.setRequests([page.body ? { ...request, body: bareUrl ? '{}' : page.body } : request]);
        },
      },
      (error, result) => {
        if (error) return reject(error);
        if (result.non2xx > 0 || result.errors > 0)
          return reject(
            new Error(
              `${page.id}: ${result.non2xx} refused (${JSON.stringify(result.statusCodeStats)}), ${result.errors} broken`,
            ),
          );
        resolve({ units: latencies.length, latencies });
      },
    );
    instance.on('response', (_client, _status, _bytes, ms) => void latencies.push(ms));
  });
}
