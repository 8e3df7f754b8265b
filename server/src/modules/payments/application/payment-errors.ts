import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of payments. */
export const refusePay = refusals({
  ALREADY_PAID: [409, '这笔订单已经付过款了'],
  ORDER_CLOSED: [409, '订单已经关闭，请重新下单'],
  TAIL_NOT_YET: [409, '还没到付尾款的时间，到时候再来'],
  PAY_NOT_READY: [503, '支付暂时没有准备好，请稍后再试'],
  PAY_SETUP: [409, '这家门店的收款设置还没有完成，请联系门店'],
} as const);
