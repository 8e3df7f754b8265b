import type { MemberId } from '@shuke/shared/kernel';
import { couponWorld, template } from '../src/modules/coupons/testing/coupon-world.js';
import { createConnector } from '../src/modules/identity/index.js';
import { manyMembers } from '../test/harness/seckill.js';
import { percentile, type Result, resultOf, sampled } from './measure.js';
import type { Stack } from './stack.js';
import { exchange } from './transport.js';

const API_KEY = 'the-key-of-the-till-of-the-bench';
/** The franchise store that has all the products. */
const STORE = 'S002';
/** Tills of the store that serve somebody at the same time. */
const TILLS = 4;
const BILL_FEN = 19_900;
/** Longest that a cashier should wait for who stands there, at the 95th percentile. */
const IDENTIFY_BUDGET_MS = 300;
/** Nobody may hold up the rest: coupons are given in transactions of so many. */
const GIVEN_AT_ONCE = 50;

interface Found {
  memberId: string;
  coupons: { code: string; problem: string | null }[];
}

/** One call of the store's till system; anything but success fails the run. */
async function ask<Answer>(stack: Stack, method: 'POST' | 'PUT', path: string, body: unknown): Promise<Answer> {
  const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json' };
  const answer = await exchange(method, `${stack.origin}/api/pos/${path}`, headers, JSON.stringify(body));
  if (answer.status >= 300) throw new Error(`${path} answers ${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text) as Answer;
}

/** Members with one coupon each, and the tills of the store. */
async function prepare(stack: Stack, howMany: number): Promise<MemberId[]> {
  const { bench, test } = stack.shop;
  const { brandId, ids, unitOfWork } = bench;
  const coupons = couponWorld(bench, test);
  // Earlier measurements have moved the clock on by days.
  const { terms } = template();
  const templateId = await coupons.publish({
    terms: { ...terms, validity: { mode: 'RELATIVE', afterDays: 0, days: 60 } },
  });
  const members = (await manyMembers(bench, howMany)).map((one) => one.memberId);
  for (let from = 0; from < members.length; from += GIVEN_AT_ONCE)
    await unitOfWork.run('give coupons', async (tx) => {
      for (const memberId of members.slice(from, from + GIVEN_AT_ONCE))
        await coupons.coupons.issue(tx, { brandId, memberId, templateId, source: 'DESK', sourceId: 'bench' });
    });
  await unitOfWork.run('connector', (tx) =>
    createConnector(tx, { brandId, id: ids.next<'connector'>(), name: '收银', apiKey: API_KEY }),
  );
  for (let till = 0; till < TILLS; till += 1)
    await ask(stack, 'PUT', 'devices', {
      storeCode: STORE,
      deviceNo: deviceOf(till),
      name: `收银 ${till}`,
      publicKey: Buffer.alloc(32, till + 1).toString('base64url'),
    });
  return members;
}

const deviceOf = (till: number) => `BENCH-${till}`;

/**
 * Members per second who are found at the till and whose coupon is taken in, over HTTP. The run fails unless every
 * coupon is used exactly once.
 */
export async function benchTill(stack: Stack): Promise<Result> {
  const members = await prepare(stack, stack.settings.isQuick ? 100 : 2000);
  const { bench } = stack.shop;
  const finding: number[] = [];
  const redeeming: number[] = [];
  const serve = async (memberNo: string, till: number, sequence: number) => {
    const startedAt = performance.now();
    const found = await ask<Found>(stack, 'POST', 'identify', { storeCode: STORE, kind: 'MEMBER_NO', value: memberNo });
    const foundAt = performance.now();
    finding.push(foundAt - startedAt);
    const usable = found.coupons.find((one) => one.problem === null);
    if (!usable) throw new Error(`member ${memberNo} came without a coupon: ${JSON.stringify(found)}`);
    await ask(stack, 'POST', 'coupons/redeem', {
      deviceNo: deviceOf(till),
      sequence,
      code: usable.code,
      amountFen: BILL_FEN,
    });
    redeeming.push(performance.now() - foundAt);
  };
  const sample = await sampled(stack.probe, [stack.server.pid], async () => {
    let next = 0;
    await Promise.all(
      Array.from({ length: TILLS }, async (_, till) => {
        let sequence = 0;
        for (let at = next++; at < members.length; at = next++) await serve(members[at] ?? '', till, ++sequence);
      }),
    );
    return { units: members.length, latencies: finding.map((ms, at) => ms + (redeeming[at] ?? 0)) };
  });
  const [row] = await bench.database.query<{ used: string }>(
    "SELECT COUNT(*) AS used FROM coupon_redemption WHERE brand_id = ? AND channel = 'POS'",
    [bench.brandId],
  );
  if (Number(row?.used) !== members.length) throw new Error(`${row?.used} of ${members.length} coupons were taken in`);
  const of = (times: readonly number[]) => [0.5, 0.95, 0.99].map((share) => percentile(times, share)).join(' / ');
  const isWithin = (percentile(finding, 0.95) ?? 0) <= IDENTIFY_BUDGET_MS;
  return {
    ...resultOf('pos', [sample]),
    note: `${TILLS} tills at once; ms at p50 / p95 / p99: identify ${of(finding)} (budget ${IDENTIFY_BUDGET_MS} at p95: ${isWithin ? 'kept' : 'BROKEN'}), redeem ${of(redeeming)}`,
  };
}
