import { DEMO_GOODS, DEMO_LEVELS, DEMO_POINTS_RULE, demoTopUps } from '../demo/assets.js';
import { type Actors, attempt, until } from './actors.js';
import { PERSONAS, type Persona } from './personas.js';
import { asStep, mapAtMost, type SeedContext } from './seed-context.js';

const AT_ONCE = 4;
/** Which tier these people take, by what they pay; the others keep no balance. */
const TOP_UPS_FEN = [100_000, 50_000, 10_000, 300_000, 30_000];
/** What two of them pay with it in the store. */
const BILLS_FEN = [12_800, 9_900];

/** What happened with wallets on earlier days: top-ups and bills in a store, by days before today. */
const EARLIER: Record<number, readonly { key: string; topUpFen?: number; billFen?: number }[]> = {
  8: [
    { key: 'lin', topUpFen: 5_000 },
    { key: 'shen', topUpFen: 30_000 },
  ],
  6: [{ key: 'shen', billFen: 8_800 }],
  4: [
    { key: 'lin', topUpFen: 30_000 },
    { key: 'tong', topUpFen: 50_000 },
  ],
  2: [
    { key: 'lin', billFen: 15_900 },
    { key: 'tong', billFen: 19_900 },
  ],
};

/** Headquarters publishes levels, the points rule, top-up activities and the points mall. */
export const publishAssets = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'assets', async () => {
    const api = await actors.desk('hq');
    await api.console.setLevelScheme({ body: DEMO_LEVELS });
    await api.console.setPointsRule({ body: DEMO_POINTS_RULE });
    const known = await api.console.topUpActivities();
    for (const body of demoTopUps(new Date(context.clock.now()).toISOString()))
      if (!known.some((one) => one.name === body.name)) await api.console.createTopUpActivity({ body });
    const { items } = await api.console.pointsGoods({ query: { limit: 100 } });
    for (const body of DEMO_GOODS)
      if (!items.some((one) => one.name === body.name)) await api.console.createPointsGood({ body });
    context.say('levels, points rule, top-ups and points mall');
  });

/** People top up, pay in the store by code, and exchange points. */
export const fillWallets = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'wallets', async () => {
    const people = PERSONAS.slice(0, TOP_UPS_FEN.length);
    await mapAtMost(AT_ONCE, people, (persona, at) =>
      attempt(context, `assets of ${persona.key}`, () => topUp(actors, persona, TOP_UPS_FEN[at] ?? 0)),
    );
    for (const [at, billFen] of BILLS_FEN.entries()) {
      const persona = people[at];
      if (persona) await attempt(context, `assets of ${persona.key}`, () => payInStore(actors, persona, billFen));
    }
    for (const persona of people.slice(0, 2))
      await attempt(context, `assets of ${persona.key}`, () => exchange(actors, persona));
  });

/** The day's top-ups and payments by code, so that wallets have a history. */
export async function useWallets(context: SeedContext, actors: Actors, daysAgo: number): Promise<void> {
  for (const { key, topUpFen, billFen } of EARLIER[daysAgo] ?? []) {
    const persona = PERSONAS.find((one) => one.key === key);
    if (!persona) continue;
    await attempt(context, `wallet of ${key}`, async () => {
      if (topUpFen) await topUp(actors, persona, topUpFen);
      if (billFen) await payInStore(actors, persona, billFen);
    });
  }
}

async function storeOf(actors: Actors, { key, stores }: Persona): Promise<string> {
  const api = await actors.consumer(key);
  const { items } = await api.mall.stores({ query: { limit: 100 } });
  return items.find((one) => one.code === stores[0])?.id ?? items[0]?.id ?? '';
}

async function topUp(actors: Actors, persona: Persona, payFen: number): Promise<void> {
  const api = await actors.consumer(persona.key);
  const storeId = await storeOf(actors, persona);
  const { items, agreement } = await api.mall.topUpTiers({ query: { storeId } });
  const tier = items.find((one) => one.payFen === payFen && one.isAvailable);
  const wish = { storeId, agreementVersion: agreement.version };
  const made = await api.mall.topUp({ body: tier ? { ...wish, tierId: tier.id } : { ...wish, amountFen: payFen } });
  const params = { id: made.id };
  const sheet = await api.mall.payTopUp({ params });
  await actors.control('pay/pay', { prepay_id: sheet.package.replace('prepay_id=', '') });
  await until(`top-up of ${persona.key}`, async () =>
    (await api.mall.checkTopUp({ params })).state === 'CREDITED' ? true : null,
  );
}

async function payInStore(actors: Actors, persona: Persona, amountFen: number): Promise<void> {
  const { code } = await (await actors.consumer(persona.key)).mall.payCode();
  const guide = await actors.guide(persona.guides[0] ?? '');
  await guide.guide.chargePayCode({ body: { code, amountFen, note: '门店购物' } });
}

async function exchange(actors: Actors, persona: Persona): Promise<void> {
  const api = await actors.consumer(persona.key);
  const { items } = await api.mall.pointsMall({ query: { limit: 20 } });
  const good = items.find((one) => one.canRedeem);
  if (!good) return;
  const storeId = await storeOf(actors, persona);
  await api.mall.redeemPoints({ params: { id: good.id }, body: { qty: 1, storeId } });
}
