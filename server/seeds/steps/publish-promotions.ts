import type { PromotionInput } from '@shuke/shared/contracts';
import { pastSeason, type SeasonEntry, seasonOf } from '../demo/season.js';
import { type Actors, attempt } from './actors.js';
import { asStep, HISTORY_DAYS, type SeedContext } from './seed-context.js';
import { storeIdsOf, storeOf, type Ware, waresOfAll } from './store-book.js';

const RUN_DAYS = 30;
/** Goods of the season are on the shelves of these, so that people of four cities meet there, and the store of the demo's guide. */
export const SEASON_STORES = ['S003', 'S008', 'S027', 'S038', 'S001'];
const LEAST_STOCK = 4;
const FROM_FEN = 20_000;
/** The season names the ten dearest; each store of it gets so many pieces. */
const STOCKED_UP = 10;
const SEASON_STOCK = 30;

/** The promotion of the past days, published before the first of them. */
export const publishPastSeason = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'past season', () =>
    publishOnce(context, actors, { input: pastSeason(context.clock.now(), HISTORY_DAYS), until: 'PUBLISHED' }),
  );

/** Headquarters runs the season's promotions on past orders and publishes them; a draft that is refused stays a draft. */
export const publishPromotions = (context: SeedContext, actors: Actors, nowMs: () => number): Promise<void> =>
  asStep(context, 'promotions', async () => {
    const wares = await seasonWares(actors);
    await stockUp(actors, wares.slice(0, STOCKED_UP));
    const season = seasonOf(wares, nowMs());
    for (const entry of season) await publishOnce(context, actors, entry);
    await budgetOfFranchisees(actors, nowMs());
    context.say(`${season.length} promotions`);
  });

/** Goods that the season is about, the dearest first. */
export async function seasonWares(actors: Actors): Promise<Ware[]> {
  const stores = await storeIdsOf(actors);
  const wares = await waresOfAll(
    actors,
    SEASON_STORES.map((code) => storeOf(stores, code)),
    LEAST_STOCK,
  );
  return wares.filter(({ priceFen }) => priceFen >= FROM_FEN);
}

/** Goods that are advertised are there: what takes part is counted up before anybody hears of it. */
async function stockUp(actors: Actors, wares: readonly Ware[]): Promise<void> {
  const api = await actors.desk('hq');
  const stores = await storeIdsOf(actors);
  for (const code of SEASON_STORES)
    for (const { skuId } of wares)
      await api.console.setStock({
        params: { id: storeOf(stores, code), skuId },
        body: { onHand: SEASON_STOCK, reason: '活动备货' },
      });
}

async function publishOnce(context: SeedContext, actors: Actors, { input, until }: SeasonEntry): Promise<void> {
  const api = await actors.desk('hq');
  const { items: known } = await api.console.promotions({ query: { limit: 100 } });
  if (known.some((one) => one.name === input.name)) return;
  await attempt(context, `promotion ${input.name}`, async () => {
    const params = { id: (await draft(actors, 'hq', input)).id };
    if (until === 'DRAFT') return;
    const reason = '冬季主推活动';
    await api.console.publishPromotion({ params, body: { acceptsBelowFloor: true, reason } });
    if (until === 'PAUSED') await api.console.pausePromotion({ params });
  });
}

async function draft(actors: Actors, login: string, body: PromotionInput): Promise<{ id: string }> {
  const api = await actors.desk(login);
  const { id } = await api.console.createPromotion({ body });
  await api.console.runPromotion({ params: { id }, body: { days: RUN_DAYS } });
  return { id };
}

/** Two franchisees have a budget for promotions of their own this month. */
async function budgetOfFranchisees(actors: Actors, nowMs: number): Promise<void> {
  const api = await actors.desk('hq');
  const month = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 7);
  const franchisees = await api.console.franchisees();
  for (const [at, { id }] of franchisees.slice(0, 2).entries())
    await api.console.setPromotionEnvelope({
      params: { franchiseeId: id },
      body: { month, budgetFen: at === 0 ? 500_000 : 300_000 },
    });
}
