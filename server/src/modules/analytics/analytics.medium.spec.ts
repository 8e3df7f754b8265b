import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { createBrand, Organization } from '../organization/index.js';
import { Analytics } from './application/analytics.js';

let bench: TestBench;
let analytics: Analytics;
beforeAll(async () => {
  bench = await openTestBench();
  const { brandId } = bench;
  const texts = { code: brandId, name: '雪岭', appid: `wx${brandId}`, corpId: `ww${brandId}`, logoUrl: '/l.png' };
  await bench.unitOfWork.run('seed', (tx) => createBrand(tx, { id: brandId, ...texts, theme: {}, settings: {} }));
  analytics = new Analytics(new Organization(bench.database, bench.clock), bench.unitOfWork, bench.ids, bench.clock);
});
afterAll(() => bench.close());

const view = (key: string, over: object = {}) => ({
  key: `key-${key}`,
  type: 'VIEW' as const,
  productId: '77',
  ...over,
});
const track = (anonymousId: string, memberId: string | null, events: ReturnType<typeof view>[]) =>
  analytics.track({ brandId: bench.brandId, anonymousId, memberId: memberId as never, events });
const trail = (memberId: string, days?: number) =>
  analytics.trail(bench.database, bench.brandId, memberId as never, { limit: 10, days });

describe('browse events', () => {
  it('count once however often a batch is sent, also at the same instant', async () => {
    const batch = [view('1'), view('2'), view('1')];
    const counts = await Promise.all([track('visitor-a', '5', batch), track('visitor-a', '5', batch)]);
    expect(Math.max(...counts)).toBe(2);
    expect(await track('visitor-a', '5', batch)).toBe(0);
    expect(await trail('5')).toMatchObject([{ type: 'VIEW', productId: '77', count: 2 }]);
  });

  it('of an anonymous visitor become the member’s at the login, and never those of another member', async () => {
    await track('visitor-b', null, [view('3')]);
    expect(await trail('6')).toEqual([]);
    await track('visitor-b', '6', [view('4', { productId: '78' })]);
    expect((await trail('6')).map((row) => row.productId).sort()).toEqual(['77', '78']);
    await track('visitor-b', '7', [view('5', { productId: '79' })]);
    expect((await trail('7')).map((row) => row.productId)).toEqual(['79']);
  });

  it('happened when the phone says how long ago, and leave the trail after its days', async () => {
    await track('visitor-c', '8', [view('6', { agoMs: DAY_MS })]);
    expect((await trail('8'))[0]?.lastAt.getTime()).toBe(bench.clock.now() - DAY_MS);
    expect(await trail('8', 0.5)).toEqual([]);
  });

  it('tell once that a tracked send was opened', async () => {
    await track('visitor-d', '9', [view('7', { type: 'SHARE_OPEN', sendId: '4242' }), view('8', { sendId: '4242' })]);
    await track('visitor-d', '9', [view('7', { type: 'SHARE_OPEN', sendId: '4242' })]);
    const events = await bench.database.query("SELECT id FROM outbox WHERE brand_id = ? AND type = 'send.opened'", [
      bench.brandId,
    ]);
    expect(events).toHaveLength(1);
  });
});
