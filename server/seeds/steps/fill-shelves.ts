import { DAY_MS, fen, type Id, type StoreId } from '@shuke/shared/kernel';
import {
  type CategoryId,
  createCategories,
  createProducts,
  createStorePrices,
  listProductsInStore,
  type ProductDraft,
} from '../../src/modules/catalog/index.js';
import { createStock } from '../../src/modules/inventory/index.js';
import { Organization, type Store, setBrandSettings } from '../../src/modules/organization/index.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import { BRAND } from '../demo/brand.js';
import { looksOf } from '../demo/looks.js';
import { CATEGORIES, type DemoProduct, PRODUCTS } from '../demo/products.js';
import { createRandom, type Random, seedOf } from '../demo/random.js';
import { FREE_FREIGHT_FROM_FEN } from './found-brand.js';
import { DEMO_SEED, idsOf, inOneStep, type SeedContext } from './seed-context.js';

const BADGES: Record<number, string> = { 0: '新品', 3: '店长推荐', 7: '热卖' };

/** The catalogue, and what each store lists, asks and holds of it. */
export const fillShelves = (context: SeedContext): Promise<void> =>
  inOneStep(context, 'shelves', async (tx) => {
    const { brandId } = context;
    const categories = new Map<string, CategoryId>();
    for (const { code } of CATEGORIES) categories.set(code, idsOf(context).next<'category'>());
    await createCategories(
      tx,
      CATEGORIES.map(({ code, name, icon }, position) => ({
        brandId,
        id: categories.get(code) as CategoryId,
        name,
        iconUrl: icon,
        position,
      })),
    );
    const products = PRODUCTS.map((product, at) => productDraft(context, tx, product, at, categories));
    await createProducts(tx, products);
    await setBrandSettings(tx, brandId, {
      freeFreightFromFen: FREE_FREIGHT_FROM_FEN,
      banners: BRAND.banners.map(({ picture, title, subtitle, categoryCode }) => ({
        imageUrl: picture,
        title,
        subtitle,
        productId: products.find((one) => one.categoryId === categories.get(categoryCode))?.id ?? null,
      })),
    });
    for (const store of await context.app.get(Organization).stores(brandId)) await fillStore(tx, store, products);
  });

function productDraft(
  context: SeedContext,
  tx: Tx,
  product: DemoProduct,
  at: number,
  categories: ReadonlyMap<string, CategoryId>,
): ProductDraft {
  const random = createRandom(DEMO_SEED ^ seedOf(product.code));
  const [main] = product.colours;
  return {
    brandId: context.brandId,
    id: idsOf(context).next<'product'>(),
    code: product.code,
    categoryId: categories.get(product.categoryCode) as CategoryId,
    name: product.name,
    subtitle: product.subtitle,
    description: product.description,
    imageUrl: main?.pictures.medium ?? '',
    content: {
      images: product.colours.map(({ pictures }) => pictures.large ?? pictures.medium),
      sellingPoints: product.sellingPoints,
      attributes: product.attributes,
      care: product.care.join('；'),
      sizeTable: [product.sizeHelp.columns, ...product.sizeHelp.rows],
      goesWith: looksOf(product.code, product.categoryCode),
    },
    colours: product.colours.map(({ name, hex, pictures }) => ({ name, hex, imageUrl: pictures.medium })),
    badge: BADGES[at % 10] ?? null,
    listPriceFen: fen(product.listPriceFen),
    floorFen: fen(product.floorFen),
    ceilingFen: fen(product.ceilingFen),
    rankScore: random.int(100, 1000),
    onSaleAt: new Date(tx.now.getTime() - random.int(1, 80) * DAY_MS),
    skus: product.skus.map((sku) => ({
      id: idsOf(context).next<'sku'>(),
      code: sku.code,
      colour: sku.colourName,
      size: sku.size,
      imageUrl: sku.picture,
    })),
  };
}

/** A store lists 70 to 100 % of the products, prices a few of them itself, and holds 0 to 12 pieces of each SKU. */
async function fillStore(tx: Tx, store: Store, products: readonly ProductDraft[]): Promise<void> {
  const random = createRandom(DEMO_SEED ^ seedOf(store.code));
  const share = random.int(70, 100);
  const listed = random.shuffle(products).slice(0, Math.ceil((products.length * share) / 100));
  await createStorePrices(tx, store.brandId, ownPrices(random, store.id, listed));
  await listProductsInStore(
    tx,
    store.brandId,
    store.id,
    listed.map((product) => product.id),
  );
  const stock = listed.flatMap((product) => {
    const isSoldOut = random.next() < 0.04;
    return product.skus.map((sku) => ({
      storeId: store.id,
      skuId: sku.id,
      productId: product.id,
      onHand: isSoldOut ? 0 : pieces(random),
      safety: 0,
    }));
  });
  await createStock(tx, store.brandId, stock);
}

function pieces(random: Random): number {
  const chance = random.next();
  if (chance < 0.08) return 0;
  return chance < 0.2 ? 2 : random.int(3, 12);
}

/** Every eighth product or so has a price of the store's own, in whole yuan between the edges of the corridor. */
function ownPrices(random: Random, storeId: StoreId, products: readonly ProductDraft[]) {
  return products
    .filter(() => random.next() < 0.12)
    .flatMap((product) => {
      const priceFen = fen(random.int(Math.ceil(product.floorFen / 100), Math.floor(product.ceilingFen / 100)) * 100);
      return product.skus.map((sku) => ({ storeId, skuId: sku.id as Id<'sku'>, productId: product.id, priceFen }));
    });
}
