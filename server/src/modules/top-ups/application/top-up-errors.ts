import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of top-ups and balance refunds. */
export const refuseTopUp = refusals({
  TOP_UP_STORE: [409, '这家门店暂时不营业，换一家门店再充值'],
  TOP_UP_TIER: [409, '这个充值活动已经变了，请重新选择'],
  TOP_UP_LIMIT: [409, '这个活动你已经参加过了'],
  TOP_UP_CAP: [409, '超过了储值上限'],
  TOP_UP_AMOUNT: [422, '充值金额太小了，请多充一些'],
  TOP_UP_AGREEMENT: [409, '储值协议更新了，请重新确认'],
  TOP_UP_STATE: [409, '这笔充值已经付款或超时关闭了，需要的话请重新充值'],
  REFUND_CHANGED: [409, '可退金额变了，请看过之后再提交'],
  REFUND_NOTHING: [409, '没有可以退的余额'],
  WALLET_REFUND_STATE: [409, '这笔退款已经处理过了，请刷新看看结果'],
} as const);
