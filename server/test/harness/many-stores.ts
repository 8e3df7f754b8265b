import type { GuideId, StoreId } from '@shuke/shared/kernel';
import { fen } from '@shuke/shared/kernel';
import { createBrand, createGuides, createRegion, createStores } from '../../src/modules/organization/index.js';
import type { TestBench } from './database.js';

export interface ManyStores {
  stores: { id: StoreId; code: string; name: string }[];
  guides: { id: GuideId; code: string; userid: string; storeId: StoreId }[];
}

/** A brand with so many open stores and guides in each, for tests of modules that build on the organisation. */
export async function openManyStores(bench: TestBench, storeCount = 3, guidesPerStore = 2): Promise<ManyStores> {
  const { brandId, ids } = bench;
  const regionId = ids.next<'region'>();
  const stores = Array.from({ length: storeCount }, (_, n) => ({
    id: ids.next<'store'>(),
    code: `S${String(n + 1).padStart(3, '0')}`,
    name: `${n + 1}号店`,
  }));
  const guides = stores.flatMap((store, s) =>
    Array.from({ length: guidesPerStore }, (_, n) => ({
      id: ids.next<'guide'>(),
      code: `g${s + 1}x${n + 1}`,
      userid: `Guide${s + 1}x${n + 1}`,
      storeId: store.id,
    })),
  );
  const mark = brandId.slice(-12);
  await bench.unitOfWork.run('test.shop', async (tx) => {
    await createBrand(tx, {
      id: brandId,
      code: `t${mark}`,
      name: '测试品牌',
      appid: `wx${mark.padStart(16, '0')}`,
      corpId: `ww${mark}`,
      logoUrl: '/files/logo.png',
      theme: { primary: '#000000', accent: '#000000', price: '#000000', radius: 8 },
      settings: { banners: [], freeFreightFromFen: null },
    });
    await createRegion(tx, { brandId, id: regionId, name: '测试区' });
    await createStores(
      tx,
      stores.map((store) => ({
        ...store,
        brandId,
        kind: 'SELF' as const,
        status: 'OPEN' as const,
        regionId,
        franchiseeId: null,
        province: '上海市',
        city: '上海市',
        district: '静安区',
        address: '南京西路 1 号',
        phone: '021-12345678',
        latitude: 31.23,
        longitude: 121.47,
        serviceRadiusM: 5000,
        openAt: '10:00',
        closeAt: '22:00',
        collectMode: 'BRAND' as const,
        subMchid: null,
        deliveryFeeFen: fen(0),
        canShip: true,
        canPickup: true,
      })),
    );
    if (guides.length > 0)
      await createGuides(
        tx,
        guides.map(({ id, code, userid, storeId }) => ({
          brandId,
          id,
          storeId,
          code,
          wecomUserid: userid,
          name: `导购${code}`,
          avatarUrl: '/files/guide.png',
        })),
      );
  });
  return { stores, guides };
}
