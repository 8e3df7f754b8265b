import type { Api } from '@shuke/shared/api';
import { type Actors, attempt } from './actors.js';
import { deedKey } from './deals.js';
import { asStep, type SeedContext } from './seed-context.js';
import { listingsOf, type StoreIds, storeIdsOf, storeOf } from './store-book.js';

const HOUR_MS = 3_600_000;

interface Wanted {
  key: string;
  asset: 'POINTS' | 'GROWTH' | 'WALLET';
  amount: number;
  reason: string;
  /** What the second person at headquarters does with it. */
  answer: { isApproved: boolean; note: string } | null;
}

const CORRECTIONS: readonly Wanted[] = [
  {
    key: 'zhou',
    asset: 'POINTS',
    amount: 200,
    reason: '活动漏发的双倍积分',
    answer: { isApproved: true, note: '核过活动名单' },
  },
  {
    key: 'gu',
    asset: 'WALLET',
    amount: 5_000,
    reason: '门店多扣一笔，补回',
    answer: { isApproved: false, note: '流水里没有这笔' },
  },
  { key: 'lin', asset: 'POINTS', amount: 500, reason: '售后致歉补偿', answer: null },
  { key: 'tong', asset: 'GROWTH', amount: 300, reason: '线下团购没记成长值', answer: null },
];

/** What headquarters' two people and the franchisees do at their desks: corrections, refunds of balances, asks. */
export const runDesk = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'desks', async () => {
    const hq = await actors.desk('hq');
    const stores = await storeIdsOf(actors);
    for (const wanted of CORRECTIONS) await correct(context, actors, wanted);
    await attempt(context, 'a balance goes back', () => giveBack(actors, 'shen'));
    await attempt(context, 'approvals of headquarters', () => needApproval(hq));
    await ask(context, actors, stores);
    await attempt(context, 'a rule of shelves', () => ruleShelves(hq));
    await attempt(context, 'phones of stores', () =>
      hq.console.addSharedPhones({
        body: { phones: ['13857119000', '13857119001'], kind: 'STORE', note: '湖滨店和武林店的店机' },
      }),
    );
  });

async function correct(context: SeedContext, actors: Actors, wanted: Wanted): Promise<void> {
  const { key, asset, amount, reason, answer } = wanted;
  await attempt(context, `correction for ${key}`, async () => {
    const memberId = (await (await actors.consumer(key)).mall.me()).profile.id;
    const asked = await (await actors.desk('hq')).console.requestAdjustment({
      body: { memberId, asset, amount, reason },
      idempotencyKey: deedKey(`correction ${key} ${asset}`),
    });
    if (!answer || asked.state !== 'WAITING') return;
    const finance = await actors.desk('finance');
    await finance.console.decideAdjustment({ params: { id: asked.id }, body: answer });
  });
}

/** Somebody gives up the rest of a balance; it goes back the way it came. */
async function giveBack(actors: Actors, key: string): Promise<void> {
  const { mall } = await actors.consumer(key);
  const { canRequest, refundFen } = await mall.balanceRefundPreview();
  if (canRequest) await mall.requestBalanceRefund({ body: { expectedFen: refundFen, reason: '搬家了，附近没有门店' } });
}

/** Taking goods off a shelf needs headquarters' word from now on. */
async function needApproval(hq: Api): Promise<void> {
  const { version, approvals } = await hq.console.mallSettings();
  if (!approvals.delisting)
    await hq.console.updateMallSettings({ body: { version, approvals: { ...approvals, delisting: true } } });
}

/** A franchisee asks to stop selling three things: one granted, one refused, one open; and plans a price. */
async function ask(context: SeedContext, actors: Actors, stores: StoreIds): Promise<void> {
  const storeId = storeOf(stores, 'S004');
  const theirs = await actors.desk('f01');
  const hq = await actors.desk('hq');
  const goods = (await listingsOf(actors, storeId)).slice(-3);
  const words = ['店里面积小，童装放不下', '这款去年就卖得慢', '和隔壁商场的品牌撞款'];
  const answers = [
    { isApproved: true, note: '同意，童装集中到西溪店' },
    { isApproved: false, note: '主推款，先卖完这一季' },
  ];
  for (const [at, { productId }] of goods.entries())
    await attempt(context, `a wish of S004`, async () => {
      const params = { id: storeId, productId };
      const asked = await theirs.console.askDelisting({ params, body: { reason: words[at] ?? '' } });
      const answer = answers[at];
      if (answer) await hq.console.decideApproval({ params: { id: asked.id }, body: answer });
    });
  const [first] = goods.slice(-1);
  const sku = first?.skus[0];
  if (!first || !sku) return;
  await attempt(context, 'a price plan of S004', () =>
    theirs.console.addPricePlan({
      params: { id: storeId },
      body: {
        skuId: sku.skuId,
        priceFen: Math.max(first.floorFen, sku.listPriceFen - 2_000),
        startsAt: new Date(context.clock.now() + 48 * HOUR_MS).toISOString(),
        endsAt: new Date(context.clock.now() + 96 * HOUR_MS).toISOString(),
        note: '周末店庆',
      },
    }),
  );
}

/** The new season's first product has to lie on every shelf of a franchisee. */
async function ruleShelves(hq: Api): Promise<void> {
  const { items } = await hq.console.products({ query: { limit: 5 } });
  const known = await hq.console.listingRules();
  const productId = items[0]?.id;
  if (!productId || known.length > 0) return;
  await hq.console.addListingRule({
    body: { effect: 'MUST_LIST', storeKind: 'FRANCHISE', productId, note: '当季主推，加盟店都要上' },
  });
}
