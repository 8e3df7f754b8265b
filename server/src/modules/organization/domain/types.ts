import type { BrandId, Fen, GuideId, Id, StoreId } from '@shuke/shared/kernel';
import type { MallSettings } from './mall-settings.js';
import type { StoreSetup } from './store-setup.js';

export type RegionId = Id<'region'>;
export type FranchiseeId = Id<'franchisee'>;

/** A picture at the top of the home page. */
export interface Banner {
  imageUrl: string;
  title: string;
  subtitle: string;
  productId: Id<'product'> | null;
}

/** What a brand decides for all of its stores; kept as JSON in brand.settings. */
export interface BrandSettings {
  banners: readonly Banner[];
  /** Goods of at least this amount are shipped free of charge; null: never free. */
  freeFreightFromFen: Fen | null;
}

export interface BrandTheme {
  primary: string;
  accent: string;
  price: string;
  radius: number;
}

export interface Brand {
  id: BrandId;
  code: string;
  name: string;
  appid: string;
  corpId: string;
  logoUrl: string;
  theme: BrandTheme;
  settings: BrandSettings;
  mall: MallSettings;
  /** How long a guide may undo alone what was done at the counter; afterwards the manager. */
  undoMinutes: number;
}

export type StoreKind = 'SELF' | 'FRANCHISE' | 'COUNTER';
export type StoreStatus = 'DRAFT' | 'OPEN' | 'PAUSED' | 'CLOSED';
/** Who collects the consumer's money: the store's own sub-merchant or the brand. */
export type CollectMode = 'STORE' | 'BRAND';

export interface Store {
  id: StoreId;
  brandId: BrandId;
  code: string;
  name: string;
  kind: StoreKind;
  status: StoreStatus;
  regionId: RegionId;
  regionName: string;
  franchiseeId: FranchiseeId | null;
  province: string;
  city: string;
  district: string;
  address: string;
  phone: string;
  latitude: number;
  longitude: number;
  serviceRadiusM: number;
  /** Opening hours in Asia/Shanghai, `HH:mm`. */
  openAt: string;
  closeAt: string;
  collectMode: CollectMode;
  subMchid: string | null;
  deliveryFeeFen: Fen;
  canShip: boolean;
  canPickup: boolean;
  /** The shop front; empty when nobody has taken a picture of it. */
  imageUrl: string;
  setup: StoreSetup;
  version: number;
}

export interface Guide {
  id: GuideId;
  brandId: BrandId;
  storeId: StoreId;
  storeName: string;
  code: string;
  wecomUserid: string;
  name: string;
  avatarUrl: string;
  role: 'GUIDE' | 'MANAGER';
  status: 'ACTIVE' | 'LEFT';
  /** The openid that profit sharing pays to, once the guide has told it. */
  receiverOpenid: string | null;
  receiverState: 'NONE' | 'READY' | 'PROBLEM';
  /** The WeCom 联系我 configuration and its picture. */
  configId: string | null;
  qrUrl: string | null;
  secondsPerItem: number;
  paceSamples: number;
  joinedAt: Date;
}

export interface Franchisee {
  id: FranchiseeId;
  brandId: BrandId;
  name: string;
  companyName: string;
  contactName: string;
}

export type { Position } from './position.js';

/** A store and how far it is from whoever asks; null when nobody said where they are. */
export interface StoreAt {
  store: Store;
  distanceM: number | null;
}
