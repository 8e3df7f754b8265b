import { fen, type GuideId, type Id, type MemberId, type StoreId } from '@shuke/shared/kernel';
import type { Consumer, Desk } from '../../src/platform/access/actor.js';
import { createCategories, createProducts, listProductsInStore } from '../../src/modules/catalog/index.js';
import { createStock } from '../../src/modules/inventory/index.js';
import {
  createBrand,
  createFranchisee,
  createGuide,
  createRegion,
  createStores,
  Organization,
  type StoreDraft,
} from '../../src/modules/organization/index.js';
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

/** Founds the shop in the bench's brand: list prices ¥1000 (corridor ¥850–¥1100), ten pieces of each SKU in each store. */
export async function openTestShop(bench: TestBench): Promise<TestShop> {
  const { brandId, ids, unitOfWork } = bench;
  const appid = `wx${BigInt(brandId).toString(16).padStart(16, '0')}`;
  const region = ids.next<'region'>();
  const [partyA, partyB] = [ids.next<'franchisee'>(), ids.next<'franchisee'>()];
  const [lake, north, shanghai, paused] = [0, 0, 0, 0].map(() => ids.next<'store'>()) as [
    StoreId,
    StoreId,
    StoreId,
    StoreId,
  ];
  const store = (id: StoreId, code: string, name: string, place: [number, number], more: Partial<StoreDraft>) => ({
    brandId,
    id,
    code,
    name,
    kind: 'SELF' as const,
    status: 'OPEN' as const,
    regionId: region,
    franchiseeId: null,
    province: '浙江省',
    city: '杭州',
    district: '上城区',
    address: `${name}一层`,
    phone: '400-820-6100',
    latitude: place[0],
    longitude: place[1],
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
  const franchise = { kind: 'FRANCHISE', collectMode: 'STORE' } as const;
  const stores = [
    store(lake, 'S001', '湖滨店', [30.2576, 120.1645], {}),
    store(north, 'S002', '武林店', [30.2716, 120.1637], { ...franchise, franchiseeId: partyA, subMchid: '1600000001' }),
    store(shanghai, 'S003', '静安寺店', [31.2237, 121.4452], {
      ...franchise,
      franchiseeId: partyB,
      subMchid: '1600000002',
      city: '上海',
    }),
    store(paused, 'S004', '滨江店', [30.2087, 120.2106], { status: 'PAUSED' }),
  ];
  const guides = {
    lake: ids.next<'guide'>(),
    north: ids.next<'guide'>(),
    shanghai: ids.next<'guide'>(),
    paused: ids.next<'guide'>(),
  };
  const categories = [ids.next<'category'>(), ids.next<'category'>()];
  const products = [0, 1, 2].map(() => ({ id: ids.next<'product'>(), skus: [ids.next<'sku'>(), ids.next<'sku'>()] }));

  await unitOfWork.run('open test shop', async (tx) => {
    const settings = { banners: [], freeFreightFromFen: 300_000 };
    await createBrand(tx, {
      id: brandId,
      code: `b${brandId}`,
      name: '雪岭',
      appid,
      corpId: `ww${brandId}`,
      logoUrl: '/files/pictures/logo.svg',
      theme: { primary: '#28504a', accent: '#b4592a', price: '#b23a2e', radius: 12 },
      settings,
    });
    await createRegion(tx, { brandId, id: region, name: '华东' });
    for (const [id, name] of [
      [partyA, '拾羽'],
      [partyB, '暖屿'],
    ] as const)
      await createFranchisee(tx, { brandId, id, name, companyName: `${name}服饰有限公司`, contactName: '沈嘉木' });
    await createStores(tx, stores);
    for (const [place, storeId, code] of [
      ['lake', lake, 'LAKE'],
      ['north', north, 'NORTH'],
      ['shanghai', shanghai, 'SHANG'],
      ['paused', paused, 'PAUSE'],
    ] as const)
      await createGuide(tx, {
        brandId,
        id: guides[place],
        storeId,
        code,
        wecomUserid: `G-${code}`,
        name: '林静',
        avatarUrl: '/files/pictures/guide.svg',
      });
    await createCategories(
      tx,
      categories.map((id, position) => ({ brandId, id, name: `类别${position}`, iconUrl: '/files/c.svg', position })),
    );
    await createProducts(
      tx,
      products.map((product, at) => ({
        brandId,
        id: product.id,
        code: `XL100${at}`,
        categoryId: categories[at % 2] as Id<'category'>,
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
        onSaleAt: new Date(tx.now.getTime() - at * 86_400_000),
        skus: product.skus.map((id, size) => ({
          id,
          code: `XL100${at}-GN-${size}`,
          colour: '松绿',
          size: size === 0 ? 'M' : 'L',
          imageUrl: '/files/pictures/gn.png',
        })),
      })),
    );
    for (const { id } of stores) {
      await listProductsInStore(
        tx,
        brandId,
        id,
        products.map((product) => product.id),
      );
      await createStock(
        tx,
        brandId,
        products.flatMap((product) =>
          product.skus.map((skuId) => ({ storeId: id, skuId, productId: product.id, onHand: 10, safety: 0 })),
        ),
      );
    }
  });

  const member = async (name = '小满'): Promise<Consumer> => {
    const memberId: MemberId = ids.next<'member'>();
    await bench.database.execute(
      `INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, level, growth, origin, status, joined_at) VALUES (?,?,?,?,'',0,0,'MINIAPP','ACTIVE',?)`,
      [brandId, memberId, memberId, name, bench.clock.date()],
    );
    return { kind: 'consumer', brandId, memberId, openid: `o-${memberId}` };
  };
  const franchiseeDesk = (franchiseeId: Id<'franchisee'>): Desk => ({
    kind: 'franchisee',
    brandId,
    userId: ids.next<'user'>(),
    franchiseeId,
    name: '沈嘉木',
  });
  return {
    appid,
    organization: new Organization(bench.database, bench.clock),
    hq: { kind: 'hq', brandId, userId: ids.next<'user'>(), name: '总部' },
    franchiseeA: franchiseeDesk(partyA),
    franchiseeB: franchiseeDesk(partyB),
    lake,
    north,
    shanghai,
    paused,
    guides,
    categories,
    products,
    member,
  };
}
