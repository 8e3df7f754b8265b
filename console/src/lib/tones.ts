import type { Tone } from '../ui/status';
import type {
  AfterSaleRow,
  CouponTemplate,
  IssuedCoupon,
  OrderRow,
  Promotion,
  Receiver,
  Review,
  SplitRow,
  SplitRule,
  Statement,
  StatementDetail,
  Store,
  Task,
} from './types';

/** How loud each state is: red only where somebody must act. */
export const ORDER_TONE: Record<OrderRow['state'], Tone> = {
  PENDING_PAY: 'idle',
  TO_SHIP: 'warn',
  TO_PICKUP: 'warn',
  SHIPPED: 'go',
  RECEIVED: 'go',
  FINISHED: 'good',
  CLOSED: 'off',
  REFUNDED: 'off',
};
export const AFTER_SALE_TONE: Record<AfterSaleRow['state'], Tone> = {
  REQUESTED: 'warn',
  APPROVED: 'idle',
  SENT_BACK: 'go',
  RECEIVED: 'warn',
  REFUNDING: 'go',
  RESENT: 'go',
  DONE: 'good',
  REFUSED: 'off',
  CANCELLED: 'off',
};
export const REVIEW_TONE: Record<Review['state'], Tone> = {
  PENDING: 'go',
  MANUAL: 'warn',
  SHOWN: 'good',
  HIDDEN: 'off',
  DELETED: 'off',
};
export const SPLIT_TONE: Record<SplitRow['state'], Tone> = {
  WAITING: 'idle',
  READY: 'go',
  PROCESSING: 'go',
  FINISHED: 'good',
  ATTENTION: 'bad',
  NOT_NEEDED: 'off',
};
export const RECEIVER_TONE: Record<Receiver['state'], Tone> = {
  PLANNED: 'idle',
  PENDING: 'go',
  SUCCESS: 'good',
  CLOSED: 'bad',
  RETURNED: 'off',
};
export const RULE_TONE: Record<SplitRule['state'], Tone> = { DRAFT: 'idle', PUBLISHED: 'good', RETIRED: 'off' };
export const STATEMENT_TONE: Record<Statement['state'], Tone> = {
  DRAFT: 'idle',
  PUBLISHED: 'warn',
  CONFIRMED: 'go',
  DISPUTED: 'bad',
  LOCKED: 'go',
  PAID: 'good',
};
export const DISPUTE_TONE: Record<StatementDetail['disputes'][number]['state'], Tone> = {
  OPEN: 'bad',
  ANSWERED: 'warn',
  SETTLED: 'good',
};
export const STORE_TONE: Record<Store['status'], Tone> = { DRAFT: 'idle', OPEN: 'good', PAUSED: 'warn', CLOSED: 'off' };
export const TASK_TONE: Record<Task['state'], Tone> = { DRAFT: 'idle', PUBLISHED: 'go', ENDED: 'off' };
export const PROMOTION_TONE: Record<Promotion['state'], Tone> = {
  DRAFT: 'idle',
  SCHEDULED: 'go',
  LIVE: 'good',
  PAUSED: 'warn',
  ENDED: 'off',
};
export const TEMPLATE_TONE: Record<CouponTemplate['status'], Tone> = {
  DRAFT: 'idle',
  ACTIVE: 'good',
  PAUSED: 'warn',
  ENDED: 'off',
};
export const COUPON_TONE: Record<IssuedCoupon['state'], Tone> = {
  ISSUED: 'idle',
  AVAILABLE: 'go',
  LOCKED: 'warn',
  GIVING: 'go',
  USED: 'good',
  EXPIRED: 'off',
  REVOKED: 'off',
};
