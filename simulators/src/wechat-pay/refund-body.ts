import { notify } from './notify.js';
import type { PaySim } from './sim.js';
import { rfc3339 } from './time.js';
import type { Order, Refund } from './types.js';

const ACCOUNT_NAME = { frozen: 'UNSETTLED', unsettled: 'UNSETTLED', available: 'AVAILABLE' } as const;

/** The refund as apply and query answer it. */
export function refundBody(sim: PaySim, refund: Refund): Record<string, unknown> {
  const order = sim.order(refund.orderKey);
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(refund.status === 'SUCCESS' ? { success_time: rfc3339(refund.finishedAt ?? 0) } : {}),
    create_time: rfc3339(refund.createdAt),
    status: refund.status,
    funds_account: ACCOUNT_NAME[refund.source],
    amount: {
      total: order.total,
      refund: refund.amount,
      from: [],
      payer_total: order.total,
      payer_refund: refund.amount,
      settlement_refund: refund.amount,
      settlement_total: order.total,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: refund.feeBack,
    },
    promotion_detail: [],
  };
}

/** Says how a refund ended to whoever asked for it, or to whom its merchant named. */
export function tellRefund(sim: PaySim, refund: Refund, order: Order): void {
  const url = refund.notifyUrl ?? sim.merchantSettings(refund.owner).refundNotifyUrl;
  if (!url) return;
  const parties = order.partner ? { sp_mchid: order.owner, sub_mchid: order.collector } : { mchid: order.owner };
  notify(sim, {
    url,
    mchid: refund.owner,
    eventType: `REFUND.${refund.status}`,
    originalType: 'refund',
    summary: refund.status === 'SUCCESS' ? '退款成功' : refund.status === 'CLOSED' ? '退款关闭' : '退款异常',
    xml: !refund.notifyUrl,
    plaintext: {
      ...parties,
      out_trade_no: order.outTradeNo,
      transaction_id: order.transactionId,
      out_refund_no: refund.outRefundNo,
      refund_id: refund.refundId,
      refund_status: refund.status,
      ...(refund.status === 'SUCCESS' ? { success_time: rfc3339(refund.finishedAt ?? 0) } : {}),
      user_received_account: '支付用户零钱',
      amount: { total: order.total, refund: refund.amount, payer_total: order.total, payer_refund: refund.amount },
    },
  });
}
