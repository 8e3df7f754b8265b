import { refusals } from '../../../platform/errors/app-error.js';

/** What this area may refuse, with the words for people. */
export const refuseCoupon = refusals({
  COUPON_NOT_YOURS: [404, '没有找到这张券'],
  COUPON_TAKEN: [409, '这张券刚刚被用掉或已失效，请换一张'],
  COUPON_OVER: [409, '来晚了一步，券已经发完了'],
  COUPON_LIMIT: [409, '你已经领过这张券了'],
  COUPON_NOT_FOR_YOU: [403, '这张券暂时不对你开放'],
  COUPON_CLOSED: [409, '现在不在领取时间内'],
  COUPON_CODE: [404, '没有找到这个券码，请核对后再试'],
  COUPON_CANNOT_GIVE: [409, '这张券不能赠送'],
  GIFT_OVER: [409, '这份礼物已经被领走或已退回'],
  GIFT_OWN: [409, '这是你自己送出的券'],
  OFFER_OVER: [409, '这张券卡已经领完或过期了'],
  GUIDE_QUOTA: [409, '你今天的发券额度已用完'],
  COUPON_NOT_USABLE: [409, '这张券现在不能核销'],
  DISCOUNT_CHANGED: [409, '优惠金额有变化，请重新确认'],
  PIN_WRONG: [403, '核销码不对，请让店员再看一下'],
  PIN_LOCKED: [429, '核销码输错太多次，请十分钟后再试'],
  REVERSE_NOT_ALLOWED: [403, '你不能撤销这笔核销了，请店长处理'],
  ALREADY_REVERSED: [409, '这笔核销已经撤销过了'],
  TEMPLATE_PROBLEM: [422, '券模板还有问题，不能发布'],
  TEMPLATE_STATE: [409, '券模板的状态不允许这样操作'],
} as const);
