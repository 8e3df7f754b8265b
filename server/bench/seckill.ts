import { manyMembers, publishSeckill, type SeckillDraft, seckillRows } from '../test/harness/seckill.js';
import { type Result, resultOf, sampled } from './measure.js';
import { pause } from './processes.js';
import type { Stack } from './stack.js';
import { exchange } from './transport.js';

const PRICE = 60_000;
/** People who have their finger on the button at the same time. */
const AT_ONCE = 400;

type Code = 'ORDER' | 'SECKILL_SOLD_OUT' | 'SECKILL_WAIT' | 'BUSY' | string;
interface Final {
  code: Code;
  orderId: string;
  /** From the first tap to the final answer. */
  ms: number;
}

/** One buyer who taps until the answer is final; each tap's own time goes to `taps`. */
async function insist(stack: Stack, token: string, key: string, body: string, taps: number[]): Promise<Final> {
  const startedAt = performance.now();
  for (;;) {
    const tappedAt = performance.now();
    const answer = await exchange(
      'POST',
      `${stack.origin}/api/m/orders`,
      { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body,
    );
    taps.push(performance.now() - tappedAt);
    const read = JSON.parse(answer.text) as { id?: string; code?: string };
    const code = answer.status < 300 ? 'ORDER' : (read.code ?? String(answer.status));
    if (code !== 'SECKILL_WAIT' && code !== 'BUSY')
      return { code, orderId: read.id ?? '', ms: performance.now() - startedAt };
    await pause(300);
  }
}

/** Twenty thousand buyers for a thousand pieces over HTTP: exactly a thousand orders, and every answer true. */
export async function benchSeckill(stack: Stack): Promise<Result> {
  const [buyers, pieces] = stack.settings.isQuick ? [1000, 50] : [20_000, 1000];
  const { bench, storeId, skuId } = stack.shop;
  const draft: SeckillDraft = { storeId, skuId, priceFen: PRICE, sliceQty: pieces, memberLimit: 1 };
  await bench.database.execute(
    'UPDATE stock SET on_hand = reserved + ? WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [pieces * 2, bench.brandId, storeId, skuId],
  );
  const before = await seckillRows(bench, draft, '0');
  const promotionId = await publishSeckill(bench, draft);
  const people = await manyMembers(bench, buyers);
  const tokens = await Promise.all(people.map((one) => stack.tokenOf(one)));
  await pause(3500);
  const lines = [{ skuId, qty: 1 }];
  const body = JSON.stringify({ storeId, lines, fulfil: 'PICKUP', expectedTotalFen: PRICE });
  const finals: Final[] = [];
  const taps: number[] = [];
  const sample = await sampled(stack.probe, [stack.server.pid], async () => {
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let at = next++; at < buyers; at = next++)
          finals[at] = await insist(stack, tokens[at] ?? '', `seckill-rush-${at}`, body, taps);
      }),
    );
    return { units: buyers, latencies: finals.map((one) => one.ms) };
  });
  const after = await seckillRows(bench, draft, promotionId);
  const held = after.reserved - before.reserved;
  const orders = after.orders - before.orders;
  const winners = new Set(finals.flatMap((one) => (one.code === 'ORDER' ? [one.orderId] : [])));
  const codes = countOf(finals.map((one) => one.code));
  const liars = Object.keys(codes).filter((code) => code !== 'ORDER' && code !== 'SECKILL_SOLD_OUT');
  if (orders !== pieces || held !== pieces || after.slice !== pieces || winners.size !== pieces || liars.length > 0)
    throw new Error(`the rush went wrong: ${JSON.stringify({ pieces, orders, held, slice: after.slice, codes })}`);
  const told = await ordersThat(stack, [...winners]);
  if (told !== pieces) throw new Error(`${pieces} buyers were told of an order, ${told} orders are there`);
  return {
    ...resultOf('seckill', [sample]),
    note: `${buyers} buyers, ${AT_ONCE} at once, ${taps.length} taps: ${orders} orders, ${codes['SECKILL_SOLD_OUT'] ?? 0} sold out, 0 oversold, all answers agree with the rows`,
  };
}

const countOf = (codes: readonly Code[]): Record<Code, number> => {
  const counts: Record<Code, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

/** How many of these orders are in the database, unpaid and open. */
async function ordersThat(stack: Stack, ids: readonly string[]): Promise<number> {
  const { bench } = stack.shop;
  const [row] = await bench.database.query<{ n: string }>(
    `SELECT COUNT(*) AS n FROM sales_order WHERE brand_id = ? AND state = 'PENDING_PAY' AND id IN (${ids.map(() => '?').join(',')})`,
    [bench.brandId, ...ids],
  );
  return Number(row?.n ?? 0);
}
