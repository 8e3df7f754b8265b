import { type BrandId, fen, type GuideId, type Id, type StoreId } from '@shuke/shared/kernel';
import { openidOf } from '../../simulators/src/core/index.js';
import { Catalog, createProducts, listProductsInStore, type ProductDraft } from '../src/modules/catalog/index.js';
import { createStock } from '../src/modules/inventory/index.js';
import { SplitRules } from '../src/modules/settlement/index.js';
import { ManualClock, SystemClock } from '../src/platform/clock/clock.js';
import { Database, openDataSource } from '../src/platform/database/database.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { IdSource } from '../src/platform/ids/id-source.js';
import type { TestBench } from '../test/harness/database.js';
import { openTestShop, type TestShop } from '../test/harness/shop.js';
import type { Settings } from './settings.js';

const PRODUCTS = 1000;
const SIZES = ['S', 'M', 'L', 'XL'];
const ENDLESS = 10_000_000;

/** One franchise store that sells a thousand products of four SKUs each and never runs out. */
export interface BenchShop {
  bench: TestBench;
  test: TestShop;
  appid: string;
  brandId: BrandId;
  storeId: StoreId;
  guideId: GuideId;
  productId: Id<'product'>;
  skuId: Id<'sku'>;
  /** Everything on sale, for buyers who choose. */
  choices: { productId: Id<'product'>; skuId: Id<'sku'> }[];
  openidOf(consumer: string): string;
}

export async function openBenchShop(settings: Settings): Promise<BenchShop> {
  const source = await openDataSource(settings.databaseUrl, 4);
  await source.runMigrations({ transaction: 'each' });
  const database = new Database(source);
  const clock = new ManualClock(new SystemClock().now() - 60_000);
  const ids = new IdSource(clock, 1000);
  const unitOfWork = new UnitOfWork(database, clock, ids);
  const bench: TestBench = {
    database,
    unitOfWork,
    ids,
    clock,
    brandId: ids.next<'brand'>(),
    close: () => source.destroy(),
  };
  const shop = await openTestShop(bench);
  const drafts = moreProducts(bench, shop);
  await unitOfWork.run('fill the store', async (tx) => {
    await createProducts(tx, drafts);
    await listProductsInStore(
      tx,
      bench.brandId,
      shop.north,
      drafts.map((draft) => draft.id),
    );
    const stock = drafts.flatMap(({ id: productId, skus }) =>
      skus.map((sku) => ({ storeId: shop.north, skuId: sku.id, productId, onHand: ENDLESS, safety: 0 })),
    );
    await createStock(tx, bench.brandId, stock);
    await tx.execute("UPDATE guide SET receiver_openid = ?, receiver_state = 'READY' WHERE brand_id = ?", [
      openidOf(shop.appid, 'guide'),
      bench.brandId,
    ]);
  });
  await database.query('ANALYZE TABLE product, sku, listing, stock');
  const rules = new SplitRules(database, unitOfWork, new Catalog(database));
  const draft = await rules.draft(shop.hq, {
    name: '加盟分润',
    legs: [
      { party: 'BRAND', ratioBp: 1800, storeKinds: ['FRANCHISE'] },
      { party: 'GUIDE', ratioBp: 500 },
    ],
  });
  await rules.publish(shop.hq, draft.version);
  const [product] = drafts;
  const [sku] = product?.skus ?? [];
  if (!product || !sku) throw new Error('no product was made');
  return {
    bench,
    test: shop,
    appid: shop.appid,
    brandId: bench.brandId,
    storeId: shop.north,
    guideId: shop.guides.north,
    productId: product.id,
    skuId: sku.id,
    choices: drafts.flatMap(({ id: productId, skus }) => skus.map(({ id: skuId }) => ({ productId, skuId }))),
    openidOf: (consumer) => openidOf(shop.appid, consumer),
  };
}

const moreProducts = ({ brandId, ids, clock }: TestBench, shop: TestShop): ProductDraft[] =>
  Array.from({ length: PRODUCTS - shop.products.length }, (_, at) => ({
    brandId,
    id: ids.next<'product'>(),
    code: `B${at}`,
    categoryId: shop.categories[at % shop.categories.length] as Id<'category'>,
    name: `轻暖羽绒服 ${at}`,
    subtitle: '轻、软、暖，一件穿过冬天',
    description: '九成白鸭绒，防泼水面料，可机洗。',
    imageUrl: `/files/pictures/B${at}.png`,
    content: { images: [], sellingPoints: ['轻', '暖'], attributes: [], care: '手洗', sizeTable: [['尺码'], SIZES] },
    colours: [{ name: '松绿', hex: '#28504a', imageUrl: '/files/pictures/gn.png' }],
    badge: null,
    listPriceFen: fen(100_000),
    floorFen: fen(85_000),
    ceilingFen: fen(110_000),
    rankScore: PRODUCTS - at,
    onSaleAt: new Date(clock.now() - at * 60_000),
    skus: SIZES.map((size) => ({
      id: ids.next<'sku'>(),
      code: `B${at}-GN-${size}`,
      colour: '松绿',
      size,
      imageUrl: '/files/pictures/gn.png',
    })),
  }));
