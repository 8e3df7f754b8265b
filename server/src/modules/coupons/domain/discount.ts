import {
  basisPoints,
  type Fen,
  fen,
  floorShare,
  minFen,
  moneyText,
  type StoreId,
  subFen,
  sumFen,
  WHOLE_BP,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { CouponLine, CouponState, CouponTerms, HeldCoupon } from './types.js';
import { isWindowOpen, shanghaiText, windowText } from './validity.js';

export type CouponProblemCode =
  | 'LOCKED'
  | 'GIVING'
  | 'NOT_USABLE'
  | 'NOT_YET'
  | 'OVER'
  | 'CHANNEL'
  | 'STORE'
  | 'WINDOW'
  | 'SCOPE'
  | 'THRESHOLD'
  | 'NOTHING_OFF';
/** Why a coupon does not count here and now, in words for the consumer. */
export interface CouponProblem {
  code: CouponProblemCode;
  text: string;
}
export interface Occasion {
  at: Date;
  storeId: StoreId;
  channel: 'ONLINE' | 'OFFLINE';
}

const STATE_PROBLEM: Partial<Record<CouponState, CouponProblem>> = {
  LOCKED: { code: 'LOCKED', text: '这张券正被另一张待付款订单占用' },
  GIVING: { code: 'GIVING', text: '这张券正在赠送中，收回后可用' },
  USED: { code: 'NOT_USABLE', text: '这张券已经使用过了' },
  EXPIRED: { code: 'OVER', text: '这张券已过期' },
  REVOKED: { code: 'NOT_USABLE', text: '这张券已被商家作废' },
  ISSUED: { code: 'NOT_USABLE', text: '这张券还没有人领取' },
};

/** What keeps a coupon from counting whatever is bought: state, time, store, channel. Null when nothing does. */
export function standingProblem(coupon: HeldCoupon, { at, storeId, channel }: Occasion): CouponProblem | null {
  const byState = STATE_PROBLEM[coupon.state];
  if (byState) return byState;
  if (coupon.validFrom > at) return { code: 'NOT_YET', text: `${shanghaiText(coupon.validFrom)} 起可用` };
  if (coupon.validUntil <= at) return { code: 'OVER', text: '这张券已过期' };
  const { channels, windows } = coupon.terms;
  if (channel === 'ONLINE' && !channels.online) return { code: 'CHANNEL', text: '仅限到店使用' };
  if (channel === 'OFFLINE' && !channels.offline) return { code: 'CHANNEL', text: '仅限小程序下单使用' };
  if (coupon.storeIds && !coupon.storeIds.has(storeId)) return { code: 'STORE', text: '这家店不在券的可用门店内' };
  if (!isWindowOpen(windows, at)) return { code: 'WINDOW', text: `仅 ${windows.map(windowText).join('；')} 可用` };
  return null;
}

/** Whether a line belongs to a coupon's goods. */
export function isInScope({ scope }: Pick<CouponTerms, 'scope'>, line: CouponLine): boolean {
  if (line.hasPromotion && !scope.withPromotion) return false;
  if (scope.excludedProductIds.includes(line.productId)) return false;
  if (scope.mode === 'CATEGORY') return scope.categoryIds.includes(line.categoryId);
  if (scope.mode === 'PRODUCT') return scope.productIds.includes(line.productId);
  return true;
}

/** The most that one coupon of these terms can ever cost its bearers. */
export const worstFen = (terms: Pick<CouponTerms, 'kind' | 'valueFen' | 'maxFen'>): Fen =>
  fen(terms.kind === 'AMOUNT' ? terms.valueFen : terms.maxFen);

export type DiscountResult = { discountFen: Fen; lines: number[]; problem: null } | { problem: CouponProblem };

/**
 * What a coupon takes off these lines, and which lines take part (by index). Never more than the lines cost, never more
 * than the coupon's worst case. GIFT and FIXED_PRICE apply to one piece, the dearest that they cover.
 *
 * @param freightFen what delivery costs; only FREIGHT looks at it
 */
export function discountOf(terms: CouponTerms, lines: readonly CouponLine[], freightFen: Fen): DiscountResult {
  const inScope = lines.map((_, at) => at).filter((at) => isInScope(terms, lines[at] as CouponLine));
  const amountOf = (at: number): Fen => lines[at]?.amountFen ?? ZERO_FEN;
  const baseFen = sumFen(inScope.map(amountOf));
  if (inScope.length === 0) return { problem: { code: 'SCOPE', text: '订单里没有这张券适用的商品' } };
  if (baseFen < terms.thresholdFen) {
    const missing = moneyText(subFen(fen(terms.thresholdFen), baseFen));
    return { problem: { code: 'THRESHOLD', text: `适用商品再买 ${missing} 可用` } };
  }
  const cap = worstFen(terms);
  const made = (amount: Fen, at: readonly number[]): DiscountResult =>
    amount <= 0
      ? { problem: { code: 'NOTHING_OFF', text: '用这张券不会更便宜' } }
      : { discountFen: minFen(amount, cap), lines: [...at], problem: null };
  switch (terms.kind) {
    case 'AMOUNT':
      return made(minFen(fen(terms.valueFen), baseFen), inScope);
    case 'PERCENT':
      return made(floorShare(baseFen, basisPoints(WHOLE_BP - terms.payBp)), inScope);
    case 'FREIGHT':
      return made(freightFen, []);
    default: {
      const dearest = inScope.reduce(
        (best, at) => (pieceFen(lines[at]) > pieceFen(lines[best]) ? at : best),
        inScope[0] ?? 0,
      );
      const price = pieceFen(lines[dearest]);
      const off = terms.kind === 'GIFT' ? price : fen(Math.max(0, price - terms.valueFen));
      return made(off, [dearest]);
    }
  }
}

/** What one piece of a line costs, rounded down so that a piece is never worth more than its share. */
const pieceFen = (line: CouponLine | undefined): Fen =>
  line ? fen(Number(BigInt(line.amountFen) / BigInt(Math.max(1, line.qty)))) : ZERO_FEN;
