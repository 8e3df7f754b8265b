import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { Points, Wallet } from '../../src/modules/assets/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { terms } from '../../src/modules/coupons/testing/terms.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, headquarters } from './sale-steps.js';
import { TestPos, TestTill, type TillRow } from './test-till.js';

jest.setTimeout(120_000);

const SKU = 'XL1000-GN-0';
let e2e: E2e;
let lin: Buyer;
let pos: TestPos;
let till: TestTill;
let stores: Record<'lake' | 'north', string>;
let next = 0;
beforeAll(async () => {
  e2e = await openE2e();
  lin = await e2e.consumer('lin');
  pos = new TestPos(e2e, 'a-till-connector-of-thirty-letters');
  await pos.open();
  const codes = await e2e.bench.database.query<{ id: string; code: string }>(
    'SELECT id, code FROM store WHERE brand_id = ?',
    [e2e.brandId],
  );
  const codeOf = (id: string) => codes.find((one) => one.id === id)?.code ?? '';
  stores = { lake: codeOf(e2e.shop.lake), north: codeOf(e2e.shop.north) };
  till = new TestTill(pos, 'N1');
  await till.register(stores.north);
  await e2e.bench.unitOfWork.run('fill', async (tx) => {
    const lot = (kind: 'POINTS' | 'PRINCIPAL', amount: number) => ({
      lot: {
        kind,
        amount,
        originKind: 'ADJUST',
        originId: e2e.bench.ids.next(),
        title: '人工调整',
        storeId: e2e.shop.lake,
        expiresAt: null,
      },
      cause: { kind: 'ADJUST', ref: `ADJUST:${kind}`, title: '人工调整' },
    });
    const member = lin.memberId as MemberId;
    await e2e.app.get(Points).ledger.credit(tx, e2e.brandId, 'POINTS', member, [lot('POINTS', 5_000)]);
    await e2e.app.get(Wallet).ledger.credit(tx, e2e.brandId, 'WALLET', member, [lot('PRINCIPAL', 30_000)]);
  });
});
afterAll(async () => {
  expect(await e2e.broken()).toEqual([]);
  await e2e.close();
});

const act = (more: object) => {
  next += 1;
  return { deviceNo: till.deviceNo, sequence: next, ...more };
};
const memberCode = async () => (await lin.api.mall.memberCode()).code;
const payCode = async () => (await lin.api.mall.payCode()).code;
const points = async () => (await lin.api.mall.points()).available;
const wallet = async () => (await lin.api.mall.wallet()).availableFen;

async function coupon(more: Parameters<typeof terms>[0] = {}) {
  const hq = await headquarters(e2e);
  const { id } = await hq.console.createCouponTemplate({ body: template({ terms: terms(more) as never }) });
  await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
  return lin.api.mall.takeCoupon({ params: { id }, body: {} });
}
/** What each party has got or owes by one kind of entry. */
async function cleared(kind: string, subject: string): Promise<Record<string, number>> {
  const rows = await e2e.bench.database.query<{ party: string; fen: string }>(
    `SELECT l.party, SUM(l.fen) AS fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
     WHERE e.brand_id = ? AND e.kind = ? AND e.subject_id LIKE ? GROUP BY l.party`,
    [e2e.brandId, kind, subject],
  );
  return Object.fromEntries(rows.map((row) => [row.party.split(':')[0] ?? '', Number(row.fen)]));
}

describe('a price at the till', () => {
  const ask = (more: object) =>
    pos.call('POST', 'price', { storeCode: stores.north, lines: [{ skuCode: SKU, qty: 2 }], ...more });

  it('is the store’s own, names goods that it does not know, and takes the member’s coupon, points and wallet', async () => {
    const plain = await ask({
      lines: [
        { skuCode: SKU, qty: 2 },
        { skuCode: 'NOPE', qty: 1 },
      ],
    });
    expect(plain).toMatchObject({ totalFen: 200_000, cashFen: 200_000, unknownSkus: ['NOPE'], bestCouponIds: [] });
    const { id } = await coupon();
    const before = [await points(), await wallet()];
    const wish = { memberId: lin.memberId, couponIds: [id], points: 1_000, walletFen: 20_000 };
    const priced = await ask(wish);
    expect(priced).toMatchObject({ goodsFen: 200_000, totalFen: 194_000, walletFen: 20_000, cashFen: 174_000 });
    expect(priced['bestCouponIds']).toContain(id);
    // A question changes nothing.
    expect([await points(), await wallet()]).toEqual(before);
    expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('AVAILABLE');
  });

  it('is refused for a store that is not the brand’s, and for baskets that are none', async () => {
    await expect(ask({ storeCode: 'S999' })).rejects.toThrow('404: {"code":"TILL_STORE"');
    for (const wrong of [{ lines: [] }, { lines: [{ skuCode: SKU, qty: 0 }] }, { points: -1 }, { walletFen: 1.5 }])
      await expect(ask(wrong)).rejects.toThrow('answers 400');
    const stranger = new TestPos(e2e, 'a-key-that-nobody-has-ever-given-out');
    await expect(stranger.call('POST', 'price', { storeCode: stores.north, lines: [] })).rejects.toThrow('answers 401');
  });
});

describe('a coupon at the till', () => {
  it('is taken in once under its number, charged to its bearers, and not for another act or another till', async () => {
    const { id, code } = await coupon();
    const wish = act({ code, amountFen: 80_000 });
    const receipts = await Promise.all([wish, wish].map((body) => pos.call('POST', 'coupons/redeem', body)));
    const again = await pos.call('POST', 'coupons/redeem', wish);
    expect(again).toMatchObject({ amountFen: 5_000, state: 'DONE', isRepeated: true });
    expect(new Set([...receipts, again].map((one) => one['id'])).size).toBe(1);
    expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('USED');
    expect(await cleared('COUPON_USE', `${id}:%`)).toEqual({ STORE: 5_000, HQ: -3_000, FRANCHISEE: -2_000 });
    const other = { ...wish, amountFen: 90_000 };
    await expect(pos.call('POST', 'coupons/redeem', other)).rejects.toThrow('TILL_SEQUENCE');
    await expect(pos.call('POST', 'coupons/redeem', act({ code, amountFen: 80_000 }))).rejects.toThrow(
      'COUPON_NOT_USABLE',
    );
    next -= 1;
  });

  it('is refused in a store where it does not count, below its threshold, and when nobody has such a code', async () => {
    const lakeOnly = await coupon({ stores: { ...terms().stores, mode: 'LIST', storeIds: [e2e.shop.lake] } });
    const dear = await coupon({ thresholdFen: 50_000 });
    const refused = (wish: object) => expect(pos.call('POST', 'coupons/redeem', { ...act(wish) })).rejects;
    await refused({ code: lakeOnly.code, amountFen: 80_000 }).toThrow('这家店不在券的可用门店内');
    await refused({ code: dear.code, amountFen: 40_000 }).toThrow('COUPON_NOT_USABLE');
    await refused({ code: '0000000000', amountFen: 40_000 }).toThrow('404: {"code":"COUPON_CODE"');
    await refused({ code: 'x', amountFen: 40_000 }).toThrow('answers 400');
    await refused({ code: dear.code, amountFen: -1 }).toThrow('answers 400');
    // What was refused has used no number.
    next -= 5;
    expect((await pos.call('GET', 'devices', undefined)) as unknown).toMatchObject([{ lastSequence: 1, missing: 0 }]);
  });
});

describe('points at the till', () => {
  it('leave once under their number and code, and the store gets what they are worth from who bears them', async () => {
    const before = await points();
    const wish = act({ code: await memberCode(), points: 1_000, amountFen: 5_000 });
    const receipts = await Promise.all([wish, wish].map((body) => pos.call('POST', 'points', body)));
    receipts.push(await pos.call('POST', 'points', wish));
    expect(new Set(receipts.map((one) => one['id'])).size).toBe(1);
    expect(receipts[2]).toMatchObject({ amountFen: 1_000, state: 'DONE', isRepeated: true });
    expect(await points()).toBe(before - 1_000);
    expect(await cleared('POINTS_USE', String(receipts[2]?.['id']))).toEqual({ STORE: 1_000, HQ: -1_000 });
    await expect(pos.call('POST', 'points', act({ ...wish, sequence: next + 1 }))).rejects.toThrow('CODE_USED');
    next -= 1;
  });

  it('are refused when they are too many, no multiple, worth more than the goods, or the code is wrong or old', async () => {
    const before = await points();
    const refused = async (wish: object, why: string) => {
      const sent = {
        deviceNo: till.deviceNo,
        sequence: next + 1,
        code: await memberCode(),
        amountFen: 90_000,
        ...wish,
      };
      await expect(pos.call('POST', 'points', sent)).rejects.toThrow(why);
    };
    await refused({ points: 9_000 }, 'POINTS_NOT_ENOUGH');
    await refused({ points: 150 }, 'TILL_POINTS');
    await refused({ points: 1_000, amountFen: 900 }, 'TILL_POINTS');
    await refused({ points: 0 }, 'answers 400');
    await refused({ points: 1_000, code: '29000000000000000000' }, 'CODE_INVALID');
    const old = await memberCode();
    await e2e.sims.clock.advance(61_000);
    await refused({ points: 1_000, code: old }, 'CODE_EXPIRED');
    expect(await points()).toBe(before);
  });
});

describe('the wallet at the till', () => {
  it('pays once under its number, and with its number only what was asked', async () => {
    const before = await wallet();
    const wish = act({ code: await payCode(), amountFen: 6_000, note: '大衣' });
    const receipts = await Promise.all([wish, wish].map((body) => pos.call('POST', 'wallet', body)));
    expect(new Set(receipts.map((one) => one['id'])).size).toBe(1);
    expect(await pos.call('POST', 'wallet', wish)).toMatchObject({ amountFen: 6_000, state: 'DONE', isRepeated: true });
    expect(await wallet()).toBe(before - 6_000);
    await expect(pos.call('POST', 'wallet', { ...wish, amountFen: 7_000 })).rejects.toThrow('TILL_SEQUENCE');
    // Topped up by the lake, spent in the north: the lake has the money and owes it.
    const [use] = await e2e.bench.database.query<{ n: string }>(
      "SELECT SUM(l.fen) AS n FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id WHERE e.brand_id = ? AND e.kind = 'WALLET_USE' AND l.party = ?",
      [e2e.brandId, `STORE:${e2e.shop.north}`],
    );
    expect(Number(use?.n)).toBe(6_000);
  });

  it('is refused when it holds less, for a code that only says who somebody is, and to a till of another connector', async () => {
    const before = await wallet();
    const sent = { deviceNo: till.deviceNo, sequence: next + 1, amountFen: 1_000 };
    const refused = (body: object) => expect(pos.call('POST', 'wallet', body)).rejects;
    await refused({ ...sent, code: await payCode(), amountFen: before + 1 }).toThrow(/WALLET_NOT_ENOUGH/);
    await refused({ ...sent, code: await memberCode() }).toThrow('CODE_INVALID');
    await refused({ ...sent, code: await payCode(), amountFen: 0 }).toThrow('answers 400');
    const other = new TestPos(e2e, 'another-connector-of-thirty-letters');
    await other.open();
    const code = await payCode();
    await expect(other.call('POST', 'wallet', { ...sent, code })).rejects.toThrow('404: {"code":"TILL_UNKNOWN"');
    expect(await wallet()).toBe(before);
  });
});

const growth = async () =>
  Number(
    (
      await e2e.bench.database.query<{ n: string }>(
        "SELECT balance AS n FROM asset_account WHERE brand_id = ? AND owner_id = ? AND asset = 'GROWTH'",
        [e2e.brandId, lin.memberId],
      )
    )[0]?.n ?? 0,
  );
const pending = async () => (await lin.api.mall.points()).pending;

describe('a sale that was paid in parts and comes back', () => {
  it('gives its points and its growth once, and loses them piece by piece, whichever till takes the goods and however often it says so', async () => {
    const before = [await growth(), await pending()];
    const since = async () => [(await growth()) - (before[0] ?? 0), (await pending()) - (before[1] ?? 0)];
    const paid = act({ code: await payCode(), amountFen: 10_000 });
    await pos.call('POST', 'wallet', paid);
    const line = { skuCode: SKU, name: '羽绒服', qty: 3, unitPriceFen: 10_000 };
    const row = (more: Partial<TillRow>): TillRow => ({
      sequence: 0,
      kind: 'SALE',
      externalNo: 'parts',
      happenedAt: new Date(e2e.sims.clock.now()).toISOString(),
      lines: [line],
      ...more,
    });
    const sale = row({ sequence: next + 1, paidBy: [paid.sequence] });
    expect((await till.send([sale])).results[0]?.result).toBe('CREATED');
    await e2e.work(5);
    // 300 less the wallet's 100 was paid in cash.
    expect(await since()).toEqual([30_000, 200]);
    const lake = new TestTill(pos, 'L1');
    await lake.register(stores.lake);
    const back = (sequence: number, externalNo: string) =>
      row({ sequence, externalNo, kind: 'RETURN', ofExternalNo: 'parts', lines: [{ ...line, qty: 1 }] });
    for (let time = 0; time < 2; time += 1) {
      await lake.send([back(1, 'parts-r1')]);
      await e2e.work(5);
    }
    expect(await since()).toEqual([20_000, 133]);
    const more = [back(next + 2, 'parts-r2'), back(next + 3, 'parts-r3')];
    for (let time = 0; time < 2; time += 1) await till.send(more);
    await e2e.work(5);
    expect(await since()).toEqual([0, 0]);
    expect((await till.send([back(next + 4, 'parts-r4')])).results[0]?.result).toBe('REFUSED');
    next += 4;
  });

  it('loses points, growth and what the coupon’s bearers bear also by returns that another system pushes, before the sale or after', async () => {
    const before = [await growth(), await pending()];
    const since = async () => [(await growth()) - (before[0] ?? 0), (await pending()) - (before[1] ?? 0)];
    const happenedAt = new Date(e2e.sims.clock.now()).toISOString();
    const line = { skuCode: SKU, name: '羽绒服', qty: 3, unitPriceFen: 20_000 };
    const pushBack = async (externalNo: string, ofExternalNo: string, qty: number) => {
      const order = { kind: 'RETURN', externalNo, ofExternalNo, storeCode: stores.lake, soldAt: happenedAt };
      const answer = await pos.call('POST', 'orders', { orders: [{ ...order, lines: [{ ...line, qty }] }] });
      return answer.results[0]?.result;
    };
    const taken = await coupon();
    const signed = await coupon();
    const paid = act({ code: taken.code, amountFen: 60_000 });
    await pos.call('POST', 'coupons/redeem', paid);
    const { qrText: token } = await lin.api.mall.showCoupon({ params: { id: signed.id } });
    const sale = (externalNo: string, more: object) => {
      next += 1;
      return { sequence: next, kind: 'SALE' as const, externalNo, happenedAt, lines: [line], ...more };
    };
    expect(await pushBack('cut-r1', 'cut', 1)).toBe('WAITING');
    expect(await pushBack('cut2-r1', 'cut2', 1)).toBe('WAITING');
    const sales = [sale('cut', { paidBy: [paid.sequence] }), sale('cut2', { coupon: { token, discountFen: 5_000 } })];
    const rows = sales.map((one) => ({ ...one, memberId: lin.memberId }));
    expect((await till.send(rows)).results.map((one) => one.result)).toEqual(['CREATED', 'CREATED']);
    await e2e.work(10);
    // 600 less 50; a third of it came back at what was paid for it, and a third of the 50 is nobody's cost.
    expect(await since()).toEqual([2 * (55_000 - 18_333), 2 * 366]);
    for (const { id } of [taken, signed])
      expect(await cleared('COUPON_BACK', `${id}:%`)).toEqual({ STORE: -1_666, HQ: 1_000, FRANCHISEE: 666 });
    expect(await pushBack('cut-r1', 'cut', 1)).toBe('EXISTS');
    const rest = { sequence: next + 1, kind: 'RETURN' as const, externalNo: 'cut-r2', ofExternalNo: 'cut', happenedAt };
    expect((await till.send([{ ...rest, lines: [{ ...line, qty: 2 }] }])).results[0]?.result).toBe('CREATED');
    next += 1;
    expect(await pushBack('cut2-r2', 'cut2', 2)).toBe('CREATED');
    expect(await pushBack('cut2-r3', 'cut2', 1)).toBe('REFUSED');
    await e2e.work(10);
    expect(await since()).toEqual([0, 0]);
    for (const { id } of [taken, signed])
      expect(await cleared('COUPON_BACK', `${id}:%`)).toEqual({ STORE: -5_000, HQ: 3_000, FRANCHISEE: 2_000 });
  });
});
