import { billText, feeYuan, percent, row, yuan } from './bill-csv.js';
import type { PaySim } from './sim.js';
import { billTime, dayOf } from './time.js';
import type { Order, Refund } from './types.js';

export type TradeBillType = 'ALL' | 'SUCCESS' | 'REFUND';

const COMMON =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
const REFUND_COLUMNS = '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态';
const TAIL = '商品名称,商户数据包,手续费,费率,订单金额';
const HEADERS: Record<TradeBillType, string> = {
  ALL: `${COMMON},${REFUND_COLUMNS},${TAIL},申请退款金额,费率备注`,
  SUCCESS: `${COMMON},${TAIL},费率备注`,
  REFUND: `${COMMON},退款申请时间,退款成功时间,${REFUND_COLUMNS},${TAIL},申请退款金额,费率备注`,
};
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

const REFUND_STATUS: Record<Refund['status'], string> = {
  SUCCESS: 'SUCCESS',
  PROCESSING: 'PROCESSING',
  CLOSED: 'FAIL',
  ABNORMAL: 'CHANGE',
};

function common(order: Order, at: number, state: string): string[] {
  const openid = order.payer.openid ?? order.payer.sub_openid ?? order.payer.sp_openid ?? '';
  const names = [order.appid, order.owner, order.partner ? order.collector : '0', ''];
  const numbers = [order.transactionId ?? '', order.outTradeNo, openid, order.tradeType, state, order.bankType, 'CNY'];
  return [billTime(at), ...names, ...numbers];
}

function paidRow(order: Order, type: TradeBillType): string {
  const tail = [order.description, order.attach ?? '', feeYuan(order.fee), percent(order.feeRate), yuan(order.total)];
  const head = [...common(order, order.paidAt ?? 0, 'SUCCESS'), yuan(order.total), '0.00'];
  if (type === 'SUCCESS') return row([...head, ...tail, '']);
  return row([...head, '0', '0', '0.00', '0.00', '', '', ...tail, '0.00', '']);
}

function refundRow(order: Order, refund: Refund, type: TradeBillType): string {
  const times = [billTime(refund.createdAt), refund.status === 'SUCCESS' ? billTime(refund.finishedAt ?? 0) : ''];
  const state = [
    refund.refundId,
    refund.outRefundNo,
    yuan(refund.amount),
    '0.00',
    'ORIGINAL',
    REFUND_STATUS[refund.status],
  ];
  const tail = [order.description, order.attach ?? '', feeYuan(-refund.feeBack), percent(order.feeRate), '0.00'];
  const head = [...common(order, refund.createdAt, 'REFUND'), '0.00', '0.00'];
  return row([...head, ...(type === 'REFUND' ? times : []), ...state, ...tail, yuan(refund.amount), '']);
}

/** The trade bill of a business day, or null when nothing moved (reference: section 7). */
export function tradeBill(
  sim: PaySim,
  filter: { owner: string; subMchid?: string; day: string; type: TradeBillType },
): string | null {
  const mine = (order: Order) =>
    order.owner === filter.owner && (!filter.subMchid || order.collector === filter.subMchid);
  const paid = Object.values(sim.state.orders).filter(
    (order) => mine(order) && order.paidAt !== undefined && dayOf(order.paidAt) === filter.day,
  );
  const refunds = Object.values(sim.state.refunds)
    .map((refund) => ({ refund, order: sim.order(refund.orderKey) }))
    .filter(({ refund, order }) => mine(order) && dayOf(refund.createdAt) === filter.day);
  const withPaid = filter.type === 'REFUND' ? [] : paid;
  const withRefunds = filter.type === 'SUCCESS' ? [] : refunds;
  if (withPaid.length + withRefunds.length === 0) return null;
  const total = withPaid.reduce((sum, order) => sum + order.total, 0);
  const fees = withPaid.reduce((sum, order) => sum + order.fee, 0);
  const back = withRefunds.reduce((sum, { refund }) => sum + refund.amount, 0);
  const feesBack = withRefunds.reduce((sum, { refund }) => sum + refund.feeBack, 0);
  const rows = [
    ...withPaid.map((order) => ({ at: order.paidAt ?? 0, text: paidRow(order, filter.type) })),
    ...withRefunds.map(({ order, refund }) => ({ at: refund.createdAt, text: refundRow(order, refund, filter.type) })),
  ].sort((a, b) => a.at - b.at);
  return billText(
    HEADERS[filter.type],
    rows.map(({ text }) => text),
    SUMMARY,
    [rows.length, yuan(total), yuan(back), '0.00', feeYuan(fees - feesBack), yuan(total), yuan(back)],
  );
}
