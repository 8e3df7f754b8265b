import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { businessDay, DAY_MS, startOfBusinessDay } from '@shuke/shared/kernel';
import { splitBill } from '../../../simulators/src/wechat-pay/account-bills.js';
import { tradeBill } from '../../../simulators/src/wechat-pay/trade-bill.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { SERVICE_PROVIDER } from '../harness/test-world.js';
import { soldAndSplit } from './money-journeys.js';
import { type Buyer, buy, fillShelves, headquarters, payOnPhone, settle, submit } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  await e2e.pass(DAY_MS);
});
afterAll(() => e2e.close());
beforeEach(async () => {
  lin = await e2e.consumer('lin');
});

const today = () => businessDay(e2e.sims.clock.now());
/** Eleven in the morning of the next day, when the bills of this one are there. */
async function nextMorning(): Promise<void> {
  const eleven = startOfBusinessDay(today()) + DAY_MS + 11 * 3_600_000;
  await e2e.pass(eleven - e2e.sims.clock.now());
  lin = await e2e.consumer('lin');
}
const differences = () =>
  e2e.bench.database.query<{
    class: string;
    ref: string;
    status: string;
    owner: string;
    resolution: string | null;
    theirs: unknown;
  }>('SELECT class, ref, status, owner, resolution, theirs FROM bill_difference WHERE brand_id = ? ORDER BY id', [
    e2e.brandId,
  ]);
const open = async () =>
  (await differences()).filter((one) => one.status === 'OPEN').map((one) => [one.class, one.ref]);
const forget = () => e2e.bench.database.execute('DELETE FROM bill_difference WHERE brand_id = ?', [e2e.brandId]);
const orderNo = (id: string) => `P${id}`;

/** Writes today's trade bill of the service provider before WeChat does, bent in one place. */
function bend(change: (text: string) => string, what: 'trade' | 'split' = 'trade'): void {
  const { sim } = e2e.sims.pay;
  const day = today();
  const text =
    what === 'trade'
      ? tradeBill(sim, { owner: SERVICE_PROVIDER, day, type: 'ALL' })
      : splitBill(sim, SERVICE_PROVIDER, undefined, day);
  const name = what === 'trade' ? 'trade-ALL-all' : 'split-all';
  const bent = change(text ?? '');
  expect(bent).not.toBe(text);
  sim.state.bills[`${SERVICE_PROVIDER}/${name}/${day}`] = bent;
}
/** The bill without the lines that name a number. */
const without = (part: string) => (text: string) =>
  text
    .split('\r\n')
    .filter((line) => !line.includes(part))
    .join('\r\n');

/** A payment of which neither WeChat's callback nor an answer to our own questions reaches us: only the bill knows. */
async function payUnheard() {
  const order = await submit(e2e, lin);
  e2e.sims.core.faults.add({ target: 'pay', path: 'TRANSACTION.SUCCESS', kind: 'drop-callback', times: 99 });
  await payOnPhone(e2e, lin, order.id);
  await e2e.bench.database.execute('UPDATE payment SET next_check_at = NULL WHERE brand_id = ? AND out_trade_no = ?', [
    e2e.brandId,
    orderNo(order.id),
  ]);
  await e2e.bench.database.execute('UPDATE sales_order SET due_at = ? WHERE brand_id = ? AND id = ?', [
    new Date(e2e.sims.clock.now() + 3 * DAY_MS),
    e2e.brandId,
    order.id,
  ]);
  return order;
}

describe('the channel’s bills and our books', () => {
  it('agree after sales, splits and refunds, day after day', async () => {
    const id = await soldAndSplit(e2e, lin);
    lin = await e2e.consumer('lin');
    const refunded = await buy(e2e, lin, { qty: 2 });
    await lin.api.mall.requestRefund({
      params: { id: refunded.id },
      body: { reason: '不合适', lines: [{ lineId: refunded.lines[0]?.id ?? '', qty: 1 }] },
    });
    await settle(e2e, 100);
    await nextMorning();
    await nextMorning();
    expect(await differences()).toEqual([]);
    const lines = await e2e.bench.database.query<{ kind: string; n: string }>(
      "SELECT kind, COUNT(*) AS n FROM bill_line WHERE brand_id = ? AND state = 'DONE' GROUP BY kind ORDER BY kind",
      [e2e.brandId],
    );
    expect(Object.fromEntries(lines.map((row) => [row.kind, Number(row.n)]))).toEqual({ PAY: 2, REFUND: 1, SPLIT: 2 });
    expect(id).not.toBe('');
  });

  it('agree about a wallet that was topped up and whose balance went back', async () => {
    const tier = { payFen: 9_900, bonusFen: 0, points: 0, couponTemplateId: null, bonusDays: 365 };
    const rules = { storeIds: null, perMemberTimes: null, perMemberDays: null, tiers: [tier] };
    const desk = await headquarters(e2e);
    await desk.console.createTopUpActivity({
      body: { name: '储值', startsAt: '2026-11-01T00:00:00.000Z', endsAt: null, ...rules },
    });
    const { mall } = lin.api;
    const { items, agreement } = await mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
    const { id } = await mall.topUp({
      body: { storeId: e2e.shop.lake, tierId: items[0]?.id ?? '', agreementVersion: agreement.version },
    });
    const { package: prepay } = await mall.payTopUp({ params: { id } });
    e2e.sims.pay.pay({ prepayId: prepay.replace('prepay_id=', ''), openid: lin.openid });
    await e2e.work();
    await mall.requestBalanceRefund({ body: { expectedFen: 9_900 } });
    await e2e.work(30);
    expect((await mall.walletRefunds()).items).toMatchObject([{ state: 'DONE', route: 'ORIGINAL' }]);
    await nextMorning();
    expect(await open()).toEqual([]);
  });

  it('pay-37 a bill with a wrong hash is not taken in, is named, and is taken in once it is right', async () => {
    await buy(e2e, lin);
    const body = { 交易时间: 'not the bill' };
    e2e.sims.core.faults.add({
      target: 'pay',
      method: 'GET',
      path: '/billdownload/',
      kind: '5xx',
      status: 200,
      times: 1,
      body,
    });
    const day = today();
    await nextMorning();
    expect(await open()).toEqual([['FILE', `TRADE/${day}`]]);
    e2e.sims.core.faults.clear();
    await e2e.pass(3_600_000);
    const days = await e2e.bench.database.query<{ state: string }>(
      "SELECT DISTINCT state FROM bill_day WHERE brand_id = ? AND state NOT IN ('DONE','EMPTY')",
      [e2e.brandId],
    );
    expect(days).toEqual([]);
    expect(await open()).toEqual([]);
    await forget();
  });

  it('pay-38 a payment that we have not heard of is found by the bill, asked for and booked', async () => {
    const order = await payUnheard();
    await nextMorning();
    e2e.sims.core.faults.clear();
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('TO_PICKUP');
    const [found] = await differences();
    expect(found).toMatchObject({ class: 'STATE', ref: orderNo(order.id), status: 'RESOLVED', owner: '总部财务' });
    expect(found?.resolution).toMatch(/查询并补记/);
    await forget();
  });

  it('pay-38 asks again until WeChat answers about a payment that only the bill knows', async () => {
    const order = await payUnheard();
    e2e.sims.core.faults.add({ target: 'pay', method: 'GET', path: '/out-trade-no/', kind: '5xx', times: 99 });
    await nextMorning();
    expect(await open()).toEqual([['STATE', orderNo(order.id)]]);
    e2e.sims.core.faults.clear();
    await e2e.pass(3_600_000);
    expect(await open()).toEqual([]);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('TO_PICKUP');
    await forget();
  });

  it('pay-37 a bill that cannot be read is put off and named, and keeps no other bill waiting', async () => {
    await buy(e2e, lin);
    const day = today();
    let right = '';
    bend((text) => {
      right = text;
      return text.replace('`1000.00', '`1e3');
    });
    await nextMorning();
    expect(await open()).toEqual([['FILE', `TRADE/${day}`]]);
    const states = await e2e.bench.database.query<{ kind: string; state: string }>(
      'SELECT kind, state FROM bill_day WHERE brand_id = ? AND account_id = (SELECT account_id FROM bill_difference WHERE brand_id = ?) AND business_day = ? ORDER BY kind',
      [e2e.brandId, e2e.brandId, day],
    );
    expect(states.map((row) => `${row.kind} ${row.state}`)).toEqual(['SPLIT EMPTY', 'TRADE REFUSED']);
    e2e.sims.pay.sim.state.bills[`${SERVICE_PROVIDER}/trade-ALL-all/${day}`] = right;
    await e2e.pass(3_600_000);
    expect(await open()).toEqual([]);
    await forget();
  });

  it('pay-40 names a refund that somebody asked for at WeChat itself, though its line never says that it succeeded', async () => {
    const bought = await buy(e2e, lin, { qty: 2 });
    await lin.api.mall.requestRefund({
      params: { id: bought.id },
      body: { reason: '不合适', lines: [{ lineId: bought.lines[0]?.id ?? '', qty: 1 }] },
    });
    await settle(e2e, 100);
    bend((text) => {
      const line = text.split('\r\n').find((one) => one.includes('`REFUND')) ?? '';
      const asked = line.replace('`ORIGINAL,`SUCCESS', '`ORIGINAL,`PROCESSING');
      return text.replace(line, `${asked}\r\n${asked.replace(/`R(\d+)/, '`HANDMADE01')}`);
    });
    await nextMorning();
    expect(await open()).toEqual([['LONG', 'HANDMADE01']]);
    const hq = await headquarters(e2e);
    const [found] = (await hq.console.billDifferences({ query: { status: 'OPEN' } })).items;
    expect(found).toMatchObject({ class: 'LONG', gapFen: 100_000, theirs: { kind: 'REFUND', isDone: false } });
    await forget();
  });

  it('pay-39 a payment that a bill misses is settled when a later bill brings it', async () => {
    const late = await buy(e2e, lin);
    let line = '';
    bend((text) => {
      line = text.split('\r\n').find((one) => one.includes(orderNo(late.id))) ?? '';
      return without(orderNo(late.id))(text);
    });
    await nextMorning();
    await nextMorning();
    expect(await open()).toEqual([['SHORT', orderNo(late.id)]]);
    await buy(e2e, lin);
    bend((text) => text.replace('\r\n', `\r\n${line}\r\n`));
    await nextMorning();
    expect(await open()).toEqual([]);
    expect((await differences()).map((one) => one.resolution)).toEqual([expect.stringContaining('账单里有这一笔')]);
    await forget();
  });

  it('pay-38 money that nobody can name waits in suspense, and headquarters is told', async () => {
    const known = await buy(e2e, lin);
    bend((text) => text.replaceAll(orderNo(known.id), 'PSTRANGER01'));
    await nextMorning();
    expect(await open()).toEqual([['LONG', 'PSTRANGER01']]);
    const [suspense] = await e2e.bench.database.query<{ balance_fen: string }>(
      "SELECT balance_fen FROM ledger_account WHERE brand_id = ? AND code LIKE 'suspense:%'",
      [e2e.brandId],
    );
    expect(Number(suspense?.balance_fen)).toBe(100_000);
    expect((await e2e.broken()).map((one) => one.id)).toContain('bill-01');
    await nextMorning();
    expect(await open()).toEqual([
      ['LONG', 'PSTRANGER01'],
      ['SHORT', orderNo(known.id)],
    ]);
    await forget();
  });

  it('pay-39 a payment at midnight that stands in the next day’s bill is no difference; one in no bill is named and not undone', async () => {
    const [moved, lost] = [await buy(e2e, lin), await buy(e2e, lin)];
    const day = today();
    let line = '';
    bend((text) => {
      line = text.split('\r\n').find((one) => one.includes(orderNo(moved.id))) ?? '';
      return without(orderNo(lost.id))(without(orderNo(moved.id))(text));
    });
    await nextMorning();
    expect(await open()).toEqual([]);
    await buy(e2e, lin);
    bend((text) => text.replace('\r\n', `\r\n${line}\r\n`));
    expect(today()).not.toBe(day);
    await nextMorning();
    expect(await open()).toEqual([['SHORT', orderNo(lost.id)]]);
    expect((await lin.api.mall.order({ params: { id: lost.id } })).state).toBe('TO_PICKUP');
    await forget();
  });

  it('pay-40 names a different amount, fee and receiver, each with both sides, and changes no posting', async () => {
    const amount = await buy(e2e, lin);
    const fee = await buy(e2e, lin);
    const before = await e2e.bench.database.query('SELECT COUNT(*) AS n FROM posting WHERE brand_id = ?', [
      e2e.brandId,
    ]);
    bend((text) =>
      text
        .split('\r\n')
        .map((line) => {
          if (line.includes(orderNo(amount.id))) return line.replaceAll('`1000.00', '`1001.00');
          return line.includes(orderNo(fee.id)) ? line.replace('`6.00', '`6.01') : line;
        })
        .join('\r\n'),
    );
    await nextMorning();
    expect(await open()).toEqual(
      expect.arrayContaining([
        ['AMOUNT', orderNo(amount.id)],
        ['FEE', orderNo(fee.id)],
      ]),
    );
    expect(
      await e2e.bench.database.query('SELECT COUNT(*) AS n FROM posting WHERE brand_id = ?', [e2e.brandId]),
    ).toEqual(before);
    await forget();
    const id = await soldAndSplit(e2e, lin);
    bend(without('分账,`成功,`导购佣金'), 'split');
    await nextMorning();
    await nextMorning();
    const [missing] = await differences();
    expect([missing?.class, missing?.status]).toEqual(['SHORT', 'OPEN']);
    expect(id).not.toBe('');
    const hq = await headquarters(e2e);
    const [row] = (await hq.console.billDifferences({ query: { status: 'OPEN' } })).items;
    const { receiver } = await hq.console.billDifference({ params: { id: row?.id ?? '' } });
    const guide = await e2e.shop.organization.guide(e2e.brandId, e2e.shop.guides.north);
    expect(receiver).toEqual({ name: guide?.name, account: missing?.ref.split('/')[1] });
  });

  it('S5 a difference is seen with both sides by headquarters and the store’s owner, is assigned, and is closed once with a note', async () => {
    await forget();
    const bought = await buy(e2e, lin);
    bend((text) =>
      text
        .split('\r\n')
        .map((line) => (line.includes(orderNo(bought.id)) ? line.replaceAll('`1000.00', '`1001.00') : line))
        .join('\r\n'),
    );
    await nextMorning();
    const hq = await headquarters(e2e);
    const [mine, theirs] = await Promise.all(
      ['fa', 'fb'].map((name) => e2e.desk(`${name}-${e2e.brandId}`, 'a-long-password')),
    );
    const [found] = (await hq.console.billDifferences({ query: { status: 'OPEN' } })).items;
    expect(found).toMatchObject({
      class: 'AMOUNT',
      bill: 'TRADE',
      ref: orderNo(bought.id),
      orderId: bought.id,
      orderNo: bought.orderNo,
      storeId: e2e.shop.north,
      gapFen: 100,
      owner: '总部财务',
      isMine: false,
      ours: { amountFen: 100_000, isDone: true },
      theirs: { amountFen: 100_100, isDone: true },
    });
    const params = { id: found?.id ?? '' };
    expect((await mine?.console.billDifferences())?.items.map((one) => one.id)).toEqual([params.id]);
    expect((await theirs?.console.billDifferences())?.items).toEqual([]);
    await expect(theirs?.console.billDifference({ params })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(mine?.console.closeBillDifference({ params, body: { note: '我说没事' } })).rejects.toMatchObject({
      status: 403,
    });
    const me = await hq.console.me();
    const assigned = await hq.console.assignBillDifference({ params, body: { userId: me.id } });
    expect(assigned).toMatchObject({ owner: me.name, isMine: true });
    expect((await hq.console.billDays()).filter((day) => day.open > 0)).toMatchObject([
      {
        bill: 'TRADE',
        open: 1,
        merchantName: expect.stringMatching(/\S/),
        mchid: SERVICE_PROVIDER,
        collectMode: 'STORE',
      },
    ]);
    const closes = await Promise.allSettled(
      [0, 1].map(() => hq.console.closeBillDifference({ params, body: { note: '微信确认多记一元，已更正' } })),
    );
    expect(closes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const closed = await hq.console.billDifference({ params });
    expect(closed).toMatchObject({ status: 'RESOLVED', resolution: '微信确认多记一元，已更正' });
    expect(closed.history.map((step) => step.by)).toEqual(['系统', me.name, me.name]);
    await expect(hq.console.assignBillDifference({ params, body: { userId: me.id } })).rejects.toMatchObject({
      code: 'DIFFERENCE_CLOSED',
    });
    await forget();
  });
});
