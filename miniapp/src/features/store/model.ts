import type { StoreCard } from '@shuke/shared/contracts';
import type { Place } from '@/platform/wx-types';
import type { CurrentStore } from '@/session/current-store';

const REASONS: Record<NonNullable<CurrentStore['rule']>, string> = {
  LINK: '你是从这家店的链接进来的',
  GUIDE: '这是你专属导购所在的门店',
  LAST_CHOSEN: '你上次选的就是这家店',
  SERVICE_AREA: '你在这家店的服务范围内',
  NEAREST: '这是离你最近的门店',
  CITY_LIST: '还不知道你在哪儿，请选一家门店',
  BRAND_MALL: '这里是品牌官方商城',
  ISOLATED: '你所在区域由这家店为你服务',
};

/** Why this store: the server's words, or ours when it gave none. */
export const reasonText = (rule: CurrentStore['rule'], reason: string): string => reason || (rule ? REASONS[rule] : '');

/** What the store can do for the person, in words. */
export function servicesOf(store: StoreCard): string[] {
  const services: string[] = [];
  if (store.canPickup) services.push('到店自提');
  if (store.canShip) services.push(store.deliveryFeeFen === 0 ? '包邮' : '门店发货');
  return services;
}

/** The store as a place on a map, its address from the city on. */
export const placeOf = (store: StoreCard): Place => ({
  name: store.name,
  address: `${store.city}${store.district}${store.address}`,
  latitude: store.latitude,
  longitude: store.longitude,
});

/** Stores that can be switched to: the others, nearest first when distances are known. */
export function nearby(stores: readonly StoreCard[], currentId: string | undefined): StoreCard[] {
  const far = Number.MAX_SAFE_INTEGER;
  return stores.filter((store) => store.id !== currentId).sort((a, b) => (a.distanceM ?? far) - (b.distanceM ?? far));
}
