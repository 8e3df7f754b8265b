// The pages of the mini-program that are looked at, and the sheets that open on them.
/** The pages that need no id, by the names of their pictures. */
export const FIXED = [
  ['home', 'pages/home/index'],
  ['category', 'pages/category/index'],
  ['search', 'pages/search/index'],
  ['cart', 'pages/cart/index'],
  ['mine', 'pages/mine/index'],
  ['orders', 'pages/orders/index?tab=ALL'],
  ['orders-pay', 'pages/orders/index?tab=PENDING_PAY'],
  ['orders-ship', 'pages/orders/index?tab=TO_SHIP'],
  ['after-sales', 'pages/after-sales/index'],
  ['wallet', 'pages/wallet/index'],
  ['pay-code', 'pages/pay-code/index'],
  ['points', 'pages/points/index'],
  ['points-mall', 'pages/points-mall/index'],
  ['level', 'pages/level/index'],
  ['coupons', 'pages/coupons/index'],
  ['coupon-centre', 'pages/coupon-centre/index'],
  ['coupon-gift', 'pages/coupon-gift/index?token=abcdefghijklmnopqrstuv'],
  ['coupon-offer', 'pages/coupon-offer/index?token=abcdefghijklmnopqrstuv'],
  ['review-invite-none', 'pages/review-invite/index?t=abcdefghijklmnopqrstuvwxyz0123'],
  ['my-reviews', 'pages/my-reviews/index'],
  ['promotions', 'pages/promotions/index'],
  ['my-plays', 'pages/my-plays/index'],
  ['my-plays-bargain', 'pages/my-plays/index?tab=BARGAIN'],
  ['my-plays-presale', 'pages/my-plays/index?tab=PRESALE'],
  ['stores', 'pages/stores/index'],
  ['my-guide', 'pages/my-guide/index'],
  ['my-data', 'pages/my-data/index'],
  ['notices', 'pages/notices/index'],
  ['addresses', 'pages/addresses/index'],
  ['settings', 'pages/settings/index'],
  ['scan-and-go', 'pages/scan-and-go/index'],
];

/** Sheets and steps that open by a tap: the page they belong to, what is tapped, what must show then. */
export const TAPS = [
  ['home-store-sheet', 'pages/home/index', ['store-bar'], 'store-sheet'],
  ['product-size', (found) => `pages/product/index?id=${found.productId}`, ['size-help'], 'size-sheet'],
  ['product-sku', (found) => `pages/product/index?id=${found.productId}`, ['buy-now'], 'sku-sheet'],
  ['wallet-top-up', 'pages/wallet/index', ['open-top-up'], 'top-up-sheet'],
  ['wallet-refund', 'pages/wallet/index', ['open-refund'], 'balance-refund-sheet'],
  ['coupon-sheet', 'pages/coupons/index', ['my-coupon'], 'coupon-sheet'],
  ['points-mall-mine', 'pages/points-mall/index', ['points-tab-MINE'], null],
  ['address-sheet', 'pages/addresses/index', ['new-address'], 'address-sheet'],
  ['past-consents', 'pages/my-data/index', ['to-past-consents'], 'past-consents'],
  ['search-results', 'pages/search/index', [], null, '羽绒'],
  ['search-none', 'pages/search/index', [], null, '雨伞'],
];

/** The pages of things that somebody has: each product, play, order and case in every state once. */
export function pagesOf(found) {
  const seen = new Set();
  const once = (list, word, path) =>
    list.flatMap((one) => {
      const name = `${word}-${one.state.toLowerCase()}${one.fulfil ? `-${one.fulfil.toLowerCase()}` : ''}`;
      if (seen.has(name)) return [];
      seen.add(name);
      return [[name, path(one)]];
    });
  const paid = found.orders.find(({ state }) => state !== 'PENDING_PAY' && state !== 'CLOSED');
  return [
    ['product', `pages/product/index?id=${found.productId}`],
    ['reviews', `pages/reviews/index?productId=${found.productId}`],
    ...found.plays.map(({ id, kind }) => [`promotion-${kind.toLowerCase()}`, `pages/promotion/index?id=${id}`]),
    ...once(found.orders, 'order', ({ id }) => `pages/order-detail/index?id=${id}`),
    ...once(found.orders, 'result', ({ id }) => `pages/pay-result/index?id=${id}`).slice(0, 3),
    ...once(found.cases, 'case', ({ id }) => `pages/after-sale-detail/index?id=${id}`),
    ...(paid ? [['after-sale', `pages/after-sale/index?orderId=${paid.id}`]] : []),
    ...(found.reviewable[0] ? [['review', `pages/review/index?orderId=${found.reviewable[0].orderId}`]] : []),
    ...(found.guide ? [['guide-card', `pages/guide-card/index?code=${found.guide.code}`]] : []),
  ];
}
