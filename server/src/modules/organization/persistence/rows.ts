import { type BrandId, type GuideId, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { DEFAULT_MALL, type MallSettings } from '../domain/mall-settings.js';
import { defaultSetup, type StoreSetup } from '../domain/store-setup.js';
import type { Banner, Brand, BrandTheme, Franchisee, FranchiseeId, Guide, RegionId, Store } from '../domain/types.js';

export interface MallRow {
  mall: unknown;
  mall_version: number | null;
}
export interface BrandRow extends MallRow {
  id: BrandId;
  code: string;
  name: string;
  appid: string;
  corp_id: string;
  logo_url: string;
  theme: unknown;
  settings: unknown;
  undo_minutes: number;
}
export interface StoreRow {
  brand_id: BrandId;
  id: StoreId;
  code: string;
  name: string;
  kind: Store['kind'];
  status: Store['status'];
  region_id: RegionId;
  region_name: string | null;
  franchisee_id: FranchiseeId | null;
  province: string;
  city: string;
  district: string;
  address: string;
  phone: string;
  latitude: string;
  longitude: string;
  service_radius_m: number;
  open_at: string;
  close_at: string;
  collect_mode: Store['collectMode'];
  sub_mchid: string | null;
  delivery_fee_fen: string;
  can_ship: number;
  can_pickup: number;
  image_url: string;
  version: number;
  area_kind: StoreSetup['areaKind'] | null;
  polygon: unknown;
  priority: number | null;
  service: unknown;
}
export interface GuideRow {
  brand_id: BrandId;
  id: GuideId;
  store_id: StoreId;
  code: string;
  wecom_userid: string;
  name: string;
  avatar_url: string;
  role: Guide['role'];
  status: Guide['status'];
  receiver_openid: string | null;
  receiver_state: Guide['receiverState'];
  config_id: string | null;
  qr_url: string | null;
  seconds_per_item: number;
  pace_samples: number;
  joined_at: Date;
}
export interface FranchiseeRow {
  brand_id: BrandId;
  id: FranchiseeId;
  name: string;
  company_name: string;
  contact_name: string;
}

/** MariaDB hands a JSON column over as text, MySQL as a value. */
export function readJson(value: unknown): Record<string, unknown> {
  const read: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
}

const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback);

function themeOf(value: unknown): BrandTheme {
  const theme = readJson(value);
  return {
    primary: text(theme['primary'], '#28504a'),
    accent: text(theme['accent'], '#b4592a'),
    price: text(theme['price'], '#b23a2e'),
    radius: typeof theme['radius'] === 'number' ? theme['radius'] : 12,
  };
}

function bannerOf(value: unknown): Banner {
  const banner = readJson(value);
  return {
    imageUrl: text(banner['imageUrl']),
    title: text(banner['title']),
    subtitle: text(banner['subtitle']),
    productId: typeof banner['productId'] === 'string' ? (banner['productId'] as Id<'product'>) : null,
  };
}

/** Settings as they were saved; what a later version has added is at its default. */
function mallOf(row: MallRow): MallSettings {
  const saved = readJson(row.mall) as Partial<MallSettings>;
  return { ...DEFAULT_MALL, ...saved, version: row.mall_version ?? 0 };
}

function setupOf(row: StoreRow): StoreSetup {
  const otherwise = defaultSetup({
    openAt: row.open_at,
    closeAt: row.close_at,
    deliveryFeeFen: parseFen(row.delivery_fee_fen),
  });
  if (row.area_kind === null) return otherwise;
  const polygon = readJson(row.polygon);
  return {
    areaKind: row.area_kind,
    polygon: polygon['type'] === 'Polygon' ? (polygon as unknown as StoreSetup['polygon']) : null,
    priority: row.priority ?? 0,
    service: { ...otherwise.service, ...(readJson(row.service) as Partial<StoreSetup['service']>) },
  };
}

export function brandOf(row: BrandRow): Brand {
  const settings = readJson(row.settings);
  const { banners, freeFreightFromFen } = settings;
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    appid: row.appid,
    corpId: row.corp_id,
    logoUrl: row.logo_url,
    theme: themeOf(row.theme),
    settings: {
      banners: Array.isArray(banners) ? banners.map(bannerOf) : [],
      freeFreightFromFen: typeof freeFreightFromFen === 'number' ? parseFen(freeFreightFromFen) : null,
    },
    mall: mallOf(row),
    undoMinutes: row.undo_minutes,
  };
}

export const storeOf = (row: StoreRow): Store => ({
  id: row.id,
  brandId: row.brand_id,
  code: row.code,
  name: row.name,
  kind: row.kind,
  status: row.status,
  regionId: row.region_id,
  regionName: row.region_name ?? '',
  franchiseeId: row.franchisee_id,
  province: row.province,
  city: row.city,
  district: row.district,
  address: row.address,
  phone: row.phone,
  latitude: Number(row.latitude),
  longitude: Number(row.longitude),
  serviceRadiusM: row.service_radius_m,
  openAt: row.open_at,
  closeAt: row.close_at,
  collectMode: row.collect_mode,
  subMchid: row.sub_mchid,
  deliveryFeeFen: parseFen(row.delivery_fee_fen),
  canShip: row.can_ship === 1,
  canPickup: row.can_pickup === 1,
  imageUrl: row.image_url,
  setup: setupOf(row),
  version: row.version,
});

export const guideOf = (row: GuideRow, storeName: string): Guide => ({
  id: row.id,
  brandId: row.brand_id,
  storeId: row.store_id,
  storeName,
  code: row.code,
  wecomUserid: row.wecom_userid,
  name: row.name,
  avatarUrl: row.avatar_url,
  role: row.role,
  status: row.status,
  receiverOpenid: row.receiver_openid,
  receiverState: row.receiver_state,
  configId: row.config_id,
  qrUrl: row.qr_url,
  secondsPerItem: row.seconds_per_item,
  paceSamples: row.pace_samples,
  joinedAt: row.joined_at,
});

export const franchiseeOf = (row: FranchiseeRow): Franchisee => ({
  id: row.id,
  brandId: row.brand_id,
  name: row.name,
  companyName: row.company_name,
  contactName: row.contact_name,
});
