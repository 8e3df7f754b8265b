import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import type { MemberMove } from '../../one-id/index.js';
import type { TemplateId } from '../domain/types.js';
import { LimitStore } from './limit.store.js';
import { takenMover } from './taken-mover.js';

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const limits = new LimitStore();
const [YESTERDAY, TODAY] = ['2026-11-21', '2026-11-22'];
const DAILY = 2;

describe('what two records of one person took of a coupon', () => {
  const take = (memberId: MemberId, templateId: TemplateId, day: string) =>
    bench.unitOfWork.run('take', (tx) =>
      limits.take(tx, { brandId: bench.brandId, memberId, templateId, day, perMember: 10, perDay: DAILY }),
    );
  const all = async (ids: readonly MemberId[]) =>
    (
      await bench.database.query<Record<string, unknown>>(
        `SELECT member_id, taken, DATE_FORMAT(day, '%Y-%m-%d') AS day, taken_today FROM coupon_taken WHERE brand_id = ? AND member_id IN (?,?)
         ORDER BY member_id`,
        [bench.brandId, ...ids],
      )
    ).map((row) => ({ ...row }));
  const people = () => {
    const [from, into] = [bench.ids.next<'member'>(), bench.ids.next<'member'>()] as [MemberId, MemberId];
    const move: MemberMove = { brandId: bench.brandId, from, into, mergeId: bench.ids.next(), at: bench.clock.date() };
    const run = (way: 'move' | 'moveBack') => bench.unitOfWork.run(way, (tx) => takenMover[way](tx, move));
    return { from, into, run, template: bench.ids.next() as unknown as TemplateId };
  };

  it('counts together for the day too, and each has its own again afterwards', async () => {
    const { from, into, run, template } = people();
    for (const who of [from, into]) expect(await take(who, template, TODAY)).toBe(true);
    const before = await all([from, into]);
    await run('move');
    expect(await take(into, template, TODAY)).toBe(false);
    await run('moveBack');
    expect(await all([from, into])).toEqual(before);
  });

  it('leaves no count with somebody who had none, and keeps what a second look of the merge finds', async () => {
    const { from, into, run, template } = people();
    await take(from, template, YESTERDAY);
    await run('move');
    await take(from, template, TODAY);
    await run('move');
    expect((await all([from, into])).map((row) => [row['member_id'], row['taken']])).toEqual([[into, 2]]);
    await run('moveBack');
    expect(await all([from, into])).toEqual([{ member_id: from, taken: 2, day: TODAY, taken_today: 1 }]);
  });
});
