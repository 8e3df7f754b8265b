import type { AfterSaleKind, AfterSaleOptions, AfterSaleRules } from '@shuke/shared/contracts';
import { AFTER_SALE_KINDS, AFTER_SALE_REASONS } from '@shuke/shared/contracts';
import { isGift, type Order, PAID_STATES } from '../../orders/index.js';
import { KIND_HINTS, KIND_TEXTS, REASON_TEXTS } from '../domain/case-texts.js';
import { hadLeft } from './preview-after-sale.js';

/**
 * What may be asked for which pieces of an order, in the words of its consumer.
 * @param taken pieces that open cases have already
 */
export function caseOptions(
  order: Order,
  rules: AfterSaleRules,
  taken: readonly { lineId: string; caseId: string; qty: number }[],
): AfterSaleOptions {
  const isOurs = order.channel === 'MINIAPP' && PAID_STATES.includes(order.state) && order.state !== 'FINISHED';
  const left = hadLeft(order);
  const allowed = (kind: AfterSaleKind) =>
    isOurs && (kind === 'REFUND_ONLY' || left) && (kind !== 'EXCHANGE' || rules.exchangeAllowed);
  const closed = order.channel === 'POS' ? '门店购买的商品，请带小票到店办理' : '已经过了可以申请售后的时间';
  return {
    orderId: order.id,
    orderNo: order.orderNo,
    lines: order.lines.map((line) => {
      const inCases = taken.filter((one) => one.lineId === line.lineId);
      return {
        lineId: line.lineId,
        skuId: line.skuId,
        productId: line.productId,
        name: line.name,
        spec: line.spec,
        imageUrl: line.imageUrl,
        qty: line.qty,
        leftQty: Math.max(0, line.qty - line.refundedQty - inCases.reduce((sum, one) => sum + one.qty, 0)),
        payableFen: line.payableFen,
        openCaseId: inCases[0]?.caseId ?? null,
        ...(isGift(order, line) ? { isGift: true } : {}),
      };
    }),
    kinds: AFTER_SALE_KINDS.map((value) => ({
      value,
      text: KIND_TEXTS[value],
      isAllowed: allowed(value),
      hint: allowed(value) ? KIND_HINTS[value] : isOurs ? '收到商品以后可以申请' : closed,
    })),
    reasons: AFTER_SALE_REASONS.map((value) => ({
      value,
      text: REASON_TEXTS[value][0],
      hint: REASON_TEXTS[value][1],
    })),
    returnWays: [
      { value: 'CARRIER', text: '快递寄回', hint: '同意后按页面地址寄回，填上单号' },
      {
        value: 'STORE',
        text: '到店退回',
        hint: rules.otherStoreReturns ? '同城门店都可以，出示退货码' : '到购买的门店，出示退货码',
      },
    ],
    until: order.state === 'RECEIVED' ? (order.dueAt?.toISOString() ?? null) : null,
    ruleText: isOurs ? (left ? '签收后七天内可以申请，来回运费看责任在谁' : '还没有发货，申请后马上退款') : closed,
  };
}
