import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseStore = refusals({
  COLLECT_NEEDS_MERCHANT: [422, '门店自己收款要先填特约商户号'],
  SELF_COLLECTS_BY_BRAND: [422, '直营门店由品牌收款，只有加盟门店可以自己收款'],
  STORE_HAS_ORDERS: [409, '这家店还有没完成的订单，请到「关店」里安排好，系统会自动改成已关店'],
  STORE_OUT_OF_REACH: [409, '这家店不在你的服务区域，换成你所在区域的门店看看吧'],
  MALL_SETTINGS: [422, '商城设置有误'],
  AREA: [422, '服务范围有误'],
  SERVICE: [422, '门店服务设置有误'],
  SLOT_GONE: [409, '这个配送时段已经过了，换一个吧'],
  SLOT_FULL: [409, '这个配送时段刚刚约满，换一个吧'],
  HOURS: [422, '营业时间要写成 10:00 这样的格式'],
});
