import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of orders. */
export const refuseOrder = refusals({
  PRICE_CHANGED: [409, '价格刚刚有变化，请确认后再提交'],
  NOT_SELLABLE: [409, '有商品在这家门店暂时买不到'],
  SOLD_OUT: [409, '手慢了一步，有商品刚刚卖完'],
  STORE_NOT_SERVING: [409, '这家门店暂时不接单，换一家看看'],
  FULFIL_NOT_OFFERED: [409, '这家门店不支持这种收货方式'],
  SLOT_NEEDED: [400, '请选一个送达时段'],
  ADDRESS_NEEDED: [400, '请先选择收货地址'],
  ORDER_STATE: [409, '订单状态已经变化，请刷新后再看'],
  PICKUP_CODE: [404, '没有找到这个自提码，请和顾客核对一下'],
  REFUND_NOT_POSSIBLE: [409, '这笔订单现在不能退款'],
  REFUND_IN_PROGRESS: [409, '上一笔退款还在处理，请等它完成后再申请'],
} as const);
