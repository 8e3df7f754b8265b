import type { CheckoutPreview } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type Fulfil = CheckoutPreview['fulfil'];
type Address = NonNullable<CheckoutPreview['address']>;

/** The ways this store offers, the person's wish first when it is offered. */
export function fulfilOf(store: { canShip: boolean; canPickup: boolean }, wish: Fulfil | null): Fulfil {
  if (wish === 'PICKUP' && store.canPickup) return 'PICKUP';
  if (wish === 'SHIP' && store.canShip) return 'SHIP';
  return store.canShip ? 'SHIP' : 'PICKUP';
}

export const addressText = (address: Address): string =>
  `${address.province}${address.city === address.province ? '' : address.city}${address.district}${address.detail}`;

/** The difference said plainly, before the person agrees to it. */
export function differenceText(beforeFen: number, afterFen: number): string {
  const difference = afterFen - beforeFen;
  if (difference === 0) return '总价没有变，只是明细更新了';
  return difference > 0 ? `比刚才多 ${priceText(difference)}` : `比刚才少 ${priceText(-difference)}`;
}

/** What is still missing before the order can be submitted. */
export function missingFor(preview: CheckoutPreview | null): string | null {
  if (!preview) return '正在计算价格';
  if (preview.fulfil === 'SHIP' && !preview.address) return '请先选择收货地址';
  return null;
}

/** Errors after which the price must be asked again. */
export const isPriceChange = (code: string): boolean => code === 'PRICE_CHANGED';
