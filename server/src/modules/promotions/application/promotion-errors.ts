import { refusals } from '../../../platform/errors/app-error.js';

/** Expected refusals of promotions; the message is replaced where the case has something more exact to say. */
export const refusePromotion = refusals({
  PROMOTION_USED_UP: [409, '这个活动的名额刚刚用完了，请重新确认价格'],
  SECKILL_SOLD_OUT: [409, '抢光了，下次早点来'],
  SECKILL_WAIT: [429, '排队的人很多，正在一个一个处理，请稍等再点一次'],
  PROMOTION_OVER: [409, '活动已经结束了，请重新确认价格'],
  PROMOTION_INCOMPLETE: [400, '活动内容还不完整'],
  PROMOTION_NOT_DRAFT: [409, '活动已经发布，不能再改内容'],
  PROMOTION_NEEDS_RUN: [409, '发布前请先用过去的订单试算一次'],
  PROMOTION_BELOW_FLOOR: [409, '有商品叠加后低于底价，确认后才能发布'],
  PROMOTION_NO_STOCK: [409, '有秒杀商品在参加的门店都没有现货可以划出来，先补货再发布'],
  PROMOTION_STATE: [409, '活动现在的状态不能这样操作'],
  ENVELOPE_TOO_SMALL: [409, '活动预算超过了总部给的额度'],
  GROUP_CLOSED: [409, '这个团已经结束了，开一个新团吧'],
  GROUP_JOINED: [409, '你已经在这个团里了'],
  BARGAIN_CLOSED: [409, '这次砍价已经结束了'],
  BARGAIN_OWN: [409, '不能给自己砍价，分享给朋友吧'],
  BARGAIN_HELPED: [409, '你已经帮过这位朋友了'],
  BARGAIN_HELPED_TODAY: [409, '今天已经帮过一位朋友了，明天再来'],
  BARGAIN_NOT_AT_FLOOR: [409, '砍到底价才能下单，再请朋友帮帮忙'],
  ACTIVITY_UNKNOWN: [404, '没有找到这个活动，可能已经结束了'],
});
