import type { BrandId, Fen, GuideId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { OrderState } from './order-state.js';

export type Fulfil = 'SHIP' | 'PICKUP';

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
  payableFen: Fen;
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
  memberId: MemberId | null;
  storeId: StoreId;
  guideId: GuideId | null;
  attribution: Attribution | null;
  state: OrderState;
  fulfil: Fulfil;
  goodsFen: Fen;
  freightFen: Fen;
  totalFen: Fen;
  refundedFen: Fen;
  collectMode: 'STORE' | 'BRAND' | null;
  address: OrderAddress | null;
  shipping: { company: string; trackingNo: string } | null;
  pickupCode: string | null;
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
