import type { CouponState } from './types.js';

export type CouponAct =
  | 'CLAIM'
  | 'LOCK'
  | 'RELEASE'
  | 'USE'
  | 'RETURN'
  | 'GIVE'
  | 'ACCEPT'
  | 'TAKE_BACK'
  | 'EXPIRE'
  | 'REVOKE';

/** States of a coupon and what leads from one to the next (reference: features B10). Whatever is missing is refused. */
export const COUPON_MOVES: Readonly<Record<CouponState, Partial<Record<CouponAct, CouponState>>>> = {
  ISSUED: { CLAIM: 'AVAILABLE', EXPIRE: 'EXPIRED', REVOKE: 'REVOKED' },
  AVAILABLE: { LOCK: 'LOCKED', USE: 'USED', GIVE: 'GIVING', EXPIRE: 'EXPIRED', REVOKE: 'REVOKED' },
  // In an open order it neither expires nor is revoked: the order was promised its price until its deadline.
  LOCKED: { RELEASE: 'AVAILABLE', USE: 'USED' },
  GIVING: { ACCEPT: 'AVAILABLE', TAKE_BACK: 'AVAILABLE', EXPIRE: 'EXPIRED', REVOKE: 'REVOKED' },
  USED: { RETURN: 'AVAILABLE' },
  EXPIRED: {},
  REVOKED: {},
};

/** The state after an act, or null when the act is not allowed. */
export const nextCouponState = (state: CouponState, act: CouponAct): CouponState | null =>
  COUPON_MOVES[state][act] ?? null;

/** States from which an act is allowed; conditional updates name them in their WHERE. */
export const statesBefore = (act: CouponAct): CouponState[] =>
  (Object.keys(COUPON_MOVES) as CouponState[]).filter((state) => COUPON_MOVES[state][act] !== undefined);

/** Until when a coupon may be used that comes back: its own end, or a grace from now when that is over or near. */
export function returnedUntil(validUntil: Date, now: Date, graceHours: number): Date {
  const grace = new Date(now.getTime() + graceHours * 3_600_000);
  return validUntil.getTime() >= grace.getTime() ? validUntil : grace;
}

const STATE_TEXT: Record<CouponState, string> = {
  ISSUED: '待领取',
  AVAILABLE: '可使用',
  LOCKED: '订单占用中',
  GIVING: '赠送中',
  USED: '已使用',
  EXPIRED: '已过期',
  REVOKED: '已作废',
};
export const couponStateText = (state: CouponState): string => STATE_TEXT[state];
