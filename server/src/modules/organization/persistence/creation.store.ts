import type { BrandId } from '@shuke/shared/kernel';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { StoreSetup } from '../domain/store-setup.js';
import type { Franchisee, Guide, RegionId, Store } from '../domain/types.js';

export interface NewBrand {
  id: BrandId;
  code: string;
  name: string;
  appid: string;
  corpId: string;
  logoUrl: string;
  /** Colours and radius of the front ends; more than the four known fields may be kept. */
  theme: Record<string, unknown>;
  /** `banners` (imageUrl, title, subtitle, productId) and `freeFreightFromFen`. */
  settings: Record<string, unknown>;
}

export type NewStore = Omit<Store, 'regionName' | 'version' | 'setup' | 'imageUrl'> & {
  setup?: StoreSetup;
  imageUrl?: string;
};

export const insertSetups = (tx: Tx, stores: readonly NewStore[]): Promise<void> =>
  insertRows(
    tx,
    'store_setup',
    'brand_id,store_id,area_kind,polygon,priority,service,updated_at',
    stores.flatMap(({ brandId, id, setup }) =>
      setup
        ? [
            [
              brandId,
              id,
              setup.areaKind,
              setup.polygon ? JSON.stringify(setup.polygon) : null,
              setup.priority,
              JSON.stringify(setup.service),
              tx.now,
            ],
          ]
        : [],
    ),
  );

export const insertStores = (tx: Tx, stores: readonly NewStore[]): Promise<void> =>
  insertRows(
    tx,
    'store',
    'brand_id,id,code,name,kind,status,region_id,franchisee_id,province,city,district,address,phone,latitude,longitude,service_radius_m,open_at,close_at,collect_mode,sub_mchid,delivery_fee_fen,can_ship,can_pickup,image_url,updated_at',
    stores.map((store) => [
      store.brandId,
      store.id,
      store.code,
      store.name,
      store.kind,
      store.status,
      store.regionId,
      store.franchiseeId,
      store.province,
      store.city,
      store.district,
      store.address,
      store.phone,
      store.latitude,
      store.longitude,
      store.serviceRadiusM,
      store.openAt,
      store.closeAt,
      store.collectMode,
      store.subMchid,
      store.deliveryFeeFen,
      store.canShip ? 1 : 0,
      store.canPickup ? 1 : 0,
      store.imageUrl ?? '',
      tx.now,
    ]),
  );

export const insertGuides = (tx: Tx, guides: readonly Omit<Guide, 'storeName'>[]): Promise<void> =>
  insertRows(
    tx,
    'guide',
    'brand_id,id,store_id,code,wecom_userid,name,avatar_url,role,status,receiver_openid,receiver_state,config_id,qr_url,seconds_per_item,pace_samples,joined_at',
    guides.map((guide) => [
      guide.brandId,
      guide.id,
      guide.storeId,
      guide.code,
      guide.wecomUserid,
      guide.name,
      guide.avatarUrl,
      guide.role,
      guide.status,
      guide.receiverOpenid,
      guide.receiverState,
      guide.configId,
      guide.qrUrl,
      guide.secondsPerItem,
      guide.paceSamples,
      guide.joinedAt,
    ]),
  );

export const insertFranchisees = (tx: Tx, list: readonly Franchisee[]): Promise<void> =>
  insertRows(
    tx,
    'franchisee',
    'brand_id,id,name,company_name,contact_name',
    list.map((one) => [one.brandId, one.id, one.name, one.companyName, one.contactName]),
  );

export async function insertBrand(tx: Tx, brand: NewBrand): Promise<void> {
  await tx.execute(
    'INSERT INTO brand (id, code, name, appid, corp_id, logo_url, theme, settings, created_at) VALUES (?,?,?,?,?,?,?,?,?)',
    [
      ...[brand.id, brand.code, brand.name, brand.appid, brand.corpId, brand.logoUrl],
      ...[JSON.stringify(brand.theme), JSON.stringify(brand.settings), tx.now],
    ],
  );
}

export async function updateBrandSettings(tx: Tx, brandId: BrandId, settings: Record<string, unknown>): Promise<void> {
  await tx.execute('UPDATE brand SET settings = ? WHERE id = ?', [JSON.stringify(settings), brandId]);
}

export async function updateUndoMinutes(tx: Tx, brandId: BrandId, minutes: number): Promise<void> {
  await tx.execute('UPDATE brand SET undo_minutes = ? WHERE id = ?', [minutes, brandId]);
}

export async function insertRegion(tx: Tx, region: { brandId: BrandId; id: RegionId; name: string }): Promise<void> {
  await tx.execute('INSERT INTO region (brand_id, id, name) VALUES (?,?,?)', [region.brandId, region.id, region.name]);
}
