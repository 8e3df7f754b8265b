import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseStore = refusals({
  COLLECT_NEEDS_MERCHANT: [422, '门店自己收款要先填特约商户号'],
  SELF_COLLECTS_BY_BRAND: [422, '直营门店由品牌收款，只有加盟门店可以自己收款'],
  HOURS: [422, '营业时间要写成 10:00 这样的格式'],
});
