import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { AssetLedger, AssetSweeps } from '../asset-ledger/index.js';
import { Members } from '../members/index.js';
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
  await sweeps.settleDue();
  expect(await card()).toBe(0);
  for (const invariant of levelInvariants)
    expect([invariant.id, await invariant.check(bench.database, bench.brandId)]).toEqual([invariant.id, []]);
});
