import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of after-sale cases. */
export const refuseCase = refusals({
  AFTER_SALE_NOT_POSSIBLE: [409, '这笔订单现在不能申请售后'],
  AFTER_SALE_PIECES: [409, '选中的商品已经在售后中或已经退完，请刷新后再看'],
  AFTER_SALE_CHANGED: [409, '退款金额刚刚有变化，请看过之后再提交'],
  AFTER_SALE_STATE: [409, '这次售后的进度已经变化，请刷新后再看'],
  AFTER_SALE_NOTHING: [409, '退了这几件，剩下的商品就不满优惠条件，扣掉优惠后没有可退的钱；可以和其他商品一起退'],
  EXCHANGE_SKU: [409, '只能换同一款的其他颜色或尺码'],
  RETURN_STORE: [409, '这家门店现在不能收退货，换一家看看'],
  RETURN_CODE: [404, '没有找到这个退货码，请和顾客核对一下'],
  REFUND_NOT_FAILED: [409, '这笔退款不需要重试'],
} as const);
