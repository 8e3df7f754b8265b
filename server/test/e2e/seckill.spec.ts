import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import { Redis } from 'ioredis';
import type { Consumer } from '../../src/platform/access/actor.js';
import { Sessions } from '../../src/platform/access/sessions.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { manyMembers, publishSeckill, type SeckillDraft, seckillRows } from '../harness/seckill.js';

jest.setTimeout(180_000);
const CROWD = 1000;
const PIECES = 50;
const PRICE = 60_000;
const USUAL = 100_000;
const AT_ONCE = 100;

let e2e: E2e;
let crowd: Buyer[];
let draft: SeckillDraft;
let promotionId: string;

interface Buyer extends Pick<Consumer, 'memberId'> {
  token: string;
}
interface Answer {
  status: number;
  code?: string;
  id?: string;
  message?: string;
}

beforeAll(async () => {
  e2e = await openE2e();
  const sessions = e2e.app.get(Sessions);
  const people = await manyMembers(e2e.bench, CROWD);
  crowd = await Promise.all(people.map(async (one) => ({ memberId: one.memberId, token: await sessions.issue(one) })));
});
afterAll(() => e2e.close());

let sku = 0;
/** A seckill of a SKU that no other test uses: fifty pieces of a hundred on the shelf. */
async function open(more: Partial<SeckillDraft> = {}): Promise<void> {
  const skuId = e2e.shop.products.flatMap((product) => product.skus)[sku] as Id<'sku'>;
  sku += 1;
  draft = { storeId: e2e.shop.north, skuId, priceFen: PRICE, sliceQty: PIECES, ...more };
  await e2e.bench.database.execute('UPDATE stock SET on_hand = 100 WHERE brand_id = ?', [e2e.brandId]);
  promotionId = await publishSeckill(e2e.bench, draft);
  await priceShows(PRICE);
}
/** Waits until the store asks so much for a piece: prices are a few seconds old at most, and more on a busy machine. */
async function priceShows(priceFen: number): Promise<void> {
  // Somebody who holds no piece, whose own limit says nothing about the price.
  const { token } = crowd[CROWD - 1] as Buyer;
  const looks = async () => {
    const answer = await fetch(`${e2e.origin}/api/m/checkout/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ storeId: draft.storeId, lines: [{ skuId: draft.skuId, qty: 1 }], fulfil: 'PICKUP' }),
    });
    return ((await answer.json()) as { totalFen?: number }).totalFen;
  };
  const until = performance.now() + 60_000;
  for (let seen = await looks(); seen !== priceFen; seen = await looks()) {
    if (performance.now() > until) throw new Error(`the store still asks ${seen} and not ${priceFen}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
afterEach(async () => {
  // Whoever has not paid loses the pieces, and the next test begins with an empty house.
  await e2e.pass(31 * 60_000);
  expect((await rows()).orders).toBe(0);
  expect(await e2e.broken()).toEqual([]);
});

const rows = () => seckillRows(e2e.bench, draft, promotionId);

async function tap(buyer: Buyer, key: string, qty = 1, wish = draft): Promise<Answer> {
  const answer = await fetch(`${e2e.origin}/api/m/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${buyer.token}`,
      'content-type': 'application/json',
      'idempotency-key': `seckill-${key}`,
    },
    body: JSON.stringify({
      storeId: draft.storeId,
      lines: [{ skuId: draft.skuId, qty }],
      fulfil: 'PICKUP',
      expectedTotalFen: wish.priceFen * qty,
    }),
  });
  const { id, code, message } = (await answer.json()) as Answer;
  return { status: answer.status, ...(answer.ok ? { id: id ?? '' } : { code: code ?? '', message: message ?? '' }) };
}

/** Taps until the answer is final, as the page does: "wait" means again. */
async function insist(buyer: Buyer, key: string): Promise<Answer> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await tap(buyer, key).catch((): Answer => ({ status: 0, code: 'BROKEN' }));
    if (answer.code !== 'SECKILL_WAIT' && answer.code !== 'BUSY' && answer.code !== 'BROKEN') return answer;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  throw new Error('waited for ever');
}

/** Everybody at once, over so many connections. */
async function rush(buyers: readonly Buyer[], keyOf: (at: number) => string, meanwhile?: (done: number) => void) {
  const answers: Answer[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let at = next++; at < buyers.length; at = next++) {
        answers[at] = await insist(buyers[at] as Buyer, keyOf(at));
        meanwhile?.(at);
      }
    }),
  );
  return answers;
}
const won = (answers: readonly Answer[]) => answers.filter((one) => one.id);
const codes = (answers: readonly Answer[]) => [...new Set(answers.flatMap((one) => (one.id ? [] : [one.code])))].sort();

describe('a seckill of fifty pieces', () => {
  it('sells exactly fifty to a thousand buyers, each once, and tells everybody else that it is sold out', async () => {
    await open();
    expect(await rows()).toMatchObject({ aside: PIECES });
    const answers = await rush(crowd, (at) => `rush-${at}`);
    expect(won(answers)).toHaveLength(PIECES);
    expect(codes(answers)).toEqual(['SECKILL_SOLD_OUT']);
    expect(await rows()).toMatchObject({
      slice: PIECES,
      reserved: PIECES,
      onHand: 100,
      orders: PIECES,
      buyers: PIECES,
    });
    // The same tap again gives the same order, although nothing is left.
    const at = answers.findIndex((one) => one.id);
    expect(await tap(crowd[at] as Buyer, `rush-${at}`)).toMatchObject({ id: answers[at]?.id });
    // Whoever has one and taps anew hears one of two truths: all are gone, or this buyer has had theirs.
    expect(['SECKILL_SOLD_OUT', 'PROMOTION_USED_UP']).toContain((await tap(crowd[at] as Buyer, 'another-key')).code);

    // Nobody pays within five minutes: every piece is for sale again, although Redis still says that none is left.
    await e2e.pass(5 * 60_000 + 1000);
    expect(await rows()).toMatchObject({ slice: 0, reserved: 0, orders: 0 });
    const again = await rush(crowd.slice(0, 200), (one) => `again-${one}`);
    expect(won(again)).toHaveLength(PIECES);
    expect(codes(again)).toEqual(['SECKILL_SOLD_OUT']);

    // What is on the shelf beside the slice is sold at its usual price, as the small print says.
    await priceShows(USUAL);
    const usual = { ...draft, priceFen: USUAL };
    expect(await tap(crowd[999] as Buyer, 'usual-price', 1, usual)).toMatchObject({ status: 200 });
    expect(await rows()).toMatchObject({ slice: PIECES, reserved: PIECES + 1, aside: 0 });
  });

  it('keeps its pieces from those who pay the usual price, until it is stopped', async () => {
    await open();
    // Two pieces cannot both be had at the seckill's price, so this is an order at the usual price beside the slice.
    const atBoth = { ...draft, priceFen: (PRICE + USUAL) / 2 };
    const all = { ...draft, priceFen: 0 };
    const [one, two, three] = crowd as [Buyer, Buyer, Buyer];
    expect(await tap(one, 'both-prices', 2, atBoth)).toMatchObject({ status: 200 });
    expect(await rows()).toMatchObject({ slice: 1, reserved: 2, aside: PIECES - 1 });
    // Everything but the slice goes at the usual price; of the slice not one piece does.
    await e2e.bench.database.execute(
      'UPDATE stock SET on_hand = reserved + set_aside + 1 WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
      [e2e.brandId, draft.storeId, draft.skuId],
    );
    const tooMany = await tap(two, 'from-the-slice', 4, all);
    expect(tooMany).toMatchObject({ status: 409, code: 'SOLD_OUT' });
    expect(await tap(two, 'the-last-usual', 2, atBoth)).toMatchObject({ status: 200 });
    expect(await tap(three, 'no-usual-left', 2, atBoth)).toMatchObject({ code: 'SOLD_OUT' });
    expect(await rows()).toMatchObject({ slice: 2, reserved: 4, aside: PIECES - 2 });
    expect(await tap(three, 'the-slice', 1)).toMatchObject({ status: 200 });
    await e2e.bench.database.execute("UPDATE promotion SET state = 'PAUSED' WHERE brand_id = ? AND id = ?", [
      e2e.brandId,
      promotionId,
    ]);
    await e2e.pass(6000);
    expect(await rows()).toMatchObject({ slice: 3, reserved: 5, aside: 0 });
    await priceShows(USUAL);
    expect(await tap(three, 'free-again', 2, { ...draft, priceFen: USUAL })).toMatchObject({ status: 200 });
  });

  it('keeps to the limit of a person, however many devices tap', async () => {
    await open({ memberLimit: 2, perOrder: 2 });
    const [one, two] = crowd.slice(0, 2) as [Buyer, Buyer];
    const taps = await rush(
      Array.from({ length: 60 }, () => one),
      (at) => `device-${at}`,
    );
    expect(won(taps)).toHaveLength(2);
    expect(codes(taps)).toEqual(['PROMOTION_USED_UP']);
    expect(taps.find((answer) => answer.message)?.message).toMatch(/每人限 2 件/);
    expect((await tap(two, 'both-at-once', 2)).status).toBe(200);
    expect(await rows()).toMatchObject({ slice: 4, reserved: 4, buyers: 2 });
    // One key, tapped twenty times in parallel, is one order.
    const three = crowd[2] as Buyer;
    const same = await rush(
      Array.from({ length: 20 }, () => three),
      () => 'one-key',
    );
    expect(new Set(same.map((answer) => answer.id)).size).toBe(1);
    expect(await rows()).toMatchObject({ slice: 5, reserved: 5, buyers: 3 });
  });

  it('neither oversells nor lies when Redis is emptied again and again in the middle', async () => {
    await open();
    const redis = new Redis(process.env['SHUKE_TEST_REDIS_URL'] ?? '');
    const empty = async () => {
      const keys = await redis.keys('*:gate:*');
      if (keys.length > 0) await redis.del(keys);
    };
    const emptied: Promise<void>[] = [];
    const answers = await rush(
      crowd,
      (at) => `emptied-${at}`,
      (done) => {
        if (done % 20 === 0) emptied.push(empty());
      },
    );
    await Promise.all(emptied);
    await redis.quit();
    expect(won(answers)).toHaveLength(PIECES);
    expect(codes(answers).every((code) => code === 'SECKILL_SOLD_OUT' || code === 'PROMOTION_USED_UP')).toBe(true);
    expect(await rows()).toMatchObject({ slice: PIECES, reserved: PIECES, buyers: PIECES });
  });
});
