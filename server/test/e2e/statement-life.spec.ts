import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { DAY_MS } from '@shuke/shared/kernel';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, fillShelves, headquarters } from './sale-steps.js';

jest.setTimeout(120_000);

const HOUR_MS = 3_600_000;
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());

const franchisee = (name: 'fa' | 'fb'): Promise<Api> => e2e.desk(`${name}-${e2e.brandId}`, 'a-long-password');
/** What the desk's first page says is waiting for a person. */
const todo = async (desk: Api): Promise<Record<string, number>> =>
  Object.fromEntries(((await desk.console.overview({ query: {} })).todo ?? []).map(({ kind, count }) => [kind, count]));

/** Who collects at the first franchisee's store from now on, as headquarters sets it. */
async function setCollectMode(collectMode: 'STORE' | 'BRAND'): Promise<void> {
  const { console: desk } = await headquarters(e2e);
  const store = (await desk.stores()).items.find(({ id }) => id === e2e.shop.north);
  await desk.updateStore({ params: { id: e2e.shop.north }, body: { version: store?.version ?? 0, collectMode } });
}

/** A new day with some sales at a store of the first franchisee, whose statement is out. */
async function published(sales = 1) {
  lin = await e2e.consumer('lin');
  const orders = [];
  for (let n = 0; n < sales; n += 1) orders.push(await buy(e2e, lin, { qty: n + 1 }));
  await e2e.pass(DAY_MS + HOUR_MS);
  const [statement] = (await (await franchisee('fa')).console.statements({ query: { state: 'PUBLISHED' } })).items;
  return { params: { franchiseeId: statement?.franchiseeId ?? '', day: statement?.day ?? '' }, orders };
}

describe('S6 a published statement', () => {
  it('is confirmed by its franchisee, who may think again for a day; then it is locked', async () => {
    const { params } = await published();
    let own = await franchisee('fa');
    expect(await own.console.confirmStatement({ params })).toMatchObject({
      state: 'CONFIRMED',
      history: [{ act: 'CONFIRM', by: 'fa', note: '' }],
    });
    await expect(own.console.confirmStatement({ params })).rejects.toMatchObject({ code: 'STATEMENT_STATE' });
    await expect(own.console.disputeStatement({ params, body: { note: '还是觉得不对' } })).rejects.toMatchObject({
      code: 'STATEMENT_STATE',
    });
    expect((await own.console.withdrawStatement({ params })).state).toBe('PUBLISHED');
    const again = await own.console.confirmStatement({ params });
    expect(again.locksAt).toBe(new Date(Date.parse(again.history.at(-1)?.at ?? '') + DAY_MS).toISOString());
    await e2e.pass(DAY_MS + HOUR_MS);
    own = await franchisee('fa');
    const locked = await own.console.statement({ params });
    expect([locked.state, locked.history.at(-1)?.act, locked.history.at(-1)?.by]).toEqual(['LOCKED', 'LOCK', '系统']);
    await expect(own.console.withdrawStatement({ params })).rejects.toMatchObject({ code: 'STATEMENT_STATE' });
  });

  it('is disputed by the line, answered by the line, and confirmed by its franchisee alone', async () => {
    const { params } = await published(2);
    const [own, other, hq] = [await franchisee('fa'), await franchisee('fb'), await headquarters(e2e)];
    const before = await own.console.statement({ params });
    const [first, second] = before.lines.map(({ storeId, seq }) => ({ storeId, seq }));
    if (!first || !second) throw new Error('two sales make two lines');
    const dispute = { params, body: { note: '手续费多扣了', lines: [first, second] } };
    await expect(other.console.disputeStatement(dispute)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(hq.console.disputeStatement(dispute)).rejects.toMatchObject({ status: 403 });
    const unknown = { params, body: { note: '手续费多扣了', lines: [{ ...first, seq: 999 }] } };
    await expect(own.console.disputeStatement(unknown)).rejects.toMatchObject({ code: 'STATEMENT_LINE' });
    await expect(hq.console.answerStatement({ params, body: { note: '还没有人问' } })).rejects.toMatchObject({
      code: 'STATEMENT_STATE',
    });
    const asked = await own.console.disputeStatement(dispute);
    expect([asked.state, asked.locksAt]).toEqual(['DISPUTED', null]);
    expect(asked.disputes.map(({ state }) => state)).toEqual(['OPEN', 'OPEN']);
    expect((await hq.console.statements({ query: { state: 'DISPUTED' } })).items).toHaveLength(1);
    expect(await todo(hq)).toEqual({ DISPUTE: 1 });
    await expect(hq.console.confirmStatement({ params })).rejects.toMatchObject({ status: 403 });

    const answered = await hq.console.answerStatement({ params, body: { note: '按 0.6% 算，到分', line: first } });
    expect(answered.disputes).toEqual([
      { ...first, state: 'ANSWERED' },
      { ...second, state: 'OPEN' },
    ]);
    expect(answered.history.at(-1)).toMatchObject({ act: 'ANSWER', note: '按 0.6% 算，到分', line: first });
    const back = await own.console.disputeStatement({ params, body: { note: '这笔退过货了', lines: [first] } });
    expect(back.disputes.map(({ state }) => state)).toEqual(['OPEN', 'OPEN']);
    await hq.console.answerStatement({ params, body: { note: '退货记在第二天' } });
    expect([await todo(hq), await todo(own), await todo(other)]).toEqual([{}, { ANSWERED: 1 }, {}]);
    await e2e.pass(8 * DAY_MS);
    expect((await (await franchisee('fa')).console.statement({ params })).state).toBe('DISPUTED');

    const after = await (await franchisee('fa')).console.confirmStatement({ params });
    expect([after.state, ...after.disputes.map(({ state }) => state)]).toEqual(['CONFIRMED', 'SETTLED', 'SETTLED']);
    expect(after.lines).toEqual(before.lines);
    const late = { params, body: { note: '再补一句', line: first } };
    await expect((await headquarters(e2e)).console.answerStatement(late)).rejects.toMatchObject({
      code: 'STATEMENT_STATE',
    });
  });

  it('that nobody objects to for a week is locked; a refund after that is a line of a later day and says so', async () => {
    const { params, orders } = await published();
    await e2e.pass(6 * DAY_MS);
    expect((await (await franchisee('fa')).console.statement({ params })).state).toBe('PUBLISHED');
    await e2e.pass(DAY_MS);
    const own = await franchisee('fa');
    const locked = await own.console.statement({ params });
    expect([locked.state, locked.history.map((step) => step.act)]).toEqual(['LOCKED', ['LOCK']]);
    const [order] = orders;
    lin = await e2e.consumer('lin');
    const refund = { reason: '不想要了', lines: [{ lineId: order?.lines[0]?.id ?? '', qty: 1 }] };
    await lin.api.mall.requestRefund({ params: { id: order?.id ?? '' }, body: refund });
    await e2e.pass(HOUR_MS);
    const [today] = (await own.console.statements({ query: { state: 'DRAFT' } })).items;
    const correction = await own.console.statement({ params: { ...params, day: today?.day ?? '' } });
    expect(correction.lines).toMatchObject([{ kind: 'REVERSAL', orderId: order?.id, correctsDay: params.day }]);
    expect((await own.console.statement({ params })).lines).toEqual(locked.lines);
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('S1 what the brand collected for a franchisee', () => {
  it('is owed by statement: locked lines are paid by one transfer to the fen, disputed ones wait', async () => {
    await e2e.pass(DAY_MS);
    await setCollectMode('BRAND');
    const { params } = await published(2);
    await setCollectMode('STORE');
    let [own, hq] = [await franchisee('fa'), await headquarters(e2e)];
    const { lines, payout } = await own.console.statement({ params });
    const [first, second] = lines;
    if (!first || !second) throw new Error('two sales make two lines');
    expect(lines.map((line) => line.payableFen)).toEqual(lines.map((line) => line.franchiseeFen));
    expect(payout).toEqual({ payableFen: first.payableFen + second.payableFen, paidFen: 0, frozenFen: 0 });
    const { franchiseeId, day } = params;
    const wish = {
      franchiseeId,
      days: [day],
      amountFen: payout.payableFen,
      paidOn: day,
      reference: 'ICBC-20261124-01',
    };
    const record = (change: Partial<typeof wish> = {}) => hq.console.recordPayout({ body: { ...wish, ...change } });
    await expect(record()).rejects.toMatchObject({ code: 'STATEMENT_STATE' });
    await expect(own.console.recordPayout({ body: wish })).rejects.toMatchObject({ status: 403 });

    const line = { storeId: second.storeId, seq: second.seq };
    await own.console.disputeStatement({ params, body: { note: '这笔运费没算进来', lines: [line] } });
    expect((await own.console.payables()).items).toMatchObject([
      { franchiseeId, dueFen: first.payableFen, frozenFen: second.payableFen, laterFen: 0, dayCount: 1 },
    ]);
    expect((await (await franchisee('fb')).console.payables()).items).toEqual([]);
    await expect(record()).rejects.toMatchObject({ code: 'PAYOUT_AMOUNT', detail: { dueFen: first.payableFen } });
    await expect(record({ amountFen: first.payableFen, paidOn: '2099-01-01' })).rejects.toMatchObject({
      code: 'PAYOUT_DATE',
    });
    const paid = await record({ amountFen: first.payableFen });
    expect(paid.days).toEqual([{ day, fen: first.payableFen }]);
    // The answer was lost and the same transfer is recorded again: there is one.
    expect((await record({ amountFen: first.payableFen })).id).toBe(paid.id);
    await expect(record({ amountFen: second.payableFen })).rejects.toMatchObject({ code: 'PAYOUT_REFERENCE' });
    const paidLine = { params, body: { note: '再看一眼', lines: [{ storeId: first.storeId, seq: first.seq }] } };
    await expect(own.console.disputeStatement(paidLine)).rejects.toMatchObject({ code: 'STATEMENT_LINE_PAID' });

    await hq.console.answerStatement({ params, body: { note: '运费在基数之外', line } });
    await own.console.confirmStatement({ params });
    await e2e.pass(DAY_MS + HOUR_MS);
    [own, hq] = [await franchisee('fa'), await headquarters(e2e)];
    expect(await own.console.payableDays({ params: { franchiseeId } })).toMatchObject([
      { day, state: 'LOCKED', dueFen: second.payableFen, frozenFen: 0 },
    ]);
    const rest = await record({ amountFen: second.payableFen, reference: 'ICBC-20261126-07' });
    expect((await own.console.statement({ params })).state).toBe('PAID');
    expect((await own.console.payables()).items).toEqual([]);
    expect(await e2e.broken()).toEqual([]);

    const cancel = { params: { id: rest.id }, body: { reason: '记错了银行流水' } };
    await expect((await franchisee('fb')).console.cancelPayout(cancel)).rejects.toMatchObject({ status: 403 });
    expect((await hq.console.cancelPayout(cancel)).cancelled).toMatchObject({ reason: '记错了银行流水' });
    await expect(hq.console.cancelPayout(cancel)).rejects.toMatchObject({ code: 'PAYOUT_CANCELLED' });
    expect((await own.console.statement({ params })).state).toBe('LOCKED');
    const again = await record({ amountFen: second.payableFen, reference: 'ICBC-20261126-07' });
    expect((await own.console.payouts()).items.map(({ id }) => id)).toEqual([again.id, rest.id, paid.id]);
    expect((await (await franchisee('fb')).console.payouts()).items).toEqual([]);
    expect((await own.console.statement({ params })).history.map((step) => step.act).slice(-3)).toEqual([
      'PAY',
      'UNPAY',
      'PAY',
    ]);
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('S6 the list of statements', () => {
  it('keeps with a day whoever it was published for, also when its store changes hands', async () => {
    const own = await franchisee('fa');
    const before = (await own.console.statements()).items.filter(({ state }) => state !== 'DRAFT');
    const other = (await (await franchisee('fb')).console.statements()).items;
    const { database } = e2e.bench;
    await database.execute(
      'UPDATE store s JOIN store o ON o.id = ? SET s.franchisee_id = o.franchisee_id WHERE s.id = ?',
      [e2e.shop.shanghai, e2e.shop.north],
    );
    await e2e.pass(HOUR_MS);
    const kept = (await own.console.statements()).items.filter(({ state }) => state !== 'DRAFT');
    expect(kept).toEqual(before);
    expect((await (await franchisee('fb')).console.statements()).items).toEqual(other);
    expect(await e2e.broken()).toEqual([]);
  });
});
