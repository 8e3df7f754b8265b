import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { AssetLedger, AssetSweeps, MoveAssets } from '../asset-ledger/index.js';
import { Members } from '../members/index.js';
import { LevelDesk } from './application/level-desk.js';
import { levelMover } from './application/level-mover.js';
import { Levels } from './application/levels.js';
import { levelInvariants } from './levels.invariants.js';
import { LevelsModule } from './levels.module.js';

const DAY = 86_400_000;
let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

it('lets the member’s card follow growth that lapses by time alone', async () => {
  const ledger = new AssetLedger(bench.ids);
  const levels = new Levels(bench.database, ledger, bench.ids, bench.clock);
  new LevelsModule(levels, ledger).onModuleInit();
  const members = new Members(bench.database, bench.ids, levels);
  const sweeps = new AssetSweeps(ledger, bench.database, bench.unitOfWork, bench.clock);
  const memberId = bench.ids.next<'member'>() as MemberId;
  await bench.unitOfWork.run('member', (tx) =>
    members.createMembers(tx, bench.brandId, [{ id: memberId, nickname: '小满', origin: 'IMPORT', identifiers: [] }]),
  );
  await bench.unitOfWork.run('growth', async (tx) => {
    const origin = { originKind: 'TEST', originId: bench.ids.next(), title: '成长值' };
    const expiresAt = new Date(bench.clock.now() + DAY);
    await ledger.credit(tx, bench.brandId, 'GROWTH', memberId, [
      {
        lot: { ...origin, kind: 'GROWTH', amount: 80_000, expiresAt },
        cause: { kind: 'GRANT', ref: `T:${memberId}`, title: '成长值' },
      },
    ]);
    await levels.refresh(tx, bench.brandId, [memberId]);
  });
  const card = async () => {
    const [row] = await bench.database.query<{ growth: number }>(
      'SELECT growth FROM member WHERE brand_id = ? AND id = ?',
      [bench.brandId, memberId],
    );
    return Number(row?.growth);
  };
  expect(await card()).toBe(800);
  bench.clock.advance(2 * DAY);
  await sweeps.settleDue(bench.brandId);
  expect(await card()).toBe(0);
  for (const invariant of levelInvariants)
    expect([invariant.id, await invariant.check(bench.database, bench.brandId)]).toEqual([invariant.id, []]);
});

it('pain-18 gives each of two their level and grant back when their merge is taken back, and keeps a grant that came since', async () => {
  const ledger = new AssetLedger(bench.ids);
  const levels = new Levels(bench.database, ledger, bench.ids, bench.clock);
  new LevelsModule(levels, ledger).onModuleInit();
  const members = new Members(bench.database, bench.ids, levels);
  const desk = new LevelDesk(levels, bench.database, bench.unitOfWork, bench.clock);
  const hq = { kind: 'hq' as const, brandId: bench.brandId, userId: bench.ids.next<'user'>(), name: '总部' };
  const [ann, bob] = [bench.ids.next<'member'>(), bench.ids.next<'member'>()] as [MemberId, MemberId];
  await bench.unitOfWork.run('members', async (tx) => {
    const draft = { nickname: '小满', origin: 'IMPORT' as const, identifiers: [] };
    await members.createMembers(
      tx,
      bench.brandId,
      [ann, bob].map((id) => ({ ...draft, id })),
    );
    const grant = (memberId: MemberId, growth: number) => ({
      memberId,
      growth,
      ref: `T:${memberId}`,
      title: '成长值',
      originId: bench.ids.next(),
    });
    await levels.grant(tx, bench.brandId, [grant(ann, 9_000), grant(bob, 100)]);
  });
  const until = (days: number) => new Date(bench.clock.now() + days * DAY).toISOString();
  const standing = async (id: MemberId) => {
    const row = (await levels.rows.rows(bench.database, bench.brandId, [id])).get(id);
    const card = await levels.rows.card(bench.database, bench.brandId, id);
    return { ...row, schemeVersion: 0, card };
  };
  await desk.grant(hq as never, bob, { level: 2, until: until(90), reason: '开业礼' });
  const merge = {
    brandId: bench.brandId,
    from: ann,
    into: bob,
    mergeId: bench.ids.next() as never,
    at: bench.clock.date(),
  };
  const movers = [new MoveAssets(ledger), levelMover(levels, ledger)] as const;
  const merged = () =>
    bench.unitOfWork.run('merge', async (tx) => {
      for (const mover of movers) await mover.move(tx, merge);
      for (const mover of movers) await mover.move(tx, merge);
    });
  const parted = () =>
    bench.unitOfWork.run('unmerge', async (tx) => {
      for (const mover of [...movers].reverse()) await mover.moveBack(tx, merge);
      await levels.refresh(tx, bench.brandId, [ann, bob]);
    });
  const before = [await standing(ann), await standing(bob)];
  await merged();
  expect((await standing(bob)).card).toMatchObject({ level: 3, growth: 9_100 });
  await parted();
  expect([await standing(ann), await standing(bob)]).toEqual(before);

  merge.mergeId = bench.ids.next() as never;
  await merged();
  await desk.grant(hq as never, bob, { level: 4, until: until(30), reason: '周年礼' });
  await parted();
  expect((await standing(bob)).card).toMatchObject({ level: 4, growth: 100 });
  for (const invariant of levelInvariants)
    expect([invariant.id, await invariant.check(bench.database, bench.brandId)]).toEqual([invariant.id, []]);
});
