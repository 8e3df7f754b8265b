import { rfc3339 } from './time.js';
import type { Order } from './types.js';

const STATE_TEXT: Record<Order['state'], string> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  CLOSED: '订单已关闭',
  REVOKED: '已撤销',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
};

/** The order as query and notification show it. */
export function transactionBody(order: Order): Record<string, unknown> {
  const parties = order.partner
    ? {
        sp_appid: order.appid,
        sp_mchid: order.owner,
        ...(order.subAppid ? { sub_appid: order.subAppid } : {}),
        sub_mchid: order.collector,
      }
    : { appid: order.appid, mchid: order.owner };
  const head = {
    ...parties,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: STATE_TEXT[order.state],
    ...(order.attach ? { attach: order.attach } : {}),
    ...(order.sceneInfo ? { scene_info: order.sceneInfo } : {}),
    payer: order.payer,
    promotion_detail: [],
  };
  const amount = { total: order.total, currency: 'CNY' };
  if (!order.transactionId) return { ...head, amount };
  return {
    ...head,
    transaction_id: order.transactionId,
    trade_type: order.tradeType,
    bank_type: order.bankType,
    success_time: rfc3339(order.paidAt ?? order.createdAt),
    amount: { ...amount, payer_total: order.total, payer_currency: 'CNY' },
  };
}
