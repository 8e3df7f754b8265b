import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { questions, type Result, resultOf, sampled } from './measure.js';
import { pause, start } from './processes.js';
import type { Stack } from './stack.js';
import { workOff } from './work-off.js';

const EIGHT_DAYS_MS = 8 * 86_400_000;
const GIVE_UP_MS = 120_000;

async function numberOf(stack: Stack, sql: string): Promise<number> {
  const [rows] = await stack.probe.query<RowDataPacket[]>(sql, [stack.shop.brandId]);
  return Number(rows[0]?.['n'] ?? 0);
}

/**
 * Orders per second through finishing and the whole split pipeline: plan, receivers, send, query, book, unfreeze, check.
 * The orders are those that the journeys paid; the simulated channel answers at once.
 */
export async function benchSplit(stack: Stack): Promise<Result> {
  const limit = stack.settings.isQuick ? 30 : 300;
  const [orders] = await stack.probe.query<RowDataPacket[]>(
    "SELECT pickup_code FROM sales_order WHERE brand_id = ? AND state = 'TO_PICKUP' LIMIT ?",
    [stack.shop.brandId, limit],
  );
  const guide = stack.client(await stack.guideToken());
  for (const order of orders) await guide.guide.verifyPickup({ params: { code: String(order['pickup_code']) } });
  await stack.control('pay/delays', { split: 0, return: 0, notify: 0 });
  const worker = await stack.startWorker();
  await workOff(stack.probe);
  const done = () => numberOf(stack, "SELECT COUNT(*) AS n FROM split WHERE brand_id = ? AND step = 'DONE'");
  let probes = 0;
  const sample = await sampled(stack.probe, [worker.pid], async () => {
    await stack.control('clock', { advanceMs: EIGHT_DAYS_MS });
    const end = performance.now() + GIVE_UP_MS;
    while ((await done()) < orders.length) {
      if (performance.now() > end) throw new Error(`${await done()} of ${orders.length} splits were done in time`);
      // The pipeline asks again two seconds after it sent something; the outside world lets them pass quickly.
      await stack.control('clock', { advanceMs: 2500 });
      await pause(100);
      probes += 1;
    }
    return { units: orders.length, latencies: [] };
  });
  await worker.stop();
  return resultOf('split', [{ ...sample, questions: sample.questions - probes - 1 }]);
}

const columnsOf = async (stack: Stack, table: string): Promise<string[]> => {
  const [rows] = await stack.probe.query<RowDataPacket[]>(
    'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position',
    [table],
  );
  return rows.map((row) => String(row['name']));
};

/** Copies one paid order as often as asked, each copy with numbers of its own and not accrued yet. */
async function copyPaidOrder(stack: Stack, times: number): Promise<void> {
  const [found] = await stack.probe.query<RowDataPacket[]>(
    "SELECT order_id FROM payment WHERE brand_id = ? AND state = 'PAID' LIMIT 1",
    [stack.shop.brandId],
  );
  const orderId = String(found[0]?.['order_id']);
  const shifted = (column: string) => `${column} + 1000000000000 + q.seq`;
  const copies: [table: string, key: string, changed: Record<string, string>][] = [
    [
      'sales_order',
      'id',
      { id: shifted('t.id'), order_no: "CONCAT('BENCH', q.seq)", pickup_code: 'NULL', request_key: 'NULL' },
    ],
    ['order_line', 'order_id', { order_id: shifted('t.order_id') }],
    [
      'payment',
      'order_id',
      {
        id: shifted('t.id'),
        order_id: shifted('t.order_id'),
        subject_id: shifted('t.subject_id'),
        out_trade_no: "CONCAT('BENCH', q.seq)",
        transaction_id: "CONCAT('BENCH', q.seq)",
        settle_state: "'OPEN'",
      },
    ],
  ];
  for (const [table, key, changed] of copies) {
    const columns = await columnsOf(stack, table);
    const values = columns.map((column) => changed[column] ?? `t.${column}`);
    await stack.probe.query(
      `INSERT INTO ${table} (${columns.join(',')}) SELECT ${values.join(',')} FROM ${table} t JOIN seq_1_to_${times} q WHERE t.brand_id = ? AND t.${key} = ?`,
      [stack.shop.brandId, orderId],
    );
  }
}

/** Runs batch-work.mjs and makes a result of what it prints. */
export async function batch(stack: Stack, id: string, args: string[]): Promise<Result> {
  const before = await questions(stack.probe);
  const script = join(stack.settings.root, 'server/bench/batch-work.mjs');
  const child = await start(stack.settings.dir, id, [script, ...args], stack.env, 'no');
  const text = await child.output;
  const asked = (await questions(stack.probe)) - before - 1;
  const said = JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as { units: number; seconds: number; cpuUs: number };
  if (!said.units) throw new Error(`${id} did nothing: ${text}`);
  return resultOf(id, [{ ...said, latencies: [], questions: asked }]);
}

/** Paid orders per second that become entitlements, chain entries and postings, a hundred in a transaction. */
export async function benchAccrual(stack: Stack): Promise<Result> {
  await copyPaidOrder(stack, stack.settings.isQuick ? 400 : 5000);
  return batch(stack, 'accrual', ['accrue']);
}
