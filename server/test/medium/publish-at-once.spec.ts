import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fen } from '@shuke/shared/kernel';
import { DEFAULT_POINTS_RULE } from '../../src/modules/assets/domain/points-rule.js';
import { AssetSettings } from '../../src/modules/assets/index.js';
import { LevelDesk } from '../../src/modules/levels/index.js';
import { TopUpDesk } from '../../src/modules/top-ups/index.js';
import type { Desk } from '../../src/platform/access/actor.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import { openTestBench, type TestBench } from '../harness/database.js';
import { testLevels } from '../harness/levels.js';

let bench: TestBench;
let hq: Desk;
beforeAll(async () => {
  bench = await openTestBench();
  hq = { kind: 'hq', brandId: bench.brandId, userId: bench.ids.next(), name: '总部', role: 'ADMIN' } as unknown as Desk;
});
afterAll(() => bench.close());

const PAUSE_MS = 150;
const REFUSED = { status: 409, code: 'CONFLICT', message: '内容刚刚被别人改过，请刷新后再试' };

/** Starts the second while the first has written on another connection and not committed. @returns how the second ended */
async function raced(first: (tx: Tx) => Promise<unknown>, second: () => Promise<unknown>): Promise<unknown> {
  let written = () => {};
  let commit = () => {};
  const isWritten = new Promise<void>((resolve) => (written = resolve));
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  const one = bench.unitOfWork.run('first', async (tx) => {
    await first(tx);
    written();
    await mayCommit;
  });
  await isWritten;
  const other = second().catch((error: unknown) => error);
  await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  commit();
  await one;
  return other;
}

/** What somebody else's publication of the next version writes. */
const setting = (kind: string, version: number, body: unknown) => (tx: Tx) =>
  tx.execute(
    'INSERT INTO asset_setting (brand_id, kind, version, body, published_by, published_at) VALUES (?,?,?,?,?,?)',
    [bench.brandId, kind, version, JSON.stringify(body), '别人', tx.now],
  );

describe('of two people who publish at one instant the second is told so', () => {
  it('for wallet settings and the points rule', async () => {
    const settings = new AssetSettings(bench.database, bench.unitOfWork, bench.clock);
    const { version: _, ...wallet } = await settings.wallet(bench.brandId);
    const { version: __, publishedAt: ___, ...points } = DEFAULT_POINTS_RULE;
    expect(await raced(setting('WALLET', 2, wallet), () => settings.publishWallet(hq, wallet))).toMatchObject(REFUSED);
    expect(await raced(setting('POINTS', 1, points), () => settings.publishPoints(hq, points as never))).toMatchObject(
      REFUSED,
    );
    // Looked at again, it can be published.
    expect((await settings.publishWallet(hq, wallet)).version).toBe(3);
  });

  it('for the levels', async () => {
    const levels = new LevelDesk(testLevels(bench), bench.database, bench.unitOfWork, bench.clock);
    const { version, levels: list, periodMonths, growthMonths } = await levels.scheme(bench.brandId);
    const scheme = { levels: list, periodMonths, growthMonths };
    const publish = () => levels.publish(hq, scheme as never);
    expect(await raced(setting('LEVELS', version + 1, scheme), publish)).toMatchObject(REFUSED);
    expect((await publish()).version).toBe(version + 2);
  });

  it('for a top-up activity that both change, or that one stops', async () => {
    const desk = new TopUpDesk(bench.database, bench.unitOfWork, bench.ids, bench.clock);
    const input = {
      name: '开业储值',
      startsAt: '2026-11-01T00:00:00.000Z',
      endsAt: null,
      storeIds: null,
      perMemberTimes: null,
      perMemberDays: null,
      tiers: [{ payFen: fen(10_000), bonusFen: fen(2_000), points: 0, couponTemplateId: null, bonusDays: null }],
    };
    const { id } = await desk.create(hq, input);
    const another = (version: number) => async (tx: Tx) => {
      await tx.execute('UPDATE top_up_activity SET is_current = 0 WHERE brand_id = ? AND id = ?', [bench.brandId, id]);
      await tx.execute(
        `INSERT INTO top_up_activity (brand_id, id, version, name, body, starts_at, ends_at, is_current, stopped_at, created_by, created_at)
         SELECT brand_id, id, ?, name, body, starts_at, ends_at, 1, stopped_at, '别人', created_at FROM top_up_activity WHERE brand_id = ? AND id = ? AND version = 1`,
        [version, bench.brandId, id],
      );
    };
    expect(await raced(another(2), () => desk.change(hq, id as never, input))).toMatchObject(REFUSED);
    expect(await raced(another(3), () => desk.stop(hq, id as never))).toMatchObject(REFUSED);
    expect((await desk.activities(bench.brandId)).map((one) => [one.version, one.state])).toEqual([[3, 'RUNNING']]);
  });
});
