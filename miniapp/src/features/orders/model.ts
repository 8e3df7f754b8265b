import type { OrderDetail, OrderSummary } from '@shuke/shared/contracts';
import { leftText, momentText, priceText } from '@/lib/format';
import { type Ahead, deliveryStep, deliverySteps } from './local-delivery';

type State = OrderSummary['state'];

export const ORDER_TABS = [
  { key: 'ALL', label: '全部' },
  { key: 'PENDING_PAY', label: '待付款' },
  { key: 'TO_SHIP', label: '待发货' },
  { key: 'TO_RECEIVE', label: '待收货' },
  { key: 'TO_PICKUP', label: '待自提' },
  { key: 'DONE', label: '已完成' },
] as const;
export type OrderTab = (typeof ORDER_TABS)[number]['key'];

export const tabOf = (text: string | undefined): OrderTab => ORDER_TABS.find(({ key }) => key === text)?.key ?? 'ALL';

type Told = Pick<OrderDetail, 'state' | 'fulfil' | 'storeName' | 'payDeadlineAt' | 'channel'> &
  Partial<Pick<OrderDetail, 'presale' | 'delivery' | 'shipping'>>;

/** When the tail of a presale can be paid: from when before that, until when after. */
export const tailWords = (
  from: string,
  until: string,
  nowMs: number,
  isOpen: boolean = nowMs >= Date.parse(from),
): string =>
  isOpen
    ? `定金已付，请在 ${momentText(until, nowMs)} 前付尾款`
    : `定金已付，货为你留着，尾款 ${momentText(from, nowMs)} 起付`;

/** What a presale waits for once its deposit is paid, or what becomes of the deposit when it was given up. */
function presaleStep({ state, presale }: Told, nowMs: number): string | null {
  if (!presale?.depositPaidAt) return null;
  if (state === 'PENDING_PAY') return tailWords(presale.tailFrom, presale.tailUntil, nowMs);
  if (state !== 'CLOSED') return null;
  return presale.forfeits ? '尾款没有按时付，订单已关闭，定金不退' : '订单已关闭，定金会原路退回';
}

/** The next step in words: what happens, or what the person can do. */
export function nextStep(order: Told, nowMs: number): string {
  const ofPresale = presaleStep(order, nowMs);
  if (ofPresale) return ofPresale;
  const ofDelivery = order.fulfil === 'DELIVERY' ? deliveryStep(order, nowMs) : null;
  if (ofDelivery) return ofDelivery;
  const left = order.payDeadlineAt ? leftText(order.payDeadlineAt, nowMs) : null;
  const steps: Record<State, string> = {
    PENDING_PAY: left ? `请在 ${left} 内付款，之后订单会自动取消` : '付款时间已过，订单即将取消',
    TO_SHIP: `${order.storeName}正在为你备货，发出后会告诉你`,
    TO_PICKUP: order.fulfil === 'SCAN_AND_GO' ? '拿好商品，出门时给店员看出门码' : '到店出示自提码就能取走',
    SHIPPED: '包裹正在路上，收到后请确认收货',
    RECEIVED: '已经收到，有问题可以申请退换',
    FINISHED: order.channel === 'POS' ? '门店消费已完成' : '订单已完成，谢谢你',
    CLOSED: '订单已取消，不会再扣款',
    REFUNDED: '款项会原路退回，到账时间以微信支付为准',
  };
  return steps[order.state];
}

/** Where a purchase was made, and that an old one came with a file. */
export function cameFrom({ channel, isImported }: Pick<OrderSummary, 'channel' | 'isImported'>): string {
  if (isImported) return '门店消费 · 历史导入';
  return channel === 'POS' ? '门店消费' : '小程序下单';
}

export const isWaiting = (state: State): boolean => state === 'PENDING_PAY';

/** Colour of a state: something to do, on its way, done, or over. */
export function toneOf(state: State): '' | 'tag-warn' | 'tag-good' | 'tag-off' {
  if (state === 'PENDING_PAY') return 'tag-warn';
  if (state === 'TO_SHIP' || state === 'SHIPPED' || state === 'TO_PICKUP') return '';
  if (state === 'RECEIVED' || state === 'FINISHED') return 'tag-good';
  return 'tag-off';
}

/** A pickup code in groups, to be read aloud: "1234 5678". */
export const spacedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');

/** What a line says beside its price: what came back, that it was a gift, or what it cost after discounts. */
export function lineNote(line: OrderSummary['lines'][number]): string | null {
  if (line.refundedQty > 0) return `已退 ${line.refundedQty} 件，${priceText(line.refundedFen)}`;
  const saved = line.unitPriceFen * line.qty - line.payableFen;
  if (line.isGift) return '赠品';
  return saved > 0 ? `优惠后 ${priceText(line.payableFen)}` : null;
}

/** What became of one line where the order as a whole does not say it: come back, come back in part, or a present. */
export function lineState(
  line: OrderSummary['lines'][number],
  order: Pick<OrderSummary, 'state'>,
): { text: string; tone: string } | null {
  if (line.refundedQty >= line.qty && line.refundedQty > 0)
    return order.state === 'REFUNDED' ? null : { text: '已退', tone: 'tag-off' };
  if (line.refundedQty > 0) return { text: `已退 ${line.refundedQty} 件`, tone: 'tag-warn' };
  return line.isGift ? { text: '赠品', tone: 'tag-good' } : null;
}

/** What happens after paying, in order: what is done, and what each next step asks of whom. */
export function stepsAhead(order: Pick<OrderDetail, 'state' | 'fulfil' | 'storeName'>): Ahead[] {
  const { state, fulfil, storeName } = order;
  const isOver = state === 'RECEIVED' || state === 'FINISHED';
  const paid = { text: '付款成功', note: '', isDone: true };
  const review = { text: '评价得积分', note: '穿过再说，好评差评都一样', isDone: false };
  if (state === 'CLOSED' || state === 'REFUNDED' || state === 'PENDING_PAY') return [];
  if (fulfil === 'DELIVERY') return [paid, ...deliverySteps(order), review];
  if (fulfil === 'SCAN_AND_GO')
    return [paid, { text: '给店员看出门码', note: '核对一下就可以出门', isDone: isOver }, review];
  if (fulfil === 'PICKUP')
    return [
      paid,
      { text: `${storeName}备货`, note: '备好会通知你', isDone: state === 'TO_PICKUP' || isOver },
      { text: '到店出示自提码', note: '可以先试穿再带走', isDone: isOver },
      review,
    ];
  return [
    paid,
    { text: `${storeName}备货`, note: '发出后会告诉你单号', isDone: state === 'SHIPPED' || isOver },
    { text: '包裹在路上', note: '在订单里能看物流', isDone: isOver },
    { text: '确认收货', note: '不合适可以申请退换', isDone: isOver },
    review,
  ];
}

export const CHANNEL_FILTERS = [
  { key: 'ALL', label: '全部渠道' },
  { key: 'MINIAPP', label: '小程序' },
  { key: 'POS', label: '门店' },
] as const;
export type ChannelFilter = (typeof CHANNEL_FILTERS)[number]['key'];
