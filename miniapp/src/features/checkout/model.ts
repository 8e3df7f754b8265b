import type { CheckoutPreview } from '@shuke/shared/contracts';
import { priceText } from '@/lib/format';

export type Fulfil = CheckoutPreview['fulfil'];
type Address = NonNullable<CheckoutPreview['address']>;

/** The ways this store offers, the person's wish first when it is offered. */
export function fulfilOf(
  store: { canShip: boolean; canPickup: boolean; canDeliver?: boolean },
  wish: Fulfil | null,
): Fulfil {
  if (wish === 'DELIVERY' && store.canDeliver) return 'DELIVERY';
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
export function missingFor(preview: CheckoutPreview | null, hasSlot = true): string | null {
  if (!preview) return '正在计算价格';
  if ((preview.fulfil === 'SHIP' || preview.fulfil === 'DELIVERY') && !preview.address) return '请先选择收货地址';
  if (preview.fulfil === 'DELIVERY' && !hasSlot) return '请先选择送达时段';
  return null;
}

/** Errors after which the price must be asked again. */
export const isPriceChange = (code: string): boolean => code === 'PRICE_CHANGED';

/** What the person chose to pay with; null coupons: nobody has chosen yet, so the best ones are suggested. */
export interface PayWish {
  couponIds: string[] | null;
  points: number;
  usesWallet: boolean;
  /** The person does not want the presents. */
  noGifts: boolean;
}
export const NOTHING_CHOSEN: PayWish = { couponIds: null, points: 0, usesWallet: false, noGifts: false };

/** More than any wallet holds: the server takes what the wallet has and what is still to pay. */
const ALL_OF_THE_WALLET = 100_000_000;

/** A wish as the server takes it; what is not used is left out. */
export function wishBody(wish: PayWish): {
  couponIds?: string[];
  points?: number;
  walletFen?: number;
  noGifts?: boolean;
} {
  return {
    ...(wish.couponIds && wish.couponIds.length > 0 ? { couponIds: wish.couponIds } : {}),
    ...(wish.points > 0 ? { points: wish.points } : {}),
    ...(wish.usesWallet ? { walletFen: ALL_OF_THE_WALLET } : {}),
    ...(wish.noGifts ? { noGifts: true } : {}),
  };
}

/** What is left for WeChat Pay. */
export const cashOf = (preview: Pick<CheckoutPreview, 'money' | 'totalFen'>): number =>
  preview.money?.cashFen ?? preview.totalFen;

/** What is paid now: the deposit of a presale, else all that is left for WeChat Pay. */
export const dueOf = (preview: Pick<CheckoutPreview, 'money' | 'totalFen' | 'presale'>): number =>
  preview.presale?.depositFen ?? cashOf(preview);

/** One line about the coupons: what they save, or why none is used. */
export function couponLine(preview: CheckoutPreview, wish: PayWish): string {
  const saved = preview.money?.couponFen ?? 0;
  if (saved > 0) return `−${priceText(saved)}`;
  const usable = preview.offers?.coupons.usable.length ?? 0;
  if (usable > 0) return wish.couponIds?.length === 0 ? `${usable} 张可用，没有使用` : `${usable} 张可用`;
  const others = preview.offers?.coupons.unusable.length ?? 0;
  return others > 0 ? '没有能用的券，看看原因' : '没有券';
}

/** Points go in steps that a thumb can reach: a tenth of what is usable, in whole hundreds. */
export const pointsStep = (usable: number): number => Math.max(100, Math.trunc(usable / 1_000) * 100);

/** The next amount of points when more or less is wanted; the ends are nothing and all that is usable. */
export function nextPoints(now: number, by: 1 | -1, usable: number): number {
  const next = now + by * pointsStep(usable);
  return Math.min(usable, Math.max(0, next));
}

/** The discounts of a line in words, when it costs less than its pieces. */
export function lineNote(line: CheckoutPreview['lines'][number]): string | null {
  const saved = line.amountFen - line.payableFen;
  return saved > 0 ? `优惠后 ${priceText(line.payableFen)}，省 ${priceText(saved)}` : null;
}

/** A line that another store sends, because this one has run out. */
export function elsewhereNote(preview: CheckoutPreview, skuId: string): string | null {
  const from = preview.fromElsewhere?.find((one) => one.skuId === skuId);
  return from ? `由${from.storeName}发出` : null;
}
