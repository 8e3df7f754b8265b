import type {
  AfterSaleKind,
  AfterSaleReason,
  AfterSaleRules,
  AfterSaleState,
  Consequence,
  KeptPresent,
  RefundSources,
} from '@shuke/shared/contracts';
import type { BrandId, Fen, GuideId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';

export type CaseId = Id<'case'>;

export interface CaseLine {
  lineId: Id<'line'>;
  skuId: Id<'sku'> | null;
  name: string;
  spec: string;
  imageUrl: string | null;
  qty: number;
  refundFen: Fen;
  /** A present, which costs nothing and so gives nothing back. */
  isGift: boolean;
}

export interface CaseParcel {
  company: string;
  trackingNo: string;
  at: string;
}

/** An after-sale case of some pieces of an order. */
export interface AfterSaleCase {
  brandId: BrandId;
  id: CaseId;
  caseNo: string;
  orderId: OrderId;
  orderNo: string;
  storeId: StoreId;
  memberId: MemberId;
  guideId: GuideId | null;
  kind: AfterSaleKind;
  state: AfterSaleState;
  reason: AfterSaleReason;
  text: string;
  pictures: string[];
  isMerchantFault: boolean;
  /** The goods had left the store when the consumer asked. */
  hadLeft: boolean;
  returnWay: 'CARRIER' | 'STORE' | null;
  returnStoreId: StoreId | null;
  returnCode: string | null;
  receivedStoreId: StoreId | null;
  exchangeSkuId: Id<'sku'> | null;
  exchangeSpec: string | null;
  sentBack: CaseParcel | null;
  resent: CaseParcel | null;
  refusal: string | null;
  sources: RefundSources;
  consequences: Consequence[];
  refundFen: Fen;
  refundId: Id<'refund'> | null;
  createdAt: Date;
  dueAt: Date | null;
  /** What the store had left to decide when it asked for evidence; null: nothing is asked. Until then `dueAt` is the consumer's. */
  pausedMs: number | null;
  receivedAt: Date | null;
  finishedAt: Date | null;
  lines: CaseLine[];
  /** Presents that stay with the consumer against their price. */
  keptPresents: KeptPresent[];
}

/** What a brand starts with; the consumer-friendly side of every switch. */
export const DEFAULT_RULES: AfterSaleRules = {
  approveUnshippedAtOnce: true,
  approveUnderFen: 0,
  condition: 'KEEP',
  decideHours: 48,
  sendBackHours: 168,
  checkHours: 240,
  confirmResentHours: 168,
  otherStoreReturns: true,
  exchangeAllowed: true,
  couponGraceDays: 7,
};
