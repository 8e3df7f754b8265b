import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fen, type Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { countingStatements } from '../../../test/harness/statements.js';
import { Catalog } from './application/catalog.js';
import { createProducts, listProductsInStore } from './application/create.js';
import { KeepListingRules } from './application/keep-listing-rules.js';
import { ListCategories } from './application/list-categories.js';
import { ListProducts, type ProductQuery } from './application/list-products.js';
import { SetListed } from './application/set-listed.js';
import { ShowHome } from './application/show-home.js';
import { ShowLooks } from './application/show-looks.js';
import { ShowProduct } from './application/show-product.js';

let bench: TestBench;
let shop: TestShop;
let list: ListProducts;
/** Forty more products, many of them alike in price, rank and date, so that only the id keeps their order total. */
const many: Id<'product'>[] = [];
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  list = new ListProducts(bench.database);
  const { brandId } = bench;
  await bench.unitOfWork.run('fill the shelf', async (tx) => {
    const drafts = Array.from({ length: 40 }, (_, at) => ({
      brandId,
      id: bench.ids.next<'product'>(),
      code: `MANY${String(at).padStart(3, '0')}`,
      categoryId: shop.categories[at % 2] as Id<'category'>,
      name: at === 7 ? '100%_羊毛!围巾' : `围巾 ${at}`,
      subtitle: at === 9 ? '秋冬 送礼' : '',
      description: '',
      imageUrl: '',
      content: { images: [], sellingPoints: [], attributes: [], care: '', sizeTable: [] },
      colours: [],
      badge: null,
      listPriceFen: fen(10_000 + (at % 4) * 100),
      floorFen: fen(1),
      ceilingFen: fen(100_000),
      rankScore: at % 3,
      onSaleAt: new Date(tx.now.getTime() - (at % 5) * 86_400_000),
      skus: [{ id: bench.ids.next<'sku'>(), code: `MANY${at}-1`, colour: '灰', size: '均码', imageUrl: '' }],
    }));
    many.push(...drafts.map((one) => one.id));
    await createProducts(tx, drafts);
    await listProductsInStore(tx, brandId, shop.lake, many);
  });
});
afterAll(() => bench.close());

async function allPages(query: ProductQuery) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await list.run(bench.brandId, shop.lake, { ...query, limit: 7, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

describe('a store’s list of products', () => {
  it.each(['recommended', 'newest', 'price-asc', 'price-desc', 'sales'] as const)(
    'sorted by %s shows every product once across its pages',
    async (sort) => {
      const items = await allPages({ sort });
      expect(items).toHaveLength(43);
      expect(new Set(items.map((one) => one.id)).size).toBe(43);
      const prices = items.map((one) => one.priceFen);
      if (sort === 'price-asc') expect(prices).toEqual([...prices].sort((a, b) => a - b));
      if (sort === 'price-desc') expect(prices).toEqual([...prices].sort((a, b) => b - a));
    },
  );

  it('keeps its place when a product is unlisted between two pages', async () => {
    const first = await list.run(bench.brandId, shop.lake, { sort: 'price-asc', limit: 5 });
    const set = new SetListed(
      shop.organization,
      bench.unitOfWork,
      new KeepListingRules(shop.organization, bench.database, bench.unitOfWork, bench.ids),
    );
    const gone = first.items[0]?.id as Id<'product'>;
    await set.run(shop.hq, shop.lake, gone, false);
    const second = await list.run(bench.brandId, shop.lake, {
      sort: 'price-asc',
      limit: 5,
      cursor: first.nextCursor ?? '',
    });
    const seen = [...first.items, ...second.items].map((one) => one.id);
    expect(new Set(seen).size).toBe(10);
    expect((await allPages({})).map((one) => one.id)).not.toContain(gone);
    await set.run(shop.hq, shop.lake, gone, true);
  });

  it('filters by category, by stock and by words, in which % and _ mean themselves', async () => {
    expect(await allPages({ categoryId: shop.categories[0] as string })).toHaveLength(22);
    expect(await allPages({ inStockOnly: true })).toHaveLength(3);
    const codes = async (q: string) => (await allPages({ q })).map((one) => one.code);
    expect(await codes('100%_')).toEqual(['MANY007']);
    expect(await codes('羊毛!')).toEqual(['MANY007']);
    expect(await codes('%')).toEqual(['MANY007']);
    expect(await codes('送礼')).toEqual(['MANY009']);
    expect(await codes("' OR 1=1 -- ")).toEqual([]);
  });

  it('refuses a cursor that it did not make', async () => {
    const forged = Buffer.from(JSON.stringify(['recommended', '1 OR 1=1', '1'])).toString('base64url');
    await expect(list.run(bench.brandId, shop.lake, { cursor: forged })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('is one statement per page', async () => {
    const { database, statements } = countingStatements(bench.database);
    const page = await new ListProducts(database).run(bench.brandId, shop.lake, { inStockOnly: true });
    expect(page.items[0]).toMatchObject({ priceFen: 100_000, isPriceFrom: false, inStock: true });
    expect(statements).toHaveLength(1);
  });

  it('reads the index of its sort in order, without sorting', async () => {
    for (const [sort, index] of [
      ['recommended', 'listing_rank'],
      ['newest', 'listing_new'],
      ['price-asc', 'listing_price'],
    ] as const) {
      const { database, statements } = countingStatements(bench.database);
      await new ListProducts(database).run(bench.brandId, shop.lake, { sort, limit: 5 });
      const [first] = await bench.database.query<{ key: string; Extra: string }>(`EXPLAIN ${statements[0]}`, [
        bench.brandId,
        shop.lake,
        6,
      ]);
      expect(first).toMatchObject({ key: index });
      expect(first?.Extra).not.toContain('filesort');
    }
  });
});

describe('a product’s page', () => {
  const show = (on = bench.database) => new ShowProduct(shop.organization, on);
  const consumer = () => ({ kind: 'guest' as const, brandId: bench.brandId });

  it('is two statements with SKUs at the store’s price and stock', async () => {
    await shop.organization.brand(bench.brandId);
    const { database, statements } = countingStatements(bench.database);
    const detail = await show(database).run(consumer(), shop.lake, shop.products[0]?.id as Id<'product'>);
    expect(statements).toHaveLength(2);
    expect(detail).toMatchObject({ isListed: true, priceFen: 100_000, sizes: ['M', 'L'], alternatives: [] });
    expect(detail.skus.map((sku) => sku.available)).toEqual([10, 10]);
  });

  it('says which stores nearby sell it when this one does not, still in two statements', async () => {
    const { database, statements } = countingStatements(bench.database);
    const detail = await show(database).run(consumer(), shop.north, many[0] as Id<'product'>);
    expect(statements).toHaveLength(2);
    expect(detail.isListed).toBe(false);
    expect(detail.alternatives).toEqual([{ storeId: shop.lake, storeName: '湖滨店', distanceM: expect.any(Number) }]);
  });

  it('is not found for an unknown product', async () => {
    await expect(show().run(consumer(), shop.lake, '99' as Id<'product'>)).rejects.toMatchObject({ status: 404 });
  });
});

describe('what a product is worn with', () => {
  it('is told in the brand’s order, without what this store does not have', async () => {
    const looks = new ShowLooks(shop.organization, bench.database);
    const id = bench.ids.next<'product'>();
    await bench.unitOfWork.run('add a dressed product', (tx) =>
      createProducts(tx, [
        {
          brandId: bench.brandId,
          id,
          code: 'DRESSED',
          categoryId: shop.categories[0] as Id<'category'>,
          name: '大衣',
          subtitle: '',
          description: '',
          imageUrl: '',
          colours: [],
          badge: null,
          content: {
            images: [],
            sellingPoints: [],
            attributes: [],
            care: '',
            sizeTable: [],
            goesWith: ['XL1002', 'MANY000', 'UNKNOWN', 'XL1000'],
          },
          listPriceFen: fen(90_000),
          floorFen: fen(1),
          ceilingFen: fen(100_000),
          rankScore: 0,
          onSaleAt: tx.now,
          skus: [],
        },
      ]),
    );
    const { items } = await looks.run(shop.hq, shop.lake, id);
    expect(items.map((one) => one.code)).toEqual(['XL1002', 'XL1000']);
    expect((await looks.run(shop.hq, shop.lake, many[0] as Id<'product'>)).items).toEqual([]);
    await expect(looks.run(shop.hq, shop.lake, '99' as Id<'product'>)).rejects.toMatchObject({ status: 404 });
  });
});

describe('other views', () => {
  it('count what the store lists per category and fill the home page', async () => {
    const categories = await new ListCategories(shop.organization, bench.database).ofStore(shop.hq, shop.lake);
    expect(categories.map((one) => one.productCount)).toEqual([22, 21]);
    const home = await new ShowHome(shop.organization, bench.database).run(shop.hq, shop.lake);
    expect(home.recommended[0]?.code).toBe('XL1000');
    expect([home.newArrivals.length, home.recommended.length]).toEqual([6, 12]);
  });

  it('give other modules offers in one statement, and cards and names by id', async () => {
    const catalog = new Catalog(bench.database);
    const { database, statements } = countingStatements(bench.database);
    const skus = shop.products.flatMap((one) => one.skus);
    const offers = await catalog.offers(database, bench.brandId, shop.lake, [...skus, '99' as Id<'sku'>]);
    expect(statements).toHaveLength(1);
    expect(offers).toHaveLength(6);
    expect(offers[0]).toMatchObject({ priceFen: 100_000, isListed: true, isOnSale: true, available: 10 });
    const id = shop.products[0]?.id as Id<'product'>;
    expect((await catalog.productCards(bench.brandId, [id], shop.lake)).get(id)?.inStock).toBe(true);
    expect((await catalog.productCards(bench.brandId, [id])).get(id)?.priceFen).toBe(100_000);
    expect((await catalog.productNames(bench.brandId, [id])).get(id)).toMatchObject({ code: 'XL1000' });
  });
});
