import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, fen, type MemberId, type OrderId, type StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { AssetLedger, AssetSweeps, assetInvariants } from '../asset-ledger/index.js';
import { Members } from '../members/index.js';
import { AssetSettings } from './application/asset-settings.js';
import { DEFAULT_POINTS_RULE } from './domain/points-rule.js';
import { testPoints } from './testing/test-points.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
const storeId = asId<'store'>('501') as StoreId;

let bench: TestBench;
let ledger: AssetLedger;
let points: ReturnType<typeof testPoints>;
let settings: AssetSettings;
let sweeps: AssetSweeps;
let memberId: MemberId;
beforeAll(async () => {
  bench = await openTestBench();
  ledger = new AssetLedger(bench.ids);
  settings = new AssetSettings(bench.database, bench.unitOfWork, bench.clock);
  points = testPoints(bench, ledger, settings);
  sweeps = new AssetSweeps(ledger, bench.database, bench.unitOfWork, bench.clock);
});
afterAll(() => bench.close());
beforeEach(async () => {
  memberId = bench.ids.next<'member'>() as MemberId;
  const members = new Members(bench.database, bench.ids, testLevels(bench));
  await bench.unitOfWork.run('member', (tx) =>
    members.createMembers(tx, bench.brandId, [{ id: memberId, nickname: '小满', origin: 'IMPORT', identifiers: [] }]),
  );
});

type Rule = Partial<Pick<typeof DEFAULT_POINTS_RULE, 'expiry' | 'expiryDays' | 'yearEndGraceYears'>>;
const MODES: { name: string; rule: Rule }[] = [
  { name: 'after so many days', rule: { expiry: 'ROLLING_DAYS', expiryDays: 30 } },
  { name: 'at the end of the year', rule: { expiry: 'YEAR_END', yearEndGraceYears: 0 } },
  { name: 'at the end of the next year', rule: { expiry: 'YEAR_END', yearEndGraceYears: 1 } },
];

/** A hundred points that can be used at once, earned now by the rule. */
async function earn(rule: Rule): Promise<Date | null> {
  const hq = { kind: 'hq' as const, brandId: bench.brandId, userId: asId<'user'>('1'), name: '总部' };
  const { version: _, publishedAt: __, ...plain } = DEFAULT_POINTS_RULE;
  await settings.publishPoints(hq, { ...plain, isInstantUse: true, ...rule });
  const orderId = bench.ids.next<'order'>() as OrderId;
  await bench.unitOfWork.run('earn', (tx) =>
    points.earn(tx, {
      brandId: bench.brandId,
      memberId,
      orderId,
      storeId,
      baseFen: fen(10_000),
      at: bench.clock.date(),
    }),
  );
  const [lot] = await ledger.rows.lots(bench.database, bench.brandId, memberId, 'POINTS');
  expect(lot).toMatchObject({ state: 'ACTIVE', remaining: 100 });
  return lot?.expiresAt ?? null;
}

/** Moves the clock to an instant and lets the sweeps do what is due there. */
async function at(instant: number): Promise<void> {
  bench.clock.advance(instant - bench.clock.now());
  await sweeps.endHolds(bench.brandId);
  await sweeps.settleDue(bench.brandId);
}
const balance = async () => {
  const { balance: all, held, available } = await points.balance(bench.database, bench.brandId, memberId);
  return [all, held, available];
};
const hold = async (until: number, amount = 60): Promise<OrderId> => {
  const orderId = bench.ids.next<'order'>() as OrderId;
  const wish = { brandId: bench.brandId, memberId, orderId, points: amount, storeId, until: new Date(until) };
  await bench.unitOfWork.run('hold', (tx) => points.hold(tx, wish));
  return orderId;
};
const does = (work: 'capture' | 'release', orderId: OrderId) =>
  bench.unitOfWork.run(work, (tx) => points[work](tx, bench.brandId, orderId));
const titles = async () =>
  (
    await bench.database.query<{ kind: string }>(
      "SELECT kind FROM asset_entry WHERE brand_id = ? AND owner_id = ? AND asset = 'POINTS' ORDER BY seq",
      [bench.brandId, memberId],
    )
  ).map((one) => one.kind);
const sound = async () => {
  for (const one of assetInvariants)
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};

describe.each(MODES)('pain-13 points that lapse $name', ({ rule }) => {
  it('are whole to the last minute, gone on it with an entry that says so, and gone once', async () => {
    const end = Number(await earn(rule));
    await at(end - MINUTE);
    expect(await balance()).toEqual([100, 0, 100]);
    await at(end);
    expect(await balance()).toEqual([0, 0, 0]);
    const told = await titles();
    expect(told).toHaveLength(2);
    await at(end + 40 * DAY);
    expect(await titles()).toEqual(told);
    await sound();
  });

  it('stay while an order holds them, only the free ones lapse; a paid order has used them', async () => {
    const end = Number(await earn(rule));
    await at(end - MINUTE);
    const orderId = await hold(end + 2 * DAY);
    await at(end + DAY);
    expect(await balance()).toEqual([60, 60, 0]);
    await does('capture', orderId);
    expect(await balance()).toEqual([0, 0, 0]);
    await sound();
  });

  it('come back with a day of grace when their order is given up after their end, then lapse', async () => {
    const end = Number(await earn(rule));
    await at(end - MINUTE);
    const orderId = await hold(end + 3 * DAY);
    await at(end + 2 * DAY);
    await does('release', orderId);
    expect(await balance()).toEqual([60, 0, 60]);
    await at(end + 3 * DAY - MINUTE);
    expect(await balance()).toEqual([60, 0, 60]);
    await at(end + 3 * DAY);
    expect(await balance()).toEqual([0, 0, 0]);
    await sound();
  });

  it('come back by themselves when a hold is forgotten, with the same grace', async () => {
    const end = Number(await earn(rule));
    await at(end - MINUTE);
    await hold(end + DAY);
    await at(end + DAY + MINUTE);
    expect(await balance()).toEqual([60, 0, 60]);
    await at(end + 2 * DAY + MINUTE);
    expect(await balance()).toEqual([0, 0, 0]);
    await sound();
  });

  it('come back from a late refund with a day of grace, and before their end with their own end', async () => {
    const end = Number(await earn(rule));
    await at(end - 2 * DAY);
    const [early, late] = [await hold(end, 30), await hold(end, 70)];
    await does('capture', early);
    await does('capture', late);
    const refund = (orderId: OrderId, amount: number) =>
      bench.unitOfWork.run('refund', (tx) =>
        points.refund(tx, { brandId: bench.brandId, orderId, refundId: bench.ids.next(), points: amount }),
      );
    await at(end - DAY);
    await refund(early, 30);
    await at(end - MINUTE);
    expect(await balance()).toEqual([30, 0, 30]);
    await at(end);
    expect(await balance()).toEqual([0, 0, 0]);
    await at(end + 5 * DAY);
    await refund(late, 70);
    expect(await balance()).toEqual([70, 0, 70]);
    await at(end + 6 * DAY);
    expect(await balance()).toEqual([0, 0, 0]);
    await sound();
  });
});

describe('pain-13 points that never lapse', () => {
  it('are there ten years later, held or not', async () => {
    expect(await earn({ expiry: 'NEVER' })).toBeNull();
    const orderId = await hold(bench.clock.now() + 3651 * DAY);
    await at(bench.clock.now() + 3650 * DAY);
    expect(await balance()).toEqual([100, 60, 40]);
    await does('release', orderId);
    expect(await balance()).toEqual([100, 0, 100]);
    await sound();
  });
});
