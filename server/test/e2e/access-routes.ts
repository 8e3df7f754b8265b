import type { Route } from '@shuke/shared/contracts';
import type { TSchema } from '@sinclair/typebox';
import { sampleOf } from './contract-samples.js';

/** What everybody may do with rows of the whole brand and with cards that were shared with them; it shows nothing private. */
export const OPEN_TO_ALL = new Set([
  // Stores and goods are shown to everybody; a consumer may choose and shop in any of them.
  'mall.chooseStore',
  'mall.cart',
  'mall.addToCart',
  'mall.setCartLine',
  'mall.preview',
  'mall.askArrival',
  'mall.scanItem',
  'mall.guideChoices',
  'mall.topUpTiers',
  'mall.topUp',
  'mall.pointsGood',
  'mall.redeemPoints',
  // Names a purpose, not a row; refused for a version that nobody was shown.
  'mall.setConsent',
  // Names a template of the brand and counts for whoever answers; a foreign template counts for nobody.
  'mall.answerNotices',
  // Friends help with a bargain.
  'mall.helpBargain',
  // Coupons that are there for the taking, and templates, which belong to the whole brand.
  'mall.takeCoupon',
  'mall.acceptGift',
  'mall.takeOffer',
  'guide.dropCoupons',
  'console.couponTemplate',
  'console.joinCouponTemplate',
  // The brand's catalogue; a franchisee makes goods of its own in it.
  'console.createProduct',
  'console.promotionGoods',
]);

/** The code on a receipt, which this shop has not printed, and the head of a file, of which nothing was uploaded. */
export const HELD_BY_NOBODY = new Set(['mall.reviewInvite', 'console.importHead']);

/** What a path's `{id}` means: the word before it. */
const OWNER_OF_ID: Record<string, string> = {
  stores: 'store',
  orders: 'order',
  'store-orders': 'order',
  addresses: 'address',
  products: 'product',
  lines: 'sku',
  sends: 'send',
  'task-items': 'item',
  tasks: 'task',
  imports: 'import',
  'coupon-templates': 'couponTemplate',
  coupons: 'coupon',
  'coupon-redemptions': 'redemption',
  'coupon-sends': 'couponSend',
  'after-sales': 'afterSale',
  'top-ups': 'topUp',
  'top-up-activities': 'topUpActivity',
  'in-store-payments': 'inStorePayment',
  'wallet-refunds': 'walletRefund',
  'asset-adjustments': 'adjustment',
  'hand-overs': 'handOver',
  'points-mall': 'pointsGood',
  'points-goods': 'pointsGood',
  'points-exchanges': 'pointsExchange',
  'pickup-moves': 'closingOrder',
  closings: 'closing',
  'arrival-notices': 'arrivalNotice',
  'listing-rules': 'listingRule',
  approvals: 'approval',
  categories: 'category',
  members: 'member',
  merges: 'merge',
  'merge-candidates': 'mergeCandidate',
  'identity-anomalies': 'anomaly',
  'shared-phones': 'sharedPhone',
  'guide-changes': 'guideChange',
  'guide-change': 'guideChange',
  guides: 'guide',
  'desk-users': 'deskUser',
  tags: 'tag',
  avatars: 'avatar',
  reviews: 'review',
  'review-tickets': 'reviewTicket',
  promotions: 'promotion',
  groups: 'group',
  bargains: 'bargain',
  skus: 'sku',
  'import-jobs': 'importJob',
  'bill-differences': 'billDifference',
  'pos-devices': 'device',
  payouts: 'payout',
};

/** What a request that names only foreign rows looks like; `theirs` are those rows by the names that routes give them. */
export function foreignRequest(
  route: Route,
  theirs: Record<string, string>,
): { path: string; query: Record<string, unknown>; body: unknown } {
  const known = (name: string): string | undefined => theirs[name.replace(/Ids?$/, '')] ?? theirs[name];
  const params = (route.schemas.params?.properties ?? {}) as Record<string, TSchema>;
  const param = (name: string): string => String(sampleOf(params[name] as TSchema, known, false, name));
  const path = route.path.replace(/([\w-]+)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    const kind = before === 'products' && route.id.startsWith('console.') ? 'ownProduct' : OWNER_OF_ID[before];
    const value = name === 'id' ? theirs[kind ?? ''] : (theirs[`${before}.${name}`] ?? param(name));
    if (value === undefined) throw new Error(`no row for ${before}/{${name}} of ${route.id}`);
    return `${before}/${encodeURIComponent(value)}`;
  });
  const fill = (schema: Route['schemas']['query'], onlyNamed: boolean) =>
    schema ? (sampleOf(schema, known, onlyNamed) as Record<string, unknown>) : {};
  return {
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(param(name))),
    query: fill(route.schemas.query, true),
    body: route.schemas.body ? sampleOf(route.schemas.body, known, false) : undefined,
  };
}
