import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area; the message is replaced by one that names the figures. */
export const refuseCatalog = refusals({
  CORRIDOR: [422, '最低价、吊牌价、最高价要依次不减，且大于 0'],
  OUTSIDE_CORRIDOR: [422, '价格超出了总部允许的范围'],
});
