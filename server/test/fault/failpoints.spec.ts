import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { DAY_MS } from '@shuke/shared/kernel';
import { FRANCHISEE_A } from '../harness/test-world.js';
import { declaredFailpoints } from './declared-failpoints.js';
import { type Part, within } from './processes.js';
import { openProduct, type Product } from './product.js';

jest.setTimeout(240_000);

/** Longer than any claim on a row lasts. */
const LEASE_MS = 130_000;

let product: Product;
const killed = new Set<string>();

beforeAll(async () => {
  product = await openProduct();
  await product.start('server');
});
afterAll(() => product?.close());

/** Waits until the part has died at its failpoint, moving time on; the failpoint counts as proved only then. */
async function diesAt(part: Part, failpoint: string): Promise<void> {
  const process = product.running.get(part);
  await product.until(`${part} dies at ${failpoint}`, () => process?.isGone() === true);
  expect({ failpoint, ...(await process?.ended) }).toEqual({ failpoint, code: null, signal: 'SIGKILL' });
  killed.add(failpoint);
}

/** Stops a part if it still runs and starts it again, armed. */
async function rearm(part: Part, failpoint: string): Promise<void> {
  if (product.running.get(part)?.isGone() === false) await product.stop(part);
  await product.start(part, failpoint);
}

/**
 * Starts the worker armed with one failpoint after the other; each dies and the next one takes up its work, once the
 * lease of the dead one is over.
 */
async function workerDiesAtEach(failpoints: readonly string[]): Promise<void> {
  for (const failpoint of failpoints) {
    if (product.running.get('worker')?.isGone()) await product.sims.clock.advance(LEASE_MS);
    await rearm('worker', failpoint);
    await diesAt('worker', failpoint);
  }
  await product.sims.clock.advance(LEASE_MS);
  await product.start('worker');
}

/** A request during which the server dies: the client sees a broken connection and nothing else. */
async function breaks(failpoint: string, request: () => Promise<unknown>): Promise<void> {
  await rearm('server', failpoint);
  await expect(request()).rejects.toMatchObject({ code: 'NETWORK' });
  await diesAt('server', failpoint);
}

describe('a purchase during which every process dies at every failpoint on its way', () => {
  let api: Api;
  let orderId = '';
  let pickupCode: string | null = null;
  const books = () => product.sims.pay.sim.state;
  const state = async () => (await api.mall.order({ params: { id: orderId } })).state;

  it('submits one order and reserves once however often submitting is cut', async () => {
    const storeId = product.shop.north;
    const lines = [{ skuId: product.shop.products[0]?.skus[0] ?? '', qty: 2 }];
    const buyer = await product.consumer('lin');
    api = buyer.api;
    const body = { storeId, lines, fulfil: 'PICKUP' as const, expectedTotalFen: 200_000, guideCode: 'NORTH' };
    const submit = () => api.mall.submitOrder({ body, idempotencyKey: 'one-purchase' });

    await breaks('order.submit.before-commit', submit);
    expect(await product.count('SELECT COUNT(*) AS n FROM sales_order')).toBe(0);
    await breaks('order.submit.after-commit', submit);
    await product.start('server');
    orderId = (await submit()).id;

    expect(await product.count('SELECT COUNT(*) AS n FROM sales_order')).toBe(1);
    expect(await product.count('SELECT SUM(reserved) AS n FROM stock')).toBe(2);
  });

  it('starts one payment, takes the money once and accrues once', async () => {
    const pay = () => api.mall.pay({ params: { id: orderId } });
    await breaks('payment.start.after-call', pay);
    await rearm('server', 'payment.apply.before-commit');
    const params = await pay();
    const { openid } = await product.consumer('lin');
    expect(product.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid }).ok).toBe(true);
    await diesAt('server', 'payment.apply.before-commit');
    // WeChat repeats a callback that got no answer: taken now, and once more after that.
    await rearm('server', 'payment.apply.after-commit');
    await diesAt('server', 'payment.apply.after-commit');
    await rearm('server', 'notification.after-stored');
    await diesAt('server', 'notification.after-stored');
    await product.start('server');

    await workerDiesAtEach(['settlement.accrue.before-commit', 'settlement.accrue.after-commit']);
    const order = await api.mall.order({ params: { id: orderId } });
    expect(order).toMatchObject({ state: 'TO_PICKUP', totalFen: 200_000 });
    pickupCode = order.pickupCode;
    expect(Object.values(books().orders)).toHaveLength(1);
    expect(await product.count('SELECT COUNT(*) AS n FROM payment')).toBe(1);
    expect(await product.count('SELECT COUNT(*) AS n FROM entitlement')).toBe(1);
    expect(await product.broken()).toEqual([]);
  });

  it('finishes once and splits once under one number', async () => {
    await product.stop('worker');
    const guide = await product.guide('north');
    expect((await guide.guide.verifyPickup({ params: { code: pickupCode ?? '' } })).state).toBe('RECEIVED');
    await product.jump(7 * DAY_MS);
    await workerDiesAtEach([
      'outbox.after-handled',
      'split.after-plan',
      'split.after-send',
      'split.after-booked',
      'split.after-unfreeze',
    ]);
    const split = async () => (await product.hq()).console.orderSplit({ params: { id: orderId } });
    await product.until('split', async () => (await split()).stateText === '已分完');

    expect((await split()).receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
      ['BRAND', 36_000, 'SUCCESS'],
      ['GUIDE', 10_000, 'SUCCESS'],
    ]);
    expect(Object.values(books().splits).map((one) => one.kind)).toEqual(['split', 'unfreeze']);
    expect(await state()).toBe('FINISHED');
    expect(await product.broken()).toEqual([]);
  });

  it('takes the brand’s part back once and refunds once', async () => {
    await product.stop('worker');
    // The guide keeps what was paid out, so the franchisee needs other money to refund everything.
    await product.control('pay/balances', { mchid: FRANCHISEE_A, available: 500_000 });
    await (await product.hq()).console.refundOrder({ params: { id: orderId }, body: { reason: '质量问题' } });
    await workerDiesAtEach([
      'refund.after-plan',
      'refund.after-return',
      'refund.after-send',
      'refund.before-booked',
      'refund.after-booked',
    ]);
    await product.until('refunded', async () => (await state()) === 'REFUNDED');

    expect(Object.values(books().refunds).map((one) => [one.amount, one.status])).toEqual([[200_000, 'SUCCESS']]);
    expect(Object.values(books().returns).map((one) => [one.amount, one.result])).toEqual([[36_000, 'SUCCESS']]);
    expect(await product.broken()).toEqual([]);
  });
});

describe('other work during which the worker dies', () => {
  it('mirrors a new contact once when the worker dies between asking WeCom and writing', async () => {
    await product.stop('worker');
    const { added } = await product.sims.wecom.human.addContact({ userid: 'G-LAKE', consumer: 'chen' });
    expect(added).toBe(true);
    await workerDiesAtEach(['contacts.after-read']);
    const relations = () => product.count('SELECT COUNT(*) AS n FROM contact_relation');
    await product.until('mirrored', async () => (await relations()) === 1);
    expect(await product.count('SELECT COUNT(*) AS n FROM contact')).toBe(1);
    expect(await product.broken()).toEqual([]);
  });

  it('builds every guide’s morning pack once when the worker dies between two ranges', async () => {
    const packs = () => product.count('SELECT COUNT(*) AS n FROM morning_pack GROUP BY day ORDER BY day DESC LIMIT 1');
    await product.stop('worker');
    await product.jump(DAY_MS);
    await workerDiesAtEach(['tasks.dispatch.after-range']);
    await product.until('packed', async () => (await packs()) === 4);
    expect(await product.count('SELECT COUNT(DISTINCT guide_id, day) - COUNT(*) AS n FROM morning_pack')).toBe(0);
    expect(await product.broken()).toEqual([]);
  });

  it('imports every row of a history file once when the import dies between two batches', async () => {
    const ROWS = 8000;
    const path = join(product.dir, 'history.csv');
    const rows = Array.from(
      { length: ROWS },
      (_, at) =>
        `${536_000 + Math.floor(at / 4)},sale,SKU${at % 50},杯子,1,2026-10-0${1 + (at % 9)} 09:30:00,250,${at % 4 === 0 ? 17_850 + (Math.floor(at / 4) % 90) : 17_850 + (Math.floor(at / 4) % 90)}`,
    );
    writeFileSync(
      path,
      `invoice_no,kind,stock_code,description,quantity,invoice_at,unit_price_pence,customer_id\n${rows.join('\n')}\n`,
    );
    const lines = () =>
      product.count(
        'SELECT COUNT(*) AS n FROM order_line l JOIN sales_order o ON o.brand_id = l.brand_id AND o.id = l.order_id WHERE o.external_no IS NOT NULL',
      );

    const failpoint = 'connectors.import.after-batch';
    await product.start('import', failpoint, [product.brandId, path]);
    await diesAt('import', failpoint);
    const early = await lines();
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(ROWS);

    const again = await product.start('import', '', [product.brandId, path]);
    expect(await within(again.ended, 60_000, () => again.story('importing'))).toEqual({ code: 0, signal: null });
    expect(await lines()).toBe(ROWS);
    expect(await product.count('SELECT COUNT(*) AS n FROM sales_order WHERE external_no IS NOT NULL')).toBe(ROWS / 4);
    expect(await product.broken()).toEqual([]);
  });
});

describe('an import of the wizard during which the worker dies', () => {
  it('writes every member of the file once when the worker dies between two batches', async () => {
    const ROWS = 2500;
    const { console: desk } = await product.hq();
    const rows = Array.from({ length: ROWS }, (_, at) => `139${String(10_000_000 + at)},顾客${at},2026-01-02`);
    const bytes = Buffer.from(`手机号,姓名,入会时间\n${rows.join('\n')}\n`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { id } = await desk.openImport({
      body: { kind: 'MEMBERS', fileName: 'members.csv', bytes: bytes.length, sha256 },
    });
    const params = { id };
    await desk.putImportPart({ params: { id, part: 0 }, body: { dataBase64: bytes.toString('base64') } });
    const head = await desk.importHead({ params });
    await desk.tryImport({ params, body: { mapping: head.guess, options: head.options } });
    const state = async () => (await desk.importJob({ params })).state;
    await product.until('tried', async () => (await state()) === 'CHECKED');

    await product.stop('worker');
    const before = await product.count('SELECT COUNT(*) AS n FROM member');
    const added = async () => (await product.count('SELECT COUNT(*) AS n FROM member')) - before;
    await desk.runImport({ params });
    await rearm('worker', 'imports.after-batch');
    await diesAt('worker', 'imports.after-batch');
    const early = await added();
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(ROWS);
    await product.sims.clock.advance(LEASE_MS);
    await product.start('worker');
    await product.until('imported', async () => (await state()) === 'DONE');
    expect(await added()).toBe(ROWS);
    expect((await desk.importJob({ params })).counts).toMatchObject({ new: ROWS, error: 0, conflict: 0 });
    expect(await product.broken()).toEqual([]);
  });
});

describe('the list of failpoints', () => {
  it('is covered whole: every failpoint in the sources has killed a process above', () => {
    expect([...killed].sort()).toEqual(declaredFailpoints());
  });
});
