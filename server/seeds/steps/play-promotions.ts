import { type Actors, attempt } from './actors.js';
import { buyNow, submitDeal } from './deals.js';
import { seasonWares } from './publish-promotions.js';
import { asStep, type SeedContext } from './seed-context.js';
import { type StoreIds, storeIdsOf, storeOf, type Ware } from './store-book.js';

interface Party {
  context: SeedContext;
  actors: Actors;
  stores: StoreIds;
  wares: readonly Ware[];
  /** Ids of the season's promotions by play. */
  plays: ReadonlyMap<string, string>;
}

/** People use the season's promotions: a group that is complete, one that waits, bargains, deposits, a seckill. */
export const playPromotions = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'promotions in use', async () => {
    const api = await actors.desk('hq');
    const { items } = await api.console.promotions({ query: { limit: 100 } });
    const plays = new Map(items.filter(({ state }) => state === 'LIVE').map(({ kind, id }) => [kind, id]));
    const party = { context, actors, stores: await storeIdsOf(actors), wares: await seasonWares(actors), plays };
    await group(party, ['zhou', 'lin'], 'S003');
    await group(party, ['gu'], 'S008');
    await group(party, ['luo', 'he'], 'S027');
    await bargain(party, 'lin', 'S003', ['chen', 'zhou', 'gu']);
    await bargain(party, 'tong', 'S038', ['lin', 'shen', 'liang', 'luo', 'he', 'ye']);
    for (const [key, store] of [
      ['lin', 'S003'],
      ['shen', 'S008'],
    ] as const)
      await deal(party, key, store, 'PRESALE', 3);
    for (const [key, store] of [
      ['xu', 'S008'],
      ['tong', 'S038'],
    ] as const)
      await deal(party, key, store, 'SECKILL', 0);
    await fullReduction(party, 'chen', 'S003');
    await unpaid(party, 'luo', 'S027');
  });

const placeOf = ({ wares }: Party, at: number) => wares[at % wares.length] as Ware;

async function deal(party: Party, key: string, store: string, kind: string, place: number, sessionId?: string) {
  const { context, actors, stores, plays } = party;
  const promotionId = plays.get(kind);
  if (!promotionId) return null;
  const lines = [{ skuId: placeOf(party, place).skuId, qty: 1 }];
  const wish = { storeId: storeOf(stores, store), lines, fulfil: 'PICKUP' as const };
  // A seckill counts by itself; the others have a session that the order belongs to.
  const activity = kind === 'SECKILL' ? {} : { activity: { promotionId, ...(sessionId ? { sessionId } : {}) } };
  let orderId: string | null = null;
  await attempt(context, `${kind} of ${key}`, async () => {
    orderId = (await buyNow(actors, key, kind, { ...wish, ...activity })).id;
  });
  return orderId;
}

/** The first person opens a group and the others come in. */
async function group(party: Party, people: readonly string[], store: string): Promise<void> {
  const [leader = '', ...friends] = people;
  if ((await deal(party, leader, store, 'GROUP_BUY', 1)) === null) return;
  const api = await party.actors.consumer(leader);
  const { items } = await api.mall.myGroups({ query: { limit: 5 } });
  for (const friend of friends) await deal(party, friend, store, 'GROUP_BUY', 1, items[0]?.id);
}

async function bargain(
  { context, actors, stores, wares, plays }: Party,
  key: string,
  store: string,
  helpers: readonly string[],
) {
  const promotionId = plays.get('BARGAIN');
  const skuId = wares[2]?.skuId;
  if (!promotionId || !skuId) return;
  await attempt(context, `a bargain of ${key}`, async () => {
    const storeId = storeOf(stores, store);
    const { id } = await (await actors.consumer(key)).mall.startBargain({ body: { promotionId, skuId, storeId } });
    for (const helper of helpers)
      await attempt(context, `${helper} helps ${key}`, async () =>
        (await actors.consumer(helper)).mall.helpBargain({ params: { id } }),
      );
  });
}

/** Enough pieces for the highest tier of the full reduction. */
async function fullReduction(party: Party, key: string, store: string): Promise<void> {
  const lines = [4, 5].map((at) => ({ skuId: placeOf(party, at).skuId, qty: 2 }));
  const wish = { storeId: storeOf(party.stores, store), lines, fulfil: 'PICKUP' as const };
  await attempt(party.context, `full reduction of ${key}`, () => buyNow(party.actors, key, 'full reduction', wish));
}

/** An order that waits for its money and holds a coupon meanwhile. */
async function unpaid(party: Party, key: string, store: string): Promise<void> {
  await attempt(party.context, `an unpaid order of ${key}`, async () => {
    const api = await party.actors.consumer(key);
    const { items } = await api.mall.coupons();
    const coupon = items.find((one) => one.face.name === '初雪满减券' && one.state === 'AVAILABLE');
    const lines = [{ skuId: placeOf(party, 4).skuId, qty: 1 }];
    const wish = { storeId: storeOf(party.stores, store), lines, fulfil: 'PICKUP' as const };
    await submitDeal(party.actors, key, 'unpaid', { ...wish, ...(coupon ? { couponIds: [coupon.id] } : {}) });
  });
}
