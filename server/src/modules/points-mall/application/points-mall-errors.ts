import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of the points mall. */
export const refuseExchange = refusals({
  GOOD_SOLD_OUT: [409, '这件礼品已经兑完了，看看别的吧'],
  GOOD_LIMIT: [409, '这件礼品你已经兑换到上限了，看看别的吧'],
  GOOD_POINTS: [409, '这件礼品要的积分刚刚有变化，看清楚再换'],
  GOOD_STOCK: [409, '库存不能少于已经兑出的数量'],
  GOOD_COUPON: [422, '兑换券礼品要选择一个券模板'],
  EXCHANGE_STORE: [409, '这家门店暂时不营业，请换一家门店领取'],
  STORE_NEEDED: [422, '请选择领取的门店'],
  EXCHANGE_CODE: [404, '没有找到这个领取码，请和顾客核对，并确认是在这家店领取'],
  EXCHANGE_STATE: [409, '这笔兑换已经领取或取消了，请刷新看看'],
} as const);
