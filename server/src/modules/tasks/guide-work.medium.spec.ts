import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import { DAY_MS } from '@shuke/shared/kernel';
import {
  actor,
  bench,
  closeTaskWorlds,
  friend,
  handle,
  hq,
  openTaskWorld,
  packs,
  published,
  sends,
  shop,
} from '../../../test/harness/task-world.js';
import { followOpening, followOrder } from './application/follow-sends.js';
import { GuideWork } from './application/guide-work.js';
import type { ItemId } from './persistence/item-rows.js';
import type { SendId } from './persistence/sends.store.js';

beforeEach(openTaskWorld);
afterAll(closeTaskWorlds);

const work = () => new GuideWork(bench.database, bench.clock, shop.organization);

describe('a guide’s work at the desk', () => {
  it('counts today’s pack by what it asks for, and what came of the sends of thirty days', async () => {
    const [one, two] = [await friend('周女士'), await friend('吴先生')];
    await published();
    expect((await work().of(hq(), actor.guideId)).pack).toBeNull();
    const pack = await packs().read(actor);
    const itemOf = (external: string) => pack.items.find((item) => item.externalUserId === external)?.id as ItemId;
    const send = await sends().prepare(actor, one.external, { taskItemId: itemOf(one.external) });
    await sends().report(actor, send.sendId as SendId, 'SENT');
    await handle(followOpening, { sendId: send.sendId });
    const orderId = bench.ids.next<'order'>();
    await handle(followOrder, { orderId, memberId: one.memberId, sendId: send.sendId, totalFen: 45_600 });
    await packs().skip(actor, itemOf(two.external), 'OTHER');
    // Prepared and never sent: nothing that a customer saw.
    await sends().prepare(actor, two.external, { words: '你好' });
    const counts = { sent: 1, opened: 1, ordered: 1 };
    const found = await work().of(hq(), actor.guideId);
    expect(found.pack).toMatchObject({ minutes: pack.minutes, leftOutText: null });
    expect(found.today).toMatchObject([{ title: '新款到店', items: 2, skipped: 1, ...counts }]);
    expect(found.sends).toMatchObject({ days: 30, ...counts });
    bench.clock.advance(31 * DAY_MS);
    expect(await work().of(hq(), actor.guideId)).toMatchObject({
      pack: null,
      today: [],
      sends: { sent: 0, opened: 0, ordered: 0, orderFen: 0 },
    });
  });

  it('is not there for a franchisee of other stores, nor for a guide that nobody knows', async () => {
    await expect(work().of(shop.franchiseeA, actor.guideId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await work().of(shop.franchiseeA, shop.guides.north)).today).toEqual([]);
    await expect(work().of(hq(), '99' as Id<'guide'>)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
