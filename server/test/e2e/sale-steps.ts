import { expect } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { drain } from '../../src/platform/jobs/drain.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import type { E2e } from '../harness/e2e.js';

export interface Buyer {
  api: Api;
  memberId: string;
  openid: string;
}

export interface Basket {
  storeId?: string;
  guideCode?: string;
  qty?: number;
  /** Which of the shop's six SKUs. */
  sku?: number;
  fulfil?: 'PICKUP' | 'SHIP';
  addressId?: string;
}

/** Puts a thousand pieces of every SKU on every shelf, for files whose subject is not stock. */
export async function fillShelves(e2e: E2e): Promise<void> {
  await e2e.bench.database.execute('UPDATE stock SET on_hand = 1000 WHERE brand_id = ?', [e2e.brandId]);
}

/** Submits an order; nothing is paid yet. */
export async function submit(e2e: E2e, { api }: Buyer, basket: Basket = {}) {
  const storeId = basket.storeId ?? e2e.shop.north;
  const skus = e2e.shop.products.flatMap((product) => product.skus);
  const lines = [{ skuId: skus[basket.sku ?? 0] ?? '', qty: basket.qty ?? 1 }];
  const fulfil = basket.fulfil ?? 'PICKUP';
  const preview = await api.mall.preview({ body: { storeId, lines, fulfil } });
  const body = { storeId, lines, fulfil, expectedTotalFen: preview.totalFen, guideCode: basket.guideCode };
  return api.mall.submitOrder({ body: basket.addressId ? { ...body, addressId: basket.addressId } : body });
}

/** Asks for the pay sheet and pays on the phone; what WeChat then tells the server is up to the caller. */
export async function payOnPhone(e2e: E2e, { api, openid }: Buyer, orderId: string): Promise<void> {
  const params = await api.mall.pay({ params: { id: orderId } });
  const outcome = e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid });
  expect(outcome.ok).toBe(true);
}

/** Submits, pays and lets everything be done that follows. */
export async function buy(e2e: E2e, buyer: Buyer, basket: Basket = {}) {
  const order = await submit(e2e, buyer, basket);
  await payOnPhone(e2e, buyer, order.id);
  await e2e.sims.clock.advance(1);
  await e2e.work(5);
  return buyer.api.mall.order({ params: { id: order.id } });
}

/** Desk sessions live for twelve hours, so after a jump in time somebody logs in again. */
export const headquarters = (e2e: E2e): Promise<Api> => e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');

export const splitOf = async (e2e: E2e, id: string) => (await headquarters(e2e)).console.orderSplit({ params: { id } });

/** The guide hands the goods over, so that the after-sale window begins. */
export async function handOver(e2e: E2e, pickupCode: string | null | undefined, place: 'north' | 'lake' = 'north') {
  return (await e2e.guide(place)).guide.verifyPickup({ params: { code: pickupCode ?? '' } });
}

/** Does what is due at this very instant, without moving time on. */
export const workNow = (e2e: E2e): Promise<number> => drain(e2e.app.get(OutboxRelay), 20);

/** Lets so many seconds go by and does what falls due on the way, even when nothing happens for a while. */
export async function settle(e2e: E2e, seconds = 100): Promise<void> {
  for (let passed = 0; passed < seconds; ) {
    // What follows at once comes in small steps, pauses of minutes in steps of minutes, whole hours in longer ones.
    const step = passed < 60 ? 4 : passed < 1800 ? 60 : 600;
    await workNow(e2e);
    await e2e.sims.clock.advance(step * 1000);
    passed += step;
  }
  await workNow(e2e);
}

export async function count(e2e: E2e, sql: string, values: readonly string[] = []): Promise<number> {
  const [row] = await e2e.bench.database.query<{ n: string }>(sql, [e2e.brandId, ...values]);
  return Number(row?.n ?? 0);
}

/** What is still on its way: rows that some sweep or person would have to move on. */
export async function stuck(e2e: E2e): Promise<Record<string, number>> {
  const rows = await e2e.bench.database.query<{ what: string; n: string }>(
    `SELECT 'refund' AS what, COUNT(*) AS n FROM refund WHERE brand_id = ? AND state IN ('REQUESTED','PROCESSING')
     UNION ALL SELECT 'split', COUNT(*) FROM split WHERE brand_id = ? AND state IN ('READY','PROCESSING')
     UNION ALL SELECT 'return', COUNT(*) FROM split_return WHERE brand_id = ? AND state IN ('PLANNED','SENT')
     UNION ALL SELECT 'accrual', COUNT(*) FROM payment WHERE brand_id = ? AND settle_state = 'OPEN'
     UNION ALL SELECT 'paid but waiting', COUNT(*) FROM sales_order o JOIN payment p ON p.brand_id = o.brand_id AND p.order_id = o.id
       WHERE o.brand_id = ? AND o.state = 'PENDING_PAY' AND p.state = 'PAID'
     UNION ALL SELECT 'overdue', COUNT(*) FROM sales_order WHERE brand_id = ? AND state = 'PENDING_PAY' AND due_at < ?
     UNION ALL SELECT 'callback', COUNT(*) FROM pay_notification WHERE state = 'OPEN'
     UNION ALL SELECT 'event', COUNT(*) FROM outbox WHERE pending > 0`,
    [...Array.from({ length: 6 }, () => e2e.brandId), new Date(e2e.sims.clock.now() - 60_000)],
  );
  return Object.fromEntries(rows.filter((row) => Number(row.n) > 0).map((row) => [row.what, Number(row.n)]));
}

interface Book {
  code: string;
  balance_fen: string;
}

/**
 * Compares the ledger's money accounts with what the simulated WeChat Pay holds, merchant by merchant. Only meaningful
 * when nothing is on its way.
 */
export async function moneyDifferences(e2e: E2e): Promise<string[]> {
  const rows = await e2e.bench.database.query<Book>(
    "SELECT code, balance_fen FROM ledger_account WHERE brand_id = ? AND book = 'MONEY'",
    [e2e.brandId],
  );
  const balance = (matches: (code: string) => boolean) =>
    rows.filter((row) => matches(row.code)).reduce((sum, row) => sum + Number(row.balance_fen), 0);
  const { state } = e2e.sims.pay.sim;
  const toppedUp = (mchid: string) =>
    state.movements
      .filter((one) => one.mchid === mchid && (one.business === '充值' || one.business === '提现'))
      .reduce((sum, one) => sum + one.amount, 0);
  const problems: string[] = [];
  const compare = (what: string, ours: number, theirs: number) => {
    if (ours !== theirs) problems.push(`${what}: ledger ${ours}, channel ${theirs}`);
  };
  for (const mchid of Object.keys(state.balances)) {
    const theirs = state.balances[mchid] ?? { frozen: 0, available: 0, unsettled: 0, operation: 0 };
    const isBrand = mchid === '1900000200';
    compare(
      `frozen ${mchid}`,
      balance((code) => code === `frozen:${mchid}`),
      theirs.frozen,
    );
    const own = balance((code) => code === `available:${mchid}` || (isBrand && code.startsWith('party:BRAND:')));
    compare(`available ${mchid}`, own, theirs.available - toppedUp(mchid));
  }
  const wallets = Object.values(state.wallets).reduce((sum, fen) => sum + fen, 0);
  compare(
    'persons',
    balance((code) => code.startsWith('party:GUIDE:')),
    wallets,
  );
  return problems;
}

/**
 * Everything that must hold once the dust has settled. What the last step itself left to the next round is done first,
 * with time standing still: an event that its handler refuses is still there afterwards and is found.
 */
export async function expectQuiet(e2e: E2e): Promise<void> {
  await workNow(e2e);
  expect(await e2e.broken()).toEqual([]);
  expect(await stuck(e2e)).toEqual({});
  expect(await moneyDifferences(e2e)).toEqual([]);
}

/** What the ledger says is still due of an order, in fen by account; what is settled is left out. */
export async function stillDue(e2e: E2e, orderId: string): Promise<Record<string, number>> {
  const rows = await e2e.bench.database.query<{ account: string; fen: string }>(
    `SELECT account, SUM(fen) AS fen FROM posting
     WHERE brand_id = ? AND order_id = ? AND book = 'ENTITLEMENT' AND account LIKE 'due:%' GROUP BY account HAVING SUM(fen) <> 0`,
    [e2e.brandId, orderId],
  );
  return Object.fromEntries(rows.map((row) => [row.account, Number(row.fen)]));
}
