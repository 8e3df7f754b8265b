import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asId, fen, type MemberId, type OrderId } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type AssetBook, AssetLedger, assetInvariants, MoveAssets } from '../asset-ledger/index.js';
import { Clearing } from '../clearing/index.js';
import { Members } from '../members/index.js';
import { AssetSettings } from './application/asset-settings.js';
import { Wallet } from './application/wallet.js';
import { testPoints } from './testing/test-points.js';

const DAY = 86_400_000;
const storeId = asId<'store'>('501');

let bench: TestBench;
let ledger: AssetLedger;
let wallet: Wallet;
let points: ReturnType<typeof testPoints>;
let members: Members;

beforeAll(async () => {
  bench = await openTestBench();
  ledger = new AssetLedger(bench.ids);
  const settings = new AssetSettings(bench.database, bench.unitOfWork, bench.clock);
  wallet = new Wallet(ledger, new Clearing(bench.ids), settings);
  points = testPoints(bench, ledger, settings);
  members = new Members(bench.database, bench.ids, testLevels(bench));
});
afterAll(() => bench.close());

const order = () => bench.ids.next<'order'>() as OrderId;
const run = (label: string, work: (tx: Tx) => Promise<unknown>) =>
  bench.unitOfWork.run(label, async (tx) => void (await work(tx)));

async function person(): Promise<MemberId> {
  const id = bench.ids.next<'member'>() as MemberId;
  await run('member', (tx) =>
    members.createMembers(tx, bench.brandId, [{ id, nickname: '小满', origin: 'IMPORT', identifiers: [] }]),
  );
  return id;
}

async function topUp(memberId: MemberId, principal: number, bonus: number) {
  const pairId = bench.ids.next();
  const origin = { originKind: 'TEST', originId: pairId, pairId, storeId, title: '充值' };
  const cause = (part: string) => ({ kind: 'TOP_UP', ref: `T:${pairId}:${part}`, title: '充值' });
  await run('top up', (tx) =>
    ledger.credit(tx, bench.brandId, 'WALLET', memberId, [
      { lot: { ...origin, kind: 'PRINCIPAL', amount: principal }, cause: cause('P') },
      { lot: { ...origin, kind: 'BONUS', amount: bonus }, cause: cause('B') },
    ]),
  );
}
const hold = (memberId: MemberId, orderId: OrderId, amount: number) => {
  const until = new Date(bench.clock.now() + DAY);
  return run('hold', (tx) =>
    wallet.hold(tx, { brandId: bench.brandId, memberId, orderId, amountFen: fen(amount), storeId, until }),
  );
};
const capture = (orderId: OrderId) => run('capture', (tx) => wallet.capture(tx, bench.brandId, orderId));
const refund = (orderId: OrderId, amount: number) =>
  run('refund', (tx) =>
    wallet.refund(tx, { brandId: bench.brandId, orderId, refundId: bench.ids.next(), amountFen: fen(amount) }),
  );
const holds = async () => {
  for (const one of assetInvariants)
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};

describe('a merge that is taken back', () => {
  const moves = () => new MoveAssets(ledger);
  const merging = (from: MemberId, into: MemberId) => ({
    brandId: bench.brandId,
    mergeId: bench.ids.next(),
    from,
    into,
  });
  const book = (memberId: MemberId, asset: 'POINTS' | 'WALLET', work: (of: AssetBook) => unknown) =>
    run('book', (tx) =>
      ledger.change(tx, { brandId: bench.brandId, asset, owners: [memberId] }, (books) =>
        work(books.get(memberId) as AssetBook),
      ),
    );
  const ref = () => `T:${bench.ids.next()}`;
  const give = (memberId: MemberId, amount: number, activeAt: Date | null, expiresAt: Date | null) =>
    run('points', (tx) =>
      ledger.credit(tx, bench.brandId, 'POINTS', memberId, [
        {
          lot: {
            kind: 'POINTS',
            amount,
            originKind: 'TEST',
            originId: bench.ids.next(),
            title: '积分',
            activeAt,
            expiresAt,
          },
          cause: { kind: 'GIFT', ref: ref(), title: '积分' },
        },
      ]),
    );
  const takeBack = (memberId: MemberId, amount: number) =>
    book(memberId, 'POINTS', (of) => of.takeBack([], amount, { kind: 'TAKE_BACK', ref: ref(), title: '扣回' }));
  const freeze = (memberId: MemberId, asset: 'POINTS' | 'WALLET') =>
    run('freeze', async (tx) => {
      await ledger.rows.load(tx, bench.brandId, asset, [memberId]);
      await ledger.rows.setFrozen(tx, bench.brandId, memberId, asset, '核实中');
    });
  /** Everything that two members have, and nothing of the history behind it. */
  const world = async (ids: readonly [MemberId, MemberId]) => ({
    accounts: await bench.database.query(
      `SELECT owner_id, asset, balance, pending, held, owed, frozen_reason FROM asset_account
       WHERE brand_id = ? AND owner_id IN (?,?) AND (balance <> 0 OR pending <> 0 OR held <> 0 OR owed <> 0 OR frozen_reason IS NOT NULL)
       ORDER BY owner_id, asset`,
      [bench.brandId, ...ids],
    ),
    lots: await bench.database.query(
      'SELECT id, owner_id, state, remaining, held, expires_at FROM asset_lot WHERE brand_id = ? AND owner_id IN (?,?) ORDER BY id',
      [bench.brandId, ...ids],
    ),
    holds: await bench.database.query(
      'SELECT id, owner_id, state, amount, returned FROM asset_hold WHERE brand_id = ? AND owner_id IN (?,?) ORDER BY id',
      [bench.brandId, ...ids],
    ),
  });
  const act = fc.record({
    isOnes: fc.boolean(),
    kind: fc.constantFrom('top-up', 'points', 'pending', 'spend', 'owe', 'hold', 'pay', 'refund', 'freeze' as const),
    amount: fc.integer({ min: 1, max: 40 }),
  });

  async function play(who: MemberId, { kind, amount }: { kind: string; amount: number }, paid: OrderId[]) {
    const sum = amount * 100;
    const later = new Date(bench.clock.now() + amount * DAY);
    // What the account cannot give is refused, which changes nothing.
    const tried = (work: Promise<unknown>) => work.then(() => true).catch(() => false);
    if (kind === 'top-up') await topUp(who, sum, amount);
    if (kind === 'points') await give(who, amount, bench.clock.date(), later);
    if (kind === 'pending') await give(who, amount, null, later);
    if (kind === 'spend')
      await tried(
        book(who, 'POINTS', (of) => of.take(amount, 'PROPORTIONAL', { kind: 'SPEND', ref: ref(), title: '用' })),
      );
    if (kind === 'owe') await takeBack(who, amount);
    if (kind === 'freeze') await freeze(who, amount % 2 ? 'WALLET' : 'POINTS');
    const orderId = order();
    if (kind === 'hold' || kind === 'pay' || kind === 'refund') {
      if (!(await tried(hold(who, orderId, sum))) || kind === 'hold') return;
      await capture(orderId);
      paid.push(orderId);
      if (kind === 'refund') await refund(orderId, Math.min(sum, amount * 50));
    }
  }

  it('pain-18 leaves both with what they had: lots, holds, pending points, debts and freezes, over random histories', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 10 }), async (acts) => {
        const [ann, bob] = [await person(), await person()];
        const paid: OrderId[] = [];
        for (const one of acts) await play(one.isOnes ? ann : bob, one, paid);
        const before = await world([ann, bob]);
        const merge = merging(ann, bob);
        await run('merge', (tx) => moves().move(tx, merge));
        await run('merge again', (tx) => moves().move(tx, merge));
        await holds();
        await run('unmerge', (tx) => moves().moveBack(tx, merge));
        expect(await world([ann, bob])).toEqual(before);
        await holds();
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it('lets points of one that had paid the other’s debt come back, and the debt stand where it was made', async () => {
    const [ann, bob] = [await person(), await person()];
    await takeBack(ann, 300);
    await give(bob, 1_000, bench.clock.date(), null);
    const merge = merging(ann, bob);
    await run('merge', (tx) => moves().move(tx, merge));
    expect(await points.balance(bench.database, bench.brandId, bob)).toMatchObject({ balance: 700, owed: 0 });
    // What came while they were one stays with the record that goes on.
    await give(bob, 50, bench.clock.date(), null);
    await run('unmerge', (tx) => moves().moveBack(tx, merge));
    expect(await points.balance(bench.database, bench.brandId, bob)).toMatchObject({ balance: 1_050, owed: 0 });
    expect(await points.balance(bench.database, bench.brandId, ann)).toMatchObject({ balance: -300, owed: 300 });
    await holds();
  });
});
