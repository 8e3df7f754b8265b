import {
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  type OrderId,
  type StoreId,
  subFen,
  sumFen,
} from '@shuke/shared/kernel';
import type { DiscountCondition } from '@shuke/shared/rules';
import type { OrderState } from './order-state.js';

export type Fulfil = 'SHIP' | 'PICKUP' | 'DELIVERY' | 'SCAN_AND_GO';
/** Goods that the consumer takes in the store, against a code: at the counter, or at the exit after scan and go. */
export const isTakenInStore = (fulfil: Fulfil): boolean => fulfil === 'PICKUP' || fulfil === 'SCAN_AND_GO';

/** Which share of a shelf an order takes from. */
export const stockWay = (fulfil: Fulfil): 'SHIP' | 'DELIVERY' | 'PICKUP' =>
  fulfil === 'SCAN_AND_GO' ? 'PICKUP' : fulfil;

/** The two payments of a presale, frozen when the order was submitted. */
export interface OrderPresale {
  depositFen: Fen;
  tailFen: Fen;
  tailFrom: string;
  tailUntil: string;
  /** The deposit is kept when the tail is not paid in time. */
  forfeits: boolean;
}

/** A booked slot of a local delivery. */
export interface OrderDelivery {
  slot: string;
  feeFen: Fen;
  distanceM: number;
}

/** Which guide an order counts for, frozen when it was submitted, with the evidence. */
export interface Attribution {
  guideId: GuideId;
  way: 'SEND' | 'LINK' | 'BINDING';
  evidence: string;
}

export interface OrderAddress {
  id: Id<'address'>;
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  detail: string;
  isDefault: boolean;
}

/** A discount that a line has a share in, frozen when the order was submitted. */
export interface Applied {
  kind: 'PROMOTION' | 'LEVEL' | 'COUPON' | 'POINTS';
  id: string;
  name: string;
  fen: Fen;
  /** Who bears it, in basis points that sum to 10000. */
  bearers: { party: string; bp: number }[];
  /** The threshold it hung on; left out where there was none. */
  condition?: DiscountCondition;
  /** Of a present's line: how many pieces the promotion gave, and what one cost in the store then. */
  gift?: { qty: number; unitPriceFen: Fen };
}

export interface OrderLineRow {
  lineId: Id<'line'>;
  skuId: Id<'sku'> | null;
  productId: Id<'product'> | null;
  categoryId: Id<'category'> | null;
  code: string;
  name: string;
  spec: string;
  imageUrl: string | null;
  qty: number;
  unitPriceFen: Fen;
  amountFen: Fen;
  /** The line's share of the goods to pay, after all discounts. */
  payableFen: Fen;
  /** The part of `payableFen` that the wallet paid. */
  walletFen: Fen;
  applied: Applied[];
  refundedQty: number;
  refundedFen: Fen;
}

export interface PriceStepRow {
  label: string;
  amountFen: Fen;
  explain: string;
}

/** An order of any channel with its lines. */
export interface Order {
  brandId: BrandId;
  id: OrderId;
  orderNo: string;
  channel: 'MINIAPP' | 'POS';
  kind: 'SALE' | 'RETURN';
  /** It came with a file of old purchases. */
  isImported: boolean;
  memberId: MemberId | null;
  storeId: StoreId;
  guideId: GuideId | null;
  attribution: Attribution | null;
  state: OrderState;
  fulfil: Fulfil;
  goodsFen: Fen;
  freightFen: Fen;
  promotionFen: Fen;
  couponFen: Fen;
  pointsFen: Fen;
  /** How many points were used for `pointsFen`. */
  pointsUsed: number;
  /** What the consumer owes: goods less promotion, coupon and points, plus freight. */
  totalFen: Fen;
  walletFen: Fen;
  /** What goes through WeChat Pay: total less wallet. */
  cashFen: Fen;
  /** Coupons, points, wallet or promotions are held for it, to be captured when paid and released when closed. */
  hasHolds: boolean;
  refundedFen: Fen;
  collectMode: 'STORE' | 'BRAND' | null;
  address: OrderAddress | null;
  shipping: { company: string; trackingNo: string } | null;
  pickupCode: string | null;
  /** Null for an order that is paid at once. */
  presale: OrderPresale | null;
  depositPaidAt: Date | null;
  delivery: OrderDelivery | null;
  steps: PriceStepRow[];
  remark: string;
  sendId: Id<'send'> | null;
  createdAt: Date;
  dueAt: Date | null;
  paidAt: Date | null;
  shippedAt: Date | null;
  receivedAt: Date | null;
  finishedAt: Date | null;
  closedAt: Date | null;
  closeReason: string | null;
  lines: OrderLineRow[];
}

/** What a promotion gave on top costs nothing; an order of a till may hold such lines for other reasons. */
export const isGift = (
  { channel }: Pick<Order, 'channel'>,
  { unitPriceFen }: Pick<OrderLineRow, 'unitPriceFen'>,
): boolean => channel === 'MINIAPP' && unitPriceFen === 0;

/** The goods in a few words. */
export function goodsWords({ lines }: Pick<Order, 'lines'>): string {
  const pieces = lines.reduce((sum, line) => sum + line.qty, 0);
  const name = lines[0]?.name ?? '商品';
  return pieces > 1 ? `${name} 等 ${pieces} 件` : name;
}

/** The freight that was paid in cash: what the wallet paid beyond the lines' shares, it paid for the freight. */
export const cashFreightFen = (order: Pick<Order, 'freightFen' | 'walletFen' | 'lines'>): Fen =>
  subFen(order.freightFen, subFen(order.walletFen, sumFen(order.lines.map((line) => line.walletFen))));

/** Which payment an unpaid order waits for. */
export function duePayment(order: Pick<Order, 'presale' | 'depositPaidAt'>): 'FULL' | 'DEPOSIT' | 'TAIL' {
  if (!order.presale) return 'FULL';
  return order.depositPaidAt === null ? 'DEPOSIT' : 'TAIL';
}
