import type { PromotionInput, StoreListing } from '@shuke/shared/contracts';
import { type Actors, refusalText } from './actors.js';
import { asStep, type SeedContext } from './seed-context.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RUN_DAYS = 30;

/** The season's promotions on goods of one store; `skus` are different products, dearest first. */
function seasonOf(skus: readonly { skuId: string; priceFen: number }[], nowMs: number): PromotionInput[] {
  const at = (ms: number) => new Date(nowMs + ms).toISOString();
  const live = { startsAt: at(-HOUR_MS), endsAt: at(20 * DAY_MS) };
  const item = (place: number) => skus[place % skus.length] ?? { skuId: '1', priceFen: 100_00 };
  const percent = (place: number, share: number) => Math.trunc((item(place).priceFen * share) / 10_000) * 100;
  return [
    {
      kind: 'FULL_REDUCTION',
      name: '初雪满额礼',
      ...live,
      terms: {
        measure: 'MONEY',
        basis: 'PAID',
        reward: 'AMOUNT',
        mode: 'TIERS',
        tiers: [
          { atFen: 300_000, cutFen: 15_000 },
          { atFen: 500_000, cutFen: 40_000 },
        ],
      },
    },
    {
      kind: 'SECKILL',
      name: '周末早鸟秒杀',
      ...live,
      startsAt: at(20 * HOUR_MS),
      endsAt: at(24 * HOUR_MS),
      memberLimit: 1,
      terms: { items: [{ skuId: item(0).skuId, priceFen: percent(0, 90), sliceQty: 5 }], perOrder: 1, payMinutes: 5 },
    },
    {
      kind: 'GROUP_BUY',
      name: '和朋友一起暖',
      ...live,
      terms: {
        items: [{ skuId: item(1).skuId, priceFen: percent(1, 92) }],
        size: 2,
        hours: 24,
        joinsPerMember: 3,
        fillsUp: false,
      },
    },
    {
      kind: 'BARGAIN',
      name: '请朋友砍一刀',
      ...live,
      terms: { items: [{ skuId: item(2).skuId, floorFen: percent(2, 88) }], helps: 6, hours: 48, needsFloor: true },
    },
    {
      kind: 'PRESALE',
      name: '新年限定预售',
      ...live,
      terms: {
        mode: 'DEPOSIT',
        items: [{ skuId: item(3).skuId, priceFen: item(3).priceFen - 1, depositFen: 5_000, worthFen: 10_000 }],
        tailFrom: at(10 * DAY_MS),
        tailUntil: at(13 * DAY_MS),
        shipBy: at(20 * DAY_MS),
        forfeits: false,
      },
    },
  ];
}

/** Headquarters runs the season's promotions on past orders and publishes them; a draft that is refused stays a draft. */
export const publishPromotions = (context: SeedContext, actors: Actors, nowMs: () => number): Promise<void> =>
  asStep(context, 'promotions', async () => {
    const api = await actors.desk('hq');
    const { items: stores } = await api.console.stores({ query: { limit: 1 } });
    const store = stores[0];
    if (!store) return;
    const { items } = await api.console.listings({ params: { id: store.id }, query: { limit: 100 } });
    const season = seasonOf(dearest(items), nowMs());
    const { items: known } = await api.console.promotions({ query: { limit: 100 } });
    for (const promotion of season) {
      if (known.some((one) => one.name === promotion.name)) continue;
      try {
        const { id } = await api.console.createPromotion({ body: promotion });
        await api.console.runPromotion({ params: { id }, body: { days: RUN_DAYS } });
        await api.console.publishPromotion({
          params: { id },
          body: { acceptsBelowFloor: true, reason: '冬季主推活动' },
        });
      } catch (error) {
        context.say(`promotion ${promotion.name}: ${refusalText(error)}`);
      }
    }
    context.say(`${season.length} promotions`);
  });

function dearest(listings: readonly StoreListing[]): { skuId: string; priceFen: number }[] {
  return listings
    .filter((listing) => listing.isListed)
    .flatMap((listing) => listing.skus.slice(0, 1))
    .map((sku) => ({ skuId: sku.skuId, priceFen: sku.storePriceFen ?? sku.listPriceFen }))
    .filter((sku) => sku.priceFen >= 50_000)
    .sort((a, b) => b.priceFen - a.priceFen);
}
