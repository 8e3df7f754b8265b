import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { type E2e, openE2e } from '../harness/e2e.js';
import { buy, expectQuiet, fillShelves, handOver, settle } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
/** Two pieces were sold and divided, one came back: a share was taken back, and a person owes its part. */
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  const order = await buy(e2e, await e2e.consumer('lin'), { qty: 2, guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  await e2e.pass(7 * DAY_MS);
  await settle(e2e, 60);
  const lin = await e2e.consumer('lin');
  const lines = [{ lineId: order.lines[0]?.id ?? '', qty: 1 }];
  await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '买多了', lines } });
  await settle(e2e, 120);
  await expectQuiet(e2e);
});
afterAll(() => e2e.close());

const copied = `INSERT INTO split_receiver (brand_id, id, split_id, request_id, party, party_id, receiver_type, account, amount_fen, state)
  SELECT brand_id, id + 1, split_id, request_id, party, 'again', receiver_type, account, amount_fen, state FROM split_receiver`;

describe('S8 a hand in the books is found by the promise it breaks', () => {
  it.each<[string, string, string, string]>([
    [
      'split-01',
      'the shares are a fen more than what was paid',
      "UPDATE entitlement_leg SET fen = fen + 1 WHERE brand_id = ? AND party = 'FRANCHISEE'",
      "UPDATE entitlement_leg SET fen = fen - 1 WHERE brand_id = ? AND party = 'FRANCHISEE'",
    ],
    [
      'split-02',
      'somebody is entitled to less than nothing',
      "UPDATE entitlement_leg SET fen = fen - 900000 WHERE brand_id = ? AND party = 'GUIDE'",
      "UPDATE entitlement_leg SET fen = fen + 900000 WHERE brand_id = ? AND party = 'GUIDE'",
    ],
    [
      'split-03',
      'an account was paid twice for an order',
      `${copied} WHERE brand_id = ? AND party = 'GUIDE'`,
      "DELETE FROM split_receiver WHERE brand_id = ? AND party_id = 'again'",
    ],
    [
      'split-04',
      'somebody was paid a fen more than the share',
      "UPDATE split_receiver SET amount_fen = amount_fen + 1 WHERE brand_id = ? AND party = 'BRAND'",
      "UPDATE split_receiver SET amount_fen = amount_fen - 1 WHERE brand_id = ? AND party = 'BRAND'",
    ],
    [
      'split-05',
      'a fen is frozen for no order',
      "UPDATE ledger_account SET balance_fen = balance_fen + 1 WHERE brand_id = ? AND code LIKE 'frozen:%'",
      "UPDATE ledger_account SET balance_fen = balance_fen - 1 WHERE brand_id = ? AND code LIKE 'frozen:%'",
    ],
    [
      'split-06',
      'a paid order has no entitlement',
      "UPDATE entitlement SET kind = 'LOST' WHERE brand_id = ? AND kind = 'ACCRUAL'",
      "UPDATE entitlement SET kind = 'ACCRUAL' WHERE brand_id = ? AND kind = 'LOST'",
    ],
    [
      'split-07',
      'a split is past the day on which the channel frees the money',
      "UPDATE split SET step = 'LOST', deadline_at = deadline_at - INTERVAL 99 DAY WHERE brand_id = ?",
      "UPDATE split SET step = 'DONE', deadline_at = deadline_at + INTERVAL 99 DAY WHERE brand_id = ?",
    ],
    [
      'split-08',
      'a refund was reversed by another amount',
      "UPDATE entitlement SET amount_fen = amount_fen + 1 WHERE brand_id = ? AND kind = 'REVERSAL'",
      "UPDATE entitlement SET amount_fen = amount_fen - 1 WHERE brand_id = ? AND kind = 'REVERSAL'",
    ],
    [
      'split-09',
      'a debt was settled by nothing',
      'UPDATE split_debt SET netted_fen = netted_fen + 1 WHERE brand_id = ?',
      'UPDATE split_debt SET netted_fen = netted_fen - 1 WHERE brand_id = ?',
    ],
    [
      'split-10',
      'a share that was paid is forgotten, so that it would be paid again',
      "UPDATE split_receiver SET state = 'CLOSED' WHERE brand_id = ? AND party = 'BRAND'",
      "UPDATE split_receiver SET state = 'SUCCESS' WHERE brand_id = ? AND party = 'BRAND'",
    ],
  ])('%s: %s', async (id, _, harm, mend) => {
    const { database } = e2e.bench;
    expect((await database.execute(harm, [e2e.brandId])).affectedRows).toBeGreaterThan(0);
    expect((await e2e.broken()).map((one) => one.id)).toContain(id);
    await database.execute(mend, [e2e.brandId]);
    expect(await e2e.broken()).toEqual([]);
  });
});
