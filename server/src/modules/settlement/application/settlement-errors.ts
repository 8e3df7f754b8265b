import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of settlement. */
export const refuseSettlement = refusals({
  RULE_OVER_CAP: [409, '这版规则在最坏情况下会超过微信支付的分账上限，不能发布'],
  RULE_NOT_DRAFT: [409, '只有草稿可以发布'],
  RULE_UNKNOWN_CATEGORY: [400, '规则里有不存在的品类'],
  DIFFERENCE_CLOSED: [409, '这条差异已经了结了'],
  STATEMENT_STATE: [409, '这张对账单现在不能这样处理，刷新看看最新状态'],
  NOT_SETTLED: [404, '这笔订单还没有分账记录'],
} as const);
