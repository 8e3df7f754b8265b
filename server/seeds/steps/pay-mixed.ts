import { type Actors, attempt } from './actors.js';
import { buyNow } from './deals.js';
import { guidesOfStore } from './personas.js';
import { seasonWares } from './publish-promotions.js';
import { asStep, type SeedContext } from './seed-context.js';
import { storeIdsOf, storeOf } from './store-book.js';

interface Mixed {
  key: string;
  store: string;
  /** Name of the coupon that is put in, if any. */
  coupon: string | null;
  points: number;
  walletFen: number;
}

/** Below the amount from which the wallet asks for its PIN. */
const MIXED: readonly Mixed[] = [
  { key: 'gu', store: 'S008', coupon: '初雪满减券', points: 500, walletFen: 18_000 },
  { key: 'chen', store: 'S003', coupon: null, points: 1_000, walletFen: 12_000 },
  { key: 'tong', store: 'S038', coupon: '初雪满减券', points: 0, walletFen: 0 },
];

/** Orders paid by coupon, points, wallet and WeChat Pay together; gifts exchanged earlier are fetched. */
export const payMixed = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'mixed payments', async () => {
    const stores = await storeIdsOf(actors);
    const wares = await seasonWares(actors);
    for (const [at, { key, store, coupon, points, walletFen }] of MIXED.entries())
      await attempt(context, `mixed payment of ${key}`, async () => {
        const api = await actors.consumer(key);
        const { items } = await api.mall.coupons({ query: { tab: 'USABLE', limit: 50 } });
        const own = items.find((one) => one.face.name === coupon && one.state === 'AVAILABLE');
        const ware = wares[(at + 5) % wares.length];
        if (!ware) return;
        await buyNow(actors, key, 'mixed', {
          storeId: storeOf(stores, store),
          lines: [{ skuId: ware.skuId, qty: 1 }],
          fulfil: 'PICKUP',
          ...(own ? { couponIds: [own.id] } : {}),
          points,
          walletFen,
        });
      });
    await fetchExchange(context, actors, 'chen', guidesOfStore('S006')[0] ?? '');
  });

/** A good of the points mall is handed over at the counter. */
async function fetchExchange(context: SeedContext, actors: Actors, key: string, userid: string): Promise<void> {
  await attempt(context, `${key} fetches a good of the points mall`, async () => {
    const { items } = await (await actors.consumer(key)).mall.pointsExchanges({ query: { limit: 5 } });
    const waiting = items.find((one) => one.pickupCode !== null);
    if (!waiting) return;
    const guide = await actors.guide(userid);
    await guide.guide.handOverExchange({ params: { code: waiting.pickupCode ?? '' } });
  });
}
