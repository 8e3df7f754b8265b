import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseStock = refusals({
  SOLD_OUT: [409, '手慢了，这件刚刚卖完或库存不够'],
  NOTICES_FULL: [409, '到货提醒太多了，先取消几个吧'],
  COUNT_BELOW_RESERVED: [409, '盘点数不能少于已被订单占用的件数'],
  RETURN_TOO_MANY: [409, '退回的件数超过了卖出的件数'],
});
