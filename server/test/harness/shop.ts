import { type BrandId, fen, type GuideId, type Id, type MemberId, type StoreId } from '@shuke/shared/kernel';
import {
  createCategories,
  createProducts,
  listProductsInStore,
  type ProductDraft,
} from '../../src/modules/catalog/index.js';
import { createStock } from '../../src/modules/inventory/index.js';
import {
  createBrand,
  createFranchisee,
  createGuide,
  createRegion,
  createStores,
  Organization,
  type RegionId,
  type StoreDraft,
} from '../../src/modules/organization/index.js';
import type { Consumer, Desk } from '../../src/platform/access/actor.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import type { TestBench } from './database.js';

/** A small brand for tests: two franchisees, four stores, a guide in each, three products with two SKUs each. */
export interface TestShop {
  appid: string;
  organization: Organization;
  hq: Desk;
  franchiseeA: Desk;
  franchiseeB: Desk;
  /** Self-run, Hangzhou lakeside. */
  lake: StoreId;
  /** Franchisee A, 1.5 km from the lake store. */
  north: StoreId;
  /** Franchisee B, Shanghai. */
  shanghai: StoreId;
  /** Self-run, paused. */
  paused: StoreId;
  guides: Record<'lake' | 'north' | 'shanghai' | 'paused', GuideId>;
  categories: Id<'category'>[];
  products: { id: Id<'product'>; skus: Id<'sku'>[] }[];
  member(name?: string): Promise<Consumer>;
}

type Places = Pick<TestShop, 'lake' | 'north' | 'shanghai' | 'paused' | 'guides' | 'categories' | 'products'>;
interface Parties {
  region: RegionId;
  a: Id<'franchisee'>;
  b: Id<'franchisee'>;
}

function placesOf({ ids }: TestBench): Places {
  const guide = () => ids.next<'guide'>();
  const skus = () => [ids.next<'sku'>(), ids.next<'sku'>()];
  return {
    lake: ids.next<'store'>(),
    north: ids.next<'store'>(),
    shanghai: ids.next<'store'>(),
    paused: ids.next<'store'>(),
    guides: { lake: guide(), north: guide(), shanghai: guide(), paused: guide() },
    categories: [ids.next<'category'>(), ids.next<'category'>()],
    products: [0, 1, 2].map(() => ({ id: ids.next<'product'>(), skus: skus() })),
  };
}

function storeDrafts(brandId: BrandId, places: Places, parties: Parties): StoreDraft[] {
  const store = (id: StoreId, code: string, name: string, at: [number, number], more: Partial<StoreDraft> = {}) => ({
    brandId,
    id,
    code,
    name,
    kind: 'SELF' as const,
    status: 'OPEN' as const,
    regionId: parties.region,
    franchiseeId: null,
    province: '浙江省',
    city: '杭州',
    district: '上城区',
    address: `${name}一层`,
    phone: '400-820-6100',
    latitude: at[0],
    longitude: at[1],
    serviceRadiusM: 3000,
    openAt: '10:00',
    closeAt: '22:00',
    collectMode: 'BRAND' as const,
    subMchid: null,
    deliveryFeeFen: fen(600),
    canShip: true,
    canPickup: true,
    ...more,
  });
  const franchise = (franchiseeId: Id<'franchisee'>, subMchid: string) =>
    ({ kind: 'FRANCHISE', collectMode: 'STORE', franchiseeId, subMchid }) as const;
  return [
    store(places.lake, 'S001', '湖滨店', [30.2576, 120.1645]),
    store(places.north, 'S002', '武林店', [30.2716, 120.1637], franchise(parties.a, '1600000001')),
    store(places.shanghai, 'S003', '静安寺店', [31.2237, 121.4452], {
      ...franchise(parties.b, '1600000002'),
      city: '上海',
    }),
    store(places.paused, 'S004', '滨江店', [30.2087, 120.2106], { status: 'PAUSED' }),
  ];
}

const productDrafts = (brandId: BrandId, places: Places, now: Date): ProductDraft[] =>
  places.products.map((product, at) => ({
    brandId,
    id: product.id,
    code: `XL100${at}`,
    categoryId: places.categories[at % 2] as Id<'category'>,
    name: `羽绒服 ${at}`,
    subtitle: '山里的暖',
    description: '很暖。',
    imageUrl: `/files/pictures/XL100${at}.png`,
    content: { images: [], sellingPoints: ['轻'], attributes: [], care: '手洗', sizeTable: [['尺码'], ['M']] },
    colours: [{ name: '松绿', hex: '#28504a', imageUrl: '/files/pictures/gn.png' }],
    badge: null,
    listPriceFen: fen(100_000),
    floorFen: fen(85_000),
    ceilingFen: fen(110_000),
    rankScore: 100 - at,
    onSaleAt: new Date(now.getTime() - at * 86_400_000),
    skus: product.skus.map((id, size) => ({
      id,
      code: `XL100${at}-GN-${size}`,
      colour: '松绿',
      size: size === 0 ? 'M' : 'L',
      imageUrl: '/files/pictures/gn.png',
    })),
  }));

async function foundOrganization(tx: Tx, brandId: BrandId, appid: string, places: Places, parties: Parties) {
  await createBrand(tx, {
    id: brandId,
    code: `b${brandId}`,
    name: '雪岭',
    appid,
    corpId: `ww${brandId}`,
    logoUrl: '/files/pictures/logo.svg',
    theme: { primary: '#28504a', accent: '#b4592a', price: '#b23a2e', radius: 12 },
    settings: { banners: [], freeFreightFromFen: 300_000 },
  });
  await createRegion(tx, { brandId, id: parties.region, name: '华东' });
  for (const [id, name] of [
    [parties.a, '拾羽'],
    [parties.b, '暖屿'],
  ] as const)
    await createFranchisee(tx, { brandId, id, name, companyName: `${name}服饰有限公司`, contactName: '沈嘉木' });
  await createStores(tx, storeDrafts(brandId, places, parties));
  for (const [place, code] of [
    ['lake', 'LAKE'],
    ['north', 'NORTH'],
    ['shanghai', 'SHANG'],
    ['paused', 'PAUSE'],
  ] as const)
    await createGuide(tx, {
      brandId,
      id: places.guides[place],
      storeId: places[place],
      code,
      wecomUserid: `G-${code}`,
      name: '林静',
      avatarUrl: '/files/pictures/guide.svg',
    });
}

async function fillShelves(tx: Tx, brandId: BrandId, places: Places) {
  const { categories, products } = places;
  await createCategories(
    tx,
    categories.map((id, position) => ({ brandId, id, name: `类别${position}`, iconUrl: '/files/c.svg', position })),
  );
  await createProducts(tx, productDrafts(brandId, places, tx.now));
  for (const storeId of [places.lake, places.north, places.shanghai, places.paused]) {
    const productIds = products.map((product) => product.id);
    await listProductsInStore(tx, brandId, storeId, productIds);
    const stock = products.flatMap(({ id: productId, skus }) =>
      skus.map((skuId) => ({ storeId, skuId, productId, onHand: 10, safety: 0 })),
    );
    await createStock(tx, brandId, stock);
  }
}

/** Founds the shop in the bench's brand: list prices ¥1000 (corridor ¥850–¥1100), ten pieces of each SKU in each store. */
export async function openTestShop(bench: TestBench): Promise<TestShop> {
  const { brandId, ids } = bench;
  const appid = `wx${BigInt(brandId).toString(16).padStart(16, '0')}`;
  const places = placesOf(bench);
  const parties = { region: ids.next<'region'>(), a: ids.next<'franchisee'>(), b: ids.next<'franchisee'>() };
  await bench.unitOfWork.run('open test shop', async (tx) => {
    await foundOrganization(tx, brandId, appid, places, parties);
    await fillShelves(tx, brandId, places);
  });
  const member = async (name = '小满'): Promise<Consumer> => {
    const memberId: MemberId = ids.next<'member'>();
    await bench.database.execute(
      `INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, level, growth, origin, status, joined_at) VALUES (?,?,?,?,'',0,0,'MINIAPP','ACTIVE',?)`,
      [brandId, memberId, memberId, name, bench.clock.date()],
    );
    return { kind: 'consumer', brandId, memberId, openid: `o-${memberId}` };
  };
  const desk = (franchiseeId: Id<'franchisee'>): Desk => ({
    kind: 'franchisee',
    brandId,
    userId: ids.next<'user'>(),
    franchiseeId,
    name: '沈嘉木',
  });
  return {
    ...places,
    appid,
    organization: new Organization(bench.database, bench.clock),
    hq: { kind: 'hq', brandId, userId: ids.next<'user'>(), name: '总部' },
    franchiseeA: desk(parties.a),
    franchiseeB: desk(parties.b),
    member,
  };
}
