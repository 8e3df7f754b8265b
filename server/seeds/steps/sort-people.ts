import { CONSUMERS } from '../demo/consumers.js';
import { type Actors, attempt } from './actors.js';
import { deedKey } from './deals.js';
import { PERSONAS } from './personas.js';
import { asStep, mapAtMost, type SeedContext } from './seed-context.js';
import { listingsOf, storeIdsOf, storeOf } from './store-book.js';

const AT_ONCE = 4;
/** Pairs of old cards that are one person: the first pair stays merged, the second is taken apart again. */
const SAME = [
  ['OLD10009', 'OLD10008'],
  ['OLD10023', 'OLD10022'],
] as const;

/** Who is who, and what people want to know and change about themselves. */
export const sortPeople = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'records of people', async () => {
    await attempt(context, 'merges', () => merge(actors));
    await mapAtMost(AT_ONCE, PERSONAS, ({ key }) => attempt(context, `${key} enters`, () => enter(actors, key)));
    await attempt(context, 'a wish for another guide', () => wishGuide(actors, 'luo', '离我公司近的那位更方便约时间'));
    await attempt(context, 'a wish for another guide', () => wishGuide(actors, 'gu', '想找一位懂男装的'));
    await attempt(context, 'an export', async () => void (await (await actors.consumer('lin')).mall.exportMyData()));
    for (const key of ['lin', 'zhou'])
      await attempt(context, `${key} waits for goods`, () => waitFor(actors, key, 'S003'));
  });

async function merge(actors: Actors): Promise<void> {
  const { console: desk } = await actors.desk('hq');
  const idOf = async (cardNo: string) => (await desk.members({ query: { q: cardNo } })).items[0]?.profile.id;
  for (const [at, [from, into]] of SAME.entries()) {
    const [fromId, intoId] = [await idOf(from), await idOf(into)];
    if (!fromId || !intoId || fromId === intoId) continue;
    const merged = await desk.merge({
      body: { fromId, intoId, reason: '电话核实：换过会员卡的同一位顾客' },
      idempotencyKey: deedKey(`merge ${from}`),
    });
    if (at === 1) await desk.undoMerge({ params: { id: merged.id }, body: { reason: '本人说那张是她妹妹的卡' } });
  }
}

/** Opens the mall where the person is: at home, and once with a link of the guide. */
async function enter(actors: Actors, key: string): Promise<void> {
  const { mall } = await actors.consumer(key);
  const places = CONSUMERS.find((one) => one.key === key)?.places ?? [];
  for (const { latitude, longitude } of places.slice(0, 2)) await mall.enter({ query: { latitude, longitude } });
  await mall.enter({ query: {} });
}

async function wishGuide(actors: Actors, key: string, reason: string): Promise<void> {
  const { mall } = await actors.consumer(key);
  const choices = await mall.guideChoices({ query: {} });
  const other = choices.at(-1);
  await mall.changeGuide({ body: { reason, ...(other ? { toGuideId: other.id } : {}) } });
}

async function waitFor(actors: Actors, key: string, storeCode: string): Promise<void> {
  const storeId = storeOf(await storeIdsOf(actors), storeCode);
  const listings = await listingsOf(actors, storeId);
  const gone = listings.flatMap(({ skus }) => skus).find(({ available }) => available === 0);
  if (gone) await (await actors.consumer(key)).mall.askArrival({ body: { storeId, skuId: gone.skuId } });
}
