import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { PromotionInput } from '@shuke/shared/contracts';
import { type Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../../test/harness/shop.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { Catalog } from '../../catalog/index.js';
import { Activities } from '../application/activities.js';
import { ActivityPrices } from '../application/activity-prices.js';
import { Bargains } from '../application/bargains.js';
import { CheckPromotion } from '../application/check-promotion.js';
import { GroupSeats } from '../application/group-seats.js';
import { MallPromotions } from '../application/mall-promotions.js';
import { MallSessions } from '../application/mall-sessions.js';
import { PromotionDesk } from '../application/promotion-desk.js';
import { PromotionEffects } from '../application/promotion-effect.js';
import { PromotionSweeps } from '../application/promotion-sweeps.js';
import { Promotions } from '../application/promotions.js';
import { SeePromotions } from '../application/see-promotions.js';
import { SessionViews } from '../application/session-views.js';
import { PromotionTools } from '../application/tools.js';
import { promotionInvariants } from '../promotions.invariants.js';

export let bench: TestBench;
export let shop: TestShop;
export let tools: PromotionTools;
export let promotions: Promotions;
export let desk: PromotionDesk;
export let effects: PromotionEffects;
export let mall: MallPromotions;
export let sessions: MallSessions;
export let bargains: Bargains;
export let seats: GroupSeats;
export let activities: Activities;
export let sweeps: PromotionSweeps;

/** Gives each test of the file a shop of its own, with everything that promotions need. */
export function usePromotionBench(): void {
  beforeAll(async () => {
    bench = await openTestBench();
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    bench.brandId = bench.ids.next<'brand'>();
    shop = await openTestShop(bench);
    tools = new PromotionTools(bench.database, bench.unitOfWork, bench.clock, bench.ids);
    const catalog = new Catalog(bench.database);
    promotions = new Promotions(bench.database, bench.clock, shop.organization);
    const checks = new CheckPromotion(bench.database, bench.clock, bench.ids, shop.organization);
    const see = new SeePromotions(tools, shop.organization);
    desk = new PromotionDesk(tools, shop.organization, checks, promotions, see);
    effects = new PromotionEffects(tools, shop.organization, see);
    mall = new MallPromotions(tools, promotions, shop.organization, catalog);
    sessions = new MallSessions(tools, shop.organization, new SessionViews(tools, shop.organization, catalog));
    bargains = new Bargains(tools, promotions, catalog, sessions);
    seats = new GroupSeats(tools);
    activities = new Activities(tools, promotions, new ActivityPrices(tools, promotions), seats);
    sweeps = new PromotionSweeps(tools, seats, bargains, shop.organization);
  });
}

export const hours = (n: number) => new Date(bench.clock.now() + n * 3_600_000).toISOString();
export const sku = (product: number, size = 0) => shop.products[product]?.skus[size] as Id<'sku'>;

export const draft = (
  kind: PromotionInput['kind'],
  terms: Record<string, unknown>,
  more: Partial<PromotionInput> = {},
) => ({
  kind,
  name: `活动 ${kind}`,
  startsAt: hours(-1),
  endsAt: hours(240),
  terms,
  ...more,
});
export const reduction = (more: Partial<PromotionInput> = {}): PromotionInput =>
  draft(
    'FULL_REDUCTION',
    { measure: 'MONEY', basis: 'PAID', reward: 'AMOUNT', mode: 'TIERS', tiers: [{ atFen: 100_000, cutFen: 10_000 }] },
    more,
  );
export const groupBuy = (): PromotionInput =>
  draft('GROUP_BUY', {
    items: [{ skuId: sku(0), priceFen: 90_000 }],
    size: 2,
    hours: 24,
    joinsPerMember: 5,
    fillsUp: false,
  });

export async function publish(input: PromotionInput, actor = shop.hq): Promise<Id<'promotion'>> {
  const { id } = await desk.create(actor, input);
  await desk.run(actor, id as Id, 30);
  await desk.publish(actor, id as Id, { acceptsBelowFloor: true, reason: '测试' });
  return id as Id<'promotion'>;
}

export const record = (who: Consumer, orderId: Id<'order'>, uses: Parameters<Promotions['record']>[1]['promotions']) =>
  bench.unitOfWork.run('test', (tx) =>
    promotions.record(tx, {
      brandId: bench.brandId,
      orderId,
      memberId: who.memberId,
      storeId: shop.lake,
      promotions: uses,
    }),
  );
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
export const holds = async () => {
  for (const invariant of promotionInvariants)
    expect([invariant.id, await invariant.check(bench.database, bench.brandId)]).toEqual([invariant.id, []]);
};
