import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asId, fen, type Id, type MemberId, type OrderId, type StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { AssetLedger, AssetSweeps, assetInvariants, MoveAssets } from '../asset-ledger/index.js';
import { Clearing } from '../clearing/index.js';
import { Members } from '../members/index.js';
import { AssetSettings } from './application/asset-settings.js';
import { Codes } from './application/codes.js';
import { InStorePayments } from './application/in-store-payments.js';
import { UndoPayment } from './application/undo-payment.js';
import { Wallet } from './application/wallet.js';
import { DEFAULT_POINTS_RULE } from './domain/points-rule.js';
import { testPoints } from './testing/test-points.js';

const DAY = 86_400_000;
const [east, west] = ['501', '502'].map((id) => asId<'store'>(id)) as [StoreId, StoreId];

let bench: TestBench;
let ledger: AssetLedger;
let wallet: Wallet;
let points: ReturnType<typeof testPoints>;
let settings: AssetSettings;
let members: Members;

beforeAll(async () => {
  bench = await openTestBench();
  ledger = new AssetLedger(bench.ids);
  settings = new AssetSettings(bench.database, bench.unitOfWork, bench.clock);
  wallet = new Wallet(ledger, new Clearing(bench.ids), settings);
  points = testPoints(bench, ledger, settings);
  members = new Members(bench.database, bench.ids, testLevels(bench));
});
afterAll(() => bench.close());

const order = () => bench.ids.next<'order'>() as OrderId;
const soon = () => new Date(bench.clock.now() + DAY);
const day = () => bench.clock.date();

async function person(): Promise<MemberId> {
  const id = bench.ids.next<'member'>() as MemberId;
  await bench.unitOfWork.run('member', (on) =>
    members.createMembers(on, bench.brandId, [{ id, nickname: '小满', origin: 'IMPORT', identifiers: [] }]),
  );
  return id;
}

/** A top-up of principal and bonus, sold by a store. */
async function topUp(memberId: MemberId, principal: number, bonus: number, storeId = east, days: number | null = null) {
  const pairId = bench.ids.next();
  const origin = { originKind: 'TEST', originId: pairId, pairId, storeId, title: '充值' };
  const cause = (part: string) => ({ kind: 'TOP_UP', ref: `T:${pairId}:${part}`, title: '充值' });
  const expiresAt = days === null ? null : new Date(bench.clock.now() + days * DAY);
  await bench.unitOfWork.run('top up', (on) =>
    ledger.credit(on, bench.brandId, 'WALLET', memberId, [
      { lot: { ...origin, kind: 'PRINCIPAL', amount: principal }, cause: cause('P') },
      { lot: { ...origin, kind: 'BONUS', amount: bonus, expiresAt }, cause: cause('B') },
    ]),
  );
}
const balance = (memberId: MemberId) => wallet.balance(bench.database, bench.brandId, memberId);
const hold = (memberId: MemberId, orderId: OrderId, amount: number, storeId = east) =>
  bench.unitOfWork.run('hold', (on) =>
    wallet.hold(on, { brandId: bench.brandId, memberId, orderId, amountFen: fen(amount), storeId, until: soon() }),
  );
const capture = (orderId: OrderId) =>
  bench.unitOfWork.run('capture', (on) => wallet.capture(on, bench.brandId, orderId));
const refund = (orderId: OrderId, amount: number, refundId: Id = bench.ids.next()) =>
  bench.unitOfWork.run('refund', (on) =>
    wallet.refund(on, { brandId: bench.brandId, orderId, refundId, amountFen: fen(amount) }),
  );
const holds = async () => {
  for (const one of assetInvariants)
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};

describe('the wallet', () => {
  it('lets exactly as many of fifty parallel holds through as the balance covers', async () => {
    const memberId = await person();
    await topUp(memberId, 10_000, 2_000);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => hold(memberId, order(), 1_000)));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(12);
    for (const one of results.filter((result) => result.status === 'rejected'))
      expect((one as PromiseRejectedResult).reason).toMatchObject({ code: 'WALLET_NOT_ENOUGH' });
    expect(await balance(memberId)).toMatchObject({ heldFen: 12_000, availableFen: 0 });
    await holds();
  });

  it('pain-25: brings a refund back to the same lots in the same proportion, however often it is asked for', async () => {
    const memberId = await person();
    await topUp(memberId, 30_000, 10_000);
    const orderId = order();
    await hold(memberId, orderId, 20_000);
    await capture(orderId);
    await capture(orderId);
    expect(await balance(memberId)).toMatchObject({ principalFen: 15_000, bonusFen: 5_000 });
    const refundId = bench.ids.next();
    await refund(orderId, 8_000, refundId);
    await refund(orderId, 8_000, refundId);
    expect(await balance(memberId)).toMatchObject({ principalFen: 21_000, bonusFen: 7_000 });
    await refund(orderId, 12_000);
    expect(await balance(memberId)).toMatchObject({ principalFen: 30_000, bonusFen: 10_000 });
    await expect(refund(orderId, 1)).rejects.toThrow();
    await holds();
  });

  it('notes what the selling store owes the using store, and takes it back with the refund', async () => {
    const memberId = await person();
    await topUp(memberId, 5_000, 1_000, west);
    const orderId = order();
    await hold(memberId, orderId, 3_000);
    await capture(orderId);
    await refund(orderId, 1_200);
    const legs = await bench.database.query<{ party: string; fen: string }>(
      "SELECT l.party, SUM(l.fen) AS fen FROM clearing_leg l JOIN clearing_entry e ON e.brand_id = l.brand_id AND e.id = l.entry_id WHERE l.brand_id = ? AND e.kind IN ('WALLET_USE','WALLET_REFUND') GROUP BY l.party ORDER BY l.party",
      [bench.brandId],
    );
    expect(legs.map((leg) => [leg.party, Number(leg.fen)])).toEqual([
      [`STORE:${east}`, 1_800],
      [`STORE:${west}`, -1_800],
    ]);
  });

  it('lapses a bonus on its day but never the principal, and a late refund of it shows as a line of its own', async () => {
    const memberId = await person();
    await topUp(memberId, 5_000, 1_000, east, 10);
    const orderId = order();
    await hold(memberId, orderId, 3_000);
    await capture(orderId);
    bench.clock.advance(12 * DAY);
    const sweeps = new AssetSweeps(ledger, bench.database, bench.unitOfWork, bench.clock);
    await sweeps.settleDue(bench.brandId);
    expect(await balance(memberId)).toMatchObject({ principalFen: 2_500, bonusFen: 0 });
    await refund(orderId, 3_000);
    expect(await balance(memberId)).toMatchObject({ principalFen: 5_000, bonusFen: 0 });
    const entries = await ledger.rows.entries(bench.database, bench.brandId, memberId, 'WALLET', null, 3);
    expect(entries.map((one) => [one.kind, Number(one.amount)])).toEqual([
      ['EXPIRE', -500],
      ['REFUND', 3_000],
      ['EXPIRE', -500],
    ]);
    await holds();
  });

  it('lets nothing leave while it is frozen', async () => {
    const memberId = await person();
    await topUp(memberId, 5_000, 0);
    await bench.unitOfWork.run('freeze', (on) =>
      ledger.rows.setFrozen(on, bench.brandId, memberId, 'WALLET', '风险核查'),
    );
    await expect(hold(memberId, order(), 100)).rejects.toMatchObject({ code: 'ASSET_FROZEN' });
    expect((await balance(memberId)).availableFen).toBe(0);
  });

  it('frees a hold that nobody captured in time', async () => {
    const memberId = await person();
    await topUp(memberId, 5_000, 0);
    await hold(memberId, order(), 4_000);
    bench.clock.advance(2 * DAY);
    await new AssetSweeps(ledger, bench.database, bench.unitOfWork, bench.clock).endHolds(bench.brandId);
    expect(await balance(memberId)).toMatchObject({ heldFen: 0, availableFen: 5_000 });
    await holds();
  });
});

describe('points', () => {
  const earn = (memberId: MemberId, orderId: OrderId, baseFen: number) =>
    bench.unitOfWork.run('earn', (on) =>
      points.earn(on, { brandId: bench.brandId, memberId, orderId, storeId: east, baseFen: fen(baseFen), at: day() }),
    );
  const of = (memberId: MemberId) => points.balance(bench.database, bench.brandId, memberId);

  it('are pending until the after-sale window ends, once per order', async () => {
    const [memberId, orderId] = [await person(), order()];
    expect([await earn(memberId, orderId, 19_950), await earn(memberId, orderId, 19_950)]).toEqual([199, 0]);
    expect(await of(memberId)).toMatchObject({ pending: 199, available: 0 });
    await bench.unitOfWork.run('end', (on) => points.activate(on, bench.brandId, orderId));
    expect(await of(memberId)).toMatchObject({ pending: 0, available: 199 });
    await holds();
  });

  it('pain-12: are taken back by a refund from pending, from the balance, or as a debt, never dropped', async () => {
    const [memberId, first, second] = [await person(), order(), order()];
    await earn(memberId, first, 10_000);
    await bench.unitOfWork.run('end', (on) => points.activate(on, bench.brandId, first));
    await bench.unitOfWork.run('use', async (on) => {
      const wish = { brandId: bench.brandId, memberId, orderId: second, points: 90, storeId: east, until: soon() };
      await points.hold(on, wish);
      await points.capture(on, bench.brandId, second);
    });
    const left = [{ lineId: '0', cashFen: fen(5_000) }];
    expect(await points.excess(bench.database, bench.brandId, first, left)).toMatchObject({ points: 50, spent: 40 });
    const refundId = bench.ids.next();
    const take = () =>
      bench.unitOfWork.run('take', (on) =>
        points.takeBack(on, { brandId: bench.brandId, orderId: first, refundId, points: 50 }),
      );
    expect(await take()).toEqual({ fromPending: 0, fromBalance: 10, owed: 40 });
    expect(await take()).toEqual({ fromPending: 0, fromBalance: 0, owed: 0 });
    expect(await of(memberId)).toMatchObject({ balance: -40, owed: 40 });
    await bench.unitOfWork.run('back', (on) =>
      points.refund(on, { brandId: bench.brandId, orderId: second, refundId, points: 90 }),
    );
    expect(await of(memberId)).toMatchObject({ balance: 50, owed: 0 });
    await holds();
  });

  it('keep to the cap of a day and lapse by days, at the end of a year, or never', async () => {
    const hq = { kind: 'hq' as const, brandId: bench.brandId, userId: asId<'user'>('1'), name: '总部' };
    const { version: _, publishedAt: __, ...rule } = DEFAULT_POINTS_RULE;
    const publish = (more: object) => settings.publishPoints(hq, { ...rule, isInstantUse: true, ...more });
    const ends = async (more: object): Promise<string | null> => {
      await publish(more);
      const [memberId, orderId] = [await person(), order()];
      await earn(memberId, orderId, 10_000);
      const [lot] = await ledger.rows.lots(bench.database, bench.brandId, memberId, 'POINTS');
      expect(lot).toMatchObject({ state: 'ACTIVE', remaining: 100 });
      return lot?.expiresAt?.toISOString() ?? null;
    };
    const start = bench.clock.now();
    expect(await ends({ expiry: 'NEVER' })).toBeNull();
    expect(await ends({ expiry: 'ROLLING_DAYS', expiryDays: 30 })).toBe(new Date(start + 30 * DAY).toISOString());
    expect(await ends({ expiry: 'YEAR_END', yearEndGraceYears: 0 })).toBe('2026-12-31T16:00:00.000Z');
    await publish({ dailyCap: 120 });
    const memberId = await person();
    expect([await earn(memberId, order(), 10_000), await earn(memberId, order(), 10_000)]).toEqual([100, 20]);
    await holds();
  });

  it('are announced 30, 7 and 1 days before they lapse, each once', async () => {
    const memberId = await person();
    await bench.unitOfWork.run('gift', (on) =>
      ledger.credit(on, bench.brandId, 'POINTS', memberId, [
        {
          lot: {
            kind: 'POINTS',
            amount: 70,
            originKind: 'TEST',
            originId: bench.ids.next(),
            title: '礼物',
            expiresAt: new Date(bench.clock.now() + 31 * DAY),
          },
          cause: { kind: 'GIFT', ref: `G:${memberId}`, title: '礼物' },
        },
      ]),
    );
    const sweeps = new AssetSweeps(ledger, bench.database, bench.unitOfWork, bench.clock);
    for (let passed = 0; passed < 32; passed += 1) {
      bench.clock.advance(DAY);
      await sweeps.tell(bench.brandId);
    }
    const told = await bench.database.query<{ payload: unknown }>(
      "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'asset.expiring' ORDER BY id",
      [bench.brandId],
    );
    const mine = told.map(
      (one) =>
        (typeof one.payload === 'string' ? JSON.parse(one.payload) : one.payload) as { memberId: string; days: number },
    );
    expect(mine.filter((one) => one.memberId === memberId).map((one) => one.days)).toEqual([30, 7, 1]);
  });
});

describe('a merge', () => {
  it('moves lots, holds and debts one by one, and taking it apart gives each what is left of the own', async () => {
    const [ann, bob] = [await person(), await person()];
    await topUp(ann, 5_000, 1_000);
    await topUp(bob, 2_000, 0);
    const orderId = order();
    await hold(ann, orderId, 1_200);
    const moves = new MoveAssets(ledger);
    const mergeId = bench.ids.next();
    const merge = { brandId: bench.brandId, mergeId, from: ann, into: bob };
    await bench.unitOfWork.run('merge', (on) => moves.move(on, merge));
    await bench.unitOfWork.run('merge again', (on) => moves.move(on, merge));
    expect(await balance(bob)).toMatchObject({ principalFen: 7_000, bonusFen: 1_000, heldFen: 1_200 });
    expect(await balance(ann)).toMatchObject({ principalFen: 0, heldFen: 0 });
    await holds();
    await capture(orderId);
    await bench.unitOfWork.run('unmerge', (on) => moves.moveBack(on, merge));
    expect(await balance(ann)).toMatchObject({ principalFen: 4_000, bonusFen: 800 });
    expect(await balance(bob)).toMatchObject({ principalFen: 2_000, bonusFen: 0 });
    await refund(orderId, 1_200);
    expect(await balance(ann)).toMatchObject({ principalFen: 5_000, bonusFen: 1_000 });
    await holds();
  });

  it('that is taken apart while lots of both hold for orders lets each order be paid, closed and refunded out of both', async () => {
    const [ann, bob] = [await person(), await person()];
    for (const who of [ann, bob]) await topUp(who, 1_000, 0);
    const moves = new MoveAssets(ledger);
    const merged = async (work: () => Promise<unknown>) => {
      const merge = { brandId: bench.brandId, mergeId: bench.ids.next(), from: ann, into: bob };
      await bench.unitOfWork.run('merge', (on) => moves.move(on, merge));
      await work();
      await bench.unitOfWork.run('unmerge', (on) => moves.moveBack(on, merge));
      await holds();
    };
    const principals = async () => [(await balance(ann)).principalFen, (await balance(bob)).principalFen];
    const [closed, paid, reversed] = [order(), order(), order()];
    await merged(() => hold(bob, closed, 1_500));
    expect([(await balance(ann)).heldFen, (await balance(bob)).heldFen]).toEqual([1_000, 500]);
    await bench.unitOfWork.run('close', (on) => wallet.release(on, bench.brandId, closed));
    expect([(await balance(ann)).availableFen, (await balance(bob)).availableFen]).toEqual([1_000, 1_000]);
    await merged(async () => [await hold(bob, paid, 600), await hold(bob, reversed, 900)]);
    for (const one of [paid, reversed]) await capture(one);
    expect(await principals()).toEqual([0, 500]);
    const refundId = bench.ids.next();
    for (const _ of [1, 2]) await refund(reversed, 450, refundId);
    expect(await principals()).toEqual([200, 750]);
    await refund(reversed, 450);
    await refund(paid, 600);
    expect(await principals()).toEqual([1_000, 1_000]);
    await holds();
  });
});

describe('a pay code', () => {
  const views = { one: async (_: unknown, row: unknown) => row } as never;
  const till = (guideId = '701') => ({
    brandId: bench.brandId,
    storeId: east,
    guideId: asId<'guide'>(guideId) as never,
    operator: `guide:${guideId}`,
  });
  const consumer = (memberId: MemberId) => ({
    kind: 'consumer' as const,
    brandId: bench.brandId,
    memberId,
    openid: 'o',
  });
  const parts = () => {
    const codes = new Codes(bench.database, bench.clock);
    const payments = new InStorePayments(wallet, codes, settings, views, bench.database, bench.unitOfWork, bench.ids);
    const brand = async () => ({ undoMinutes: 3 });
    const undo = new UndoPayment(payments, views, { brand } as never, bench.unitOfWork);
    return { codes, payments, undo };
  };

  it('works once in a minute, and of ten tills at once one takes the money', async () => {
    const memberId = await person();
    await topUp(memberId, 10_000, 0);
    const { codes, payments } = parts();
    const { code } = await codes.show(consumer(memberId), 'PAY');
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) =>
        payments.charge(till(String(710 + at)), { code, amountFen: 1_000 }, `key-${at}-${code}`),
      ),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await balance(memberId)).principalFen).toBe(9_000);
    const later = await codes.show(consumer(memberId), 'PAY');
    bench.clock.advance(61_000);
    await expect(payments.charge(till(), { code: later.code, amountFen: 1 }, `late-${code}`)).rejects.toMatchObject({
      code: 'CODE_EXPIRED',
    });
    await holds();
  });

  it('asks for the PIN above the limit, takes nothing before it, and is undone by the same guide within the minutes of the brand', async () => {
    const memberId = await person();
    await topUp(memberId, 100_000, 0);
    const { codes, payments, undo } = parts();
    await codes.setPin(consumer(memberId), '246810');
    const { code } = await codes.show(consumer(memberId), 'PAY');
    const asked = await payments.charge(till(), { code, amountFen: 50_000 }, `big-${code}`);
    expect(asked.state).toBe('ASKING');
    expect(await balance(memberId)).toMatchObject({ principalFen: 100_000, heldFen: 50_000 });
    await expect(payments.confirm(consumer(memberId), asked.id, '000000', 50_000)).rejects.toMatchObject({
      code: 'PIN_WRONG',
    });
    await expect(payments.confirm(consumer(memberId), asked.id, '246810', 49_999)).rejects.toMatchObject({
      code: 'AMOUNT_CHANGED',
    });
    await payments.confirm(consumer(memberId), asked.id, '246810', 50_000);
    expect((await balance(memberId)).principalFen).toBe(50_000);
    const guide = { ...till(), kind: 'guide' as const };
    bench.clock.advance(3 * 60_000 + 1);
    await expect(undo.run({ ...guide, isManager: false }, asked.id, '顾客改主意')).rejects.toMatchObject({
      code: 'REVERSE_NOT_ALLOWED',
      message: '3 分钟内由本人撤销，之后请店长处理',
    });
    await undo.run({ ...guide, isManager: true }, asked.id, '顾客改主意');
    expect((await balance(memberId)).principalFen).toBe(100_000);
    await holds();
  });

  it('gives up an amount that nobody confirms in time', async () => {
    const memberId = await person();
    await topUp(memberId, 100_000, 0);
    const { codes, payments } = parts();
    const { code } = await codes.show(consumer(memberId), 'PAY');
    await payments.charge(till(), { code, amountFen: 50_000 }, `slow-${code}`);
    bench.clock.advance(4 * 60_000);
    await payments.expireDue(day());
    expect(await balance(memberId)).toMatchObject({ principalFen: 100_000, heldFen: 0 });
    await holds();
  });
});
