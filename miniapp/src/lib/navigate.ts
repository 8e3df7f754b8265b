import Taro from '@tarojs/taro';

export const TABS = ['/pages/home/index', '/pages/category/index', '/pages/cart/index', '/pages/mine/index'] as const;

const query = (args: Record<string, string | undefined>): string => {
  const pairs = Object.entries(args).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return pairs.length ? `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}` : '';
};

/** Every page of the mini-program by name, so that no screen spells a path. */
export const pageUrl = {
  product: (id: string) => `/pages/product/index${query({ id })}`,
  search: () => '/pages/search/index',
  checkout: (from: 'cart' | 'now') => `/pages/checkout/index${query({ from })}`,
  payResult: (id: string) => `/pages/pay-result/index${query({ id })}`,
  orders: (tab: string) => `/pages/orders/index${query({ tab })}`,
  order: (id: string) => `/pages/order-detail/index${query({ id })}`,
  myGuide: () => '/pages/my-guide/index',
  guideCard: (args: { scene?: string; code?: string }) => `/pages/guide-card/index${query(args)}`,
  stores: () => '/pages/stores/index',
  addresses: (pick?: boolean) => `/pages/addresses/index${query({ pick: pick ? '1' : undefined })}`,
  settings: () => '/pages/settings/index',
  notices: () => '/pages/notices/index',
  wallet: () => '/pages/wallet/index',
  payCode: () => '/pages/pay-code/index',
  points: () => '/pages/points/index',
  pointsMall: () => '/pages/points-mall/index',
  level: () => '/pages/level/index',
  coupons: () => '/pages/coupons/index',
  afterSale: (orderId: string) => `/pages/after-sale/index${query({ orderId })}`,
  afterSales: () => '/pages/after-sales/index',
  afterSaleDetail: (id: string) => `/pages/after-sale-detail/index${query({ id })}`,
  reviews: (productId: string) => `/pages/reviews/index${query({ productId })}`,
  myReviews: () => '/pages/my-reviews/index',
  review: (orderId: string) => `/pages/review/index${query({ orderId })}`,
  myData: () => '/pages/my-data/index',
  couponCentre: () => '/pages/coupon-centre/index',
  scanAndGo: (code?: string) => `/pages/scan-and-go/index${query({ code })}`,
  promotions: () => '/pages/promotions/index',
  promotion: (id: string) => `/pages/promotion/index${query({ id })}`,
  group: (id: string) => `/pages/group/index${query({ id })}`,
  bargain: (id: string) => `/pages/bargain/index${query({ id })}`,
  myPlays: (tab?: string) => `/pages/my-plays/index${query({ tab })}`,
  couponGift: (token: string) => `/pages/coupon-gift/index${query({ token })}`,
};

/** A page that does not come, for want of a network, may be asked for again after this time. */
const LOST_AFTER_MS = 3_000;
let coming: string | null = null;
let lost: ReturnType<typeof setTimeout> | undefined;

/** A page has come: the next tap is another wish. */
export function arrived(): void {
  coming = null;
  clearTimeout(lost);
}

/**
 * Opens a page on top of this one. A second tap while it is on its way opens nothing, else the way back would lead to the
 * same page again. WeChat allows ten pages on the stack; beyond that the current one is replaced.
 */
export function go(url: string): void {
  if (coming === url) return;
  arrived();
  coming = url;
  lost = setTimeout(arrived, LOST_AFTER_MS);
  if (Taro.getCurrentPages().length >= 10) void Taro.redirectTo({ url });
  else void Taro.navigateTo({ url });
}

export const replaceWith = (url: string): void => void Taro.redirectTo({ url });
export const goTab = (index: 0 | 1 | 2 | 3): void => void Taro.switchTab({ url: TABS[index] });

export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else goTab(0);
}

/** Opens what a scanned code or card names; unknown paths go nowhere and answer false. */
export function openPath(path: string): boolean {
  const clean = `/${path.replace(/^[/#]+/, '').replace(/\.html(?=\?|$)/, '')}`;
  const page = clean.split('?')[0] ?? '';
  if (!/^\/pages\/[a-z-]+\/index$/.test(page)) return false;
  if ((TABS as readonly string[]).includes(page)) void Taro.reLaunch({ url: clean });
  else go(clean);
  return true;
}
