import type { OrderDetail, OrderSummary } from '@shuke/shared/contracts';
import { duePayment, isGift, type Order } from '../domain/order.js';
import { PAID_STATES, stateText } from '../domain/order-state.js';

/** A refund as an order's page shows it. */
export interface RefundRow {
  id: string;
  amountFen: number;
  reason: string;
  state: 'REQUESTED' | 'PROCESSING' | 'SUCCESS' | 'FAILED';
  createdAt: Date;
  finishedAt: Date | null;
}

/** Goods that were given to the consumer by mistake and wait again. */
export interface UndoneHandOver {
  at: Date;
  undoneAt: Date | null;
  undoReason: string | null;
}

export interface OrderNames {
  storeName: string;
  guideName: string | null;
  memberName: string | null;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Where the way of getting the goods makes another word of a state. */
const STATES_OF_WAYS: Partial<Record<Order['fulfil'], Partial<Record<Order['state'], string>>>> = {
  DELIVERY: { TO_SHIP: '待配送', SHIPPED: '配送中', RECEIVED: '已送达' },
  SCAN_AND_GO: { TO_PICKUP: '待出门核对', RECEIVED: '已带走' },
};

function stateWords({ kind, channel, fulfil, state }: Order): string {
  if (kind === 'RETURN') return '门店退货';
  if (channel === 'POS') return '门店购买';
  return STATES_OF_WAYS[fulfil]?.[state] ?? stateText(state);
}

/** An order in a list. */
export function orderSummary(order: Order, storeName: string): OrderSummary {
  return {
    id: order.id,
    orderNo: order.orderNo,
    channel: order.channel,
    ...(order.isImported ? { isImported: true } : {}),
    state: order.state,
    stateText: stateWords(order),
    storeId: order.storeId,
    storeName,
    fulfil: order.fulfil,
    totalFen: order.totalFen,
    lineCount: order.lines.length,
    lines: order.lines.map((line) => ({
      id: line.lineId,
      skuId: line.skuId,
      productId: line.productId,
      name: line.name,
      spec: line.spec,
      imageUrl: line.imageUrl,
      qty: line.qty,
      unitPriceFen: line.unitPriceFen,
      payableFen: line.payableFen,
      refundedFen: line.refundedFen,
      refundedQty: line.refundedQty,
      ...(isGift(order, line) ? { isGift: true } : {}),
    })),
    createdAt: order.createdAt.toISOString(),
    payDeadlineAt: order.state === 'PENDING_PAY' ? iso(order.dueAt) : null,
  };
}

const RECEIVED_TEXTS: Record<Order['fulfil'], string> = {
  SHIP: '已签收',
  DELIVERY: '已送达',
  PICKUP: '已到店自提',
  SCAN_AND_GO: '已在店里带走',
};

const REFUND_TEXTS: Record<RefundRow['state'], string> = {
  REQUESTED: '退款中',
  PROCESSING: '退款中',
  SUCCESS: '已退款',
  FAILED: '退款遇到问题，我们正在处理',
};

/** A refund in words. */
export const refundView = (refund: RefundRow): OrderDetail['refunds'][number] => ({
  id: refund.id,
  amountFen: refund.amountFen,
  reason: refund.reason,
  state: refund.state,
  stateText: REFUND_TEXTS[refund.state],
  createdAt: refund.createdAt.toISOString(),
  finishedAt: iso(refund.finishedAt),
});

/** The booked slot, where the order is delivered locally. */
export function deliveryOf({ delivery }: Pick<Order, 'delivery'>): Pick<OrderDetail, 'delivery'> {
  if (!delivery) return {};
  const { slot, distanceM } = delivery;
  const [day = '', from = ''] = slot.split('.');
  return { delivery: { slot, day, from, distanceM } };
}

/** Why an order was closed; a presale also says what becomes of the deposit that was paid for it. */
function closedText(order: Order): string {
  if (!order.presale || !order.depositPaidAt)
    return order.closeReason === 'DEADLINE' ? '超时未付款，订单已关闭' : '订单已取消';
  const why = order.closeReason === 'DEADLINE' ? '尾款没有按时付，订单已关闭' : '订单已取消';
  return `${why}，${order.presale.forfeits ? '定金不退' : '定金原路退回'}`;
}

/** Which payment of a presale is due; none once it is paid or given up. */
const dueOf = (order: Order): 'DEPOSIT' | 'TAIL' | 'DONE' => {
  const due = order.state === 'PENDING_PAY' ? duePayment(order) : 'FULL';
  return due === 'FULL' ? 'DONE' : due;
};

/** WeChat tells whole seconds, so a payment can seem to come before the order that it pays. */
const paidAfter = (order: Order): Date | null =>
  order.paidAt && order.paidAt < order.createdAt ? order.createdAt : order.paidAt;

const shippedText = ({ fulfil, shipping }: Order): string => {
  if (fulfil === 'DELIVERY') return shipping ? `${shipping.company}已出发，正在送来` : '正在送来';
  return shipping ? `已发货，${shipping.company} ${shipping.trackingNo}` : '已发货';
};

function timeline(
  order: Order,
  refunds: readonly RefundRow[],
  undone: readonly UndoneHandOver[],
): OrderDetail['timeline'] {
  const events: [Date | null, string][] = [
    [order.createdAt, order.channel === 'POS' ? '门店开单' : '提交订单'],
    [order.channel === 'POS' ? null : paidAfter(order), '付款成功'],
    [order.depositPaidAt, '定金已付'],
    [order.shippedAt, shippedText(order)],
    ...undone.flatMap((one): [Date | null, string][] => [
      [one.at, RECEIVED_TEXTS[order.fulfil]],
      [one.undoneAt, `门店撤销了这次交货：${one.undoReason ?? ''}`],
    ]),
    [order.channel === 'POS' ? null : order.receivedAt, RECEIVED_TEXTS[order.fulfil]],
    [order.channel === 'POS' ? null : order.finishedAt, '交易完成'],
    ...refunds.map((refund): [Date, string] => [
      refund.finishedAt ?? refund.createdAt,
      `${REFUND_TEXTS[refund.state]}：${refund.reason}`,
    ]),
    [order.state === 'CLOSED' ? order.closedAt : null, closedText(order)],
  ];
  return events
    .filter((event): event is [Date, string] => event[0] !== null)
    .sort(([a], [b]) => a.getTime() - b.getTime())
    .map(([at, text]) => ({ at: at.toISOString(), text }));
}

/** Whether money can be taken now: the tail of a presale has a time of its own. */
const canBePaid = (order: Order, nowMs: number): boolean =>
  order.state === 'PENDING_PAY' &&
  !(order.presale && duePayment(order) === 'TAIL' && nowMs < Date.parse(order.presale.tailFrom));

/** An order with everything a page needs. */
export function orderDetail(
  order: Order,
  names: OrderNames,
  refunds: readonly RefundRow[],
  undone: readonly UndoneHandOver[],
  nowMs: number,
): OrderDetail {
  const hasOpenRefund = refunds.some((refund) => refund.state === 'REQUESTED' || refund.state === 'PROCESSING');
  const isMall = order.channel === 'MINIAPP';
  return {
    ...orderSummary(order, names.storeName),
    goodsFen: order.goodsFen,
    freightFen: order.freightFen,
    refundedFen: order.refundedFen,
    steps: order.steps,
    money: {
      promotionFen: order.promotionFen,
      couponFen: order.couponFen,
      pointsFen: order.pointsFen,
      pointsUsed: order.pointsUsed,
      walletFen: order.walletFen,
      cashFen: order.cashFen,
    },
    ...(order.presale
      ? {
          presale: {
            ...order.presale,
            due: dueOf(order),
            depositPaidAt: iso(order.depositPaidAt),
          },
        }
      : {}),
    ...deliveryOf(order),
    pickupCode: order.state === 'TO_PICKUP' ? order.pickupCode : null,
    address: order.address,
    shipping:
      order.shipping && order.shippedAt ? { ...order.shipping, shippedAt: order.shippedAt.toISOString() } : null,
    guideName: names.guideName,
    memberName: names.memberName,
    remark: order.remark,
    paidAt: iso(order.paidAt),
    timeline: timeline(order, refunds, undone),
    refunds: refunds.map(refundView),
    canCancel: order.state === 'PENDING_PAY' && !(order.depositPaidAt && order.presale?.forfeits),
    canPay: canBePaid(order, nowMs),
    canConfirmReceipt: order.state === 'SHIPPED',
    canRefund: isMall && PAID_STATES.includes(order.state) && !hasOpenRefund && order.refundedFen < order.totalFen,
  };
}
