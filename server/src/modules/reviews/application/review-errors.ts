import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of reviews. */
export const refuseReview = refusals({
  REVIEW_NOT_POSSIBLE: [409, '收到商品以后才能评价'],
  REVIEW_DONE: [409, '你已经评价过了，可以在 30 天内追评'],
  REVIEW_TOO_LATE: [409, '已经过了可以评价的时间'],
  REVIEW_BY_EMPLOYEE: [403, '门店员工不能评价自己品牌的订单'],
  REVIEW_EMPTY: [400, '请写几个字或放一张图片'],
  FOLLOW_UP_NOT_POSSIBLE: [409, '现在不能追评，每条评价可以在 30 天内追评一次'],
  REVIEW_STATE: [409, '这条评价的状态已经变化，请刷新后再看'],
  REPLY_DONE: [409, '已经回复过这条评价'],
  INVITE_CODE: [404, '没有这个评价码，请核对小票'],
  INVITE_USED: [409, '这个评价码已经用过了'],
  INVITE_EXPIRED: [409, '这个评价码过期了，30 天内有效'],
  TICKET_STATE: [409, '这张工单的状态已经变化，请刷新后再看'],
} as const);
