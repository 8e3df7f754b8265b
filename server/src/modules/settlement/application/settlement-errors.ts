import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of settlement. */
export const refuseSettlement = refusals({
  RULE_OVER_CAP: [409, '这版规则在最坏情况下会超过微信支付的分账上限，不能发布'],
  RULE_NOT_DRAFT: [409, '只有草稿可以发布'],
  RULE_UNKNOWN_CATEGORY: [400, '规则里有不存在的品类'],
  DIFFERENCE_CLOSED: [409, '这条差异已经了结了'],
  STATEMENT_STATE: [409, '这张对账单现在不能这样处理，刷新看看最新状态'],
  STATEMENT_LINE: [409, '这一行不在有异议的明细里，刷新看看最新状态'],
  STATEMENT_LINE_PAID: [409, '这一行的钱已经付给你了，有问题请联系总部财务，更正会记进以后的对账单'],
  PAYOUT_AMOUNT: [409, '这几天应付的金额刚刚变了，刷新后再核对一遍'],
  PAYOUT_DATE: [400, '付款日期不能晚于今天'],
  PAYOUT_REFERENCE: [409, '这个银行流水号已经记过一笔付款'],
  PAYOUT_CANCELLED: [409, '这笔付款已经撤销了'],
  NOT_SETTLED: [404, '这笔订单还没有分账记录'],
} as const);
