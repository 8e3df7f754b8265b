import type { BrandId, Fen, GuideId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { BulkRow } from '../../../platform/database/bulk-writer.js';

/** An offline order as every way in writes it: finished, paid elsewhere, nothing to deliver. */
export interface OfflineOrder {
  id: OrderId;
  kind: 'SALE' | 'RETURN';
  externalNo: string;
  memberId: MemberId | null;
  storeId: StoreId;
  guideId: GuideId | null;
  /** What the buyer owed after coupons and points. */
  totalFen: Fen;
  soldAt: Date;
  /** It came with a file of old purchases, not from a till. */
  isImported?: boolean;
  /** The sale that a return brings goods back of, when the point of sale has named it. */
  ofOrderId?: OrderId;
  /** What paid for part of it at a till of ours. */
  paid?: { couponFen: Fen; pointsFen: Fen; pointsUsed: number; walletFen: Fen };
}
export interface OfflineLine {
  id: string;
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
  /** Its share of the total, when a coupon or points paid part of it. */
  payableFen?: Fen;
  /** Its share of what the wallet paid. */
  walletFen?: Fen;
}

export const ORDER_COLUMNS = [
  ...[
    'brand_id',
    'id',
    'order_no',
    'channel',
    'kind',
    'external_no',
    'member_id',
    'store_id',
    'guide_id',
    'state',
    'fulfil',
  ],
  ...[
    'goods_fen',
    'freight_fen',
    'total_fen',
    'refunded_fen',
    'remark',
    'created_at',
    'paid_at',
    'received_at',
    'finished_at',
  ],
  ...['coupon_fen', 'points_fen', 'points_used', 'wallet_fen', 'cash_fen', 'of_order_id', 'is_imported'],
];
export const orderRow = (brandId: BrandId, order: OfflineOrder): BulkRow => [
  ...[
    brandId,
    order.id,
    `P${order.id}`,
    'POS',
    order.kind,
    order.externalNo,
    order.memberId,
    order.storeId,
    order.guideId,
  ],
  ...[
    'FINISHED',
    'PICKUP',
    order.totalFen + (order.paid?.couponFen ?? 0) + (order.paid?.pointsFen ?? 0),
    0,
    order.totalFen,
    0,
    '',
    order.soldAt,
    order.soldAt,
    order.soldAt,
    order.soldAt,
  ],
  ...[order.paid?.couponFen ?? 0, order.paid?.pointsFen ?? 0, order.paid?.pointsUsed ?? 0],
  ...[order.paid?.walletFen ?? 0, order.paid ? order.totalFen - order.paid.walletFen : 0, order.ofOrderId ?? null],
  order.isImported === true,
];

export const LINE_COLUMNS = [
  ...['brand_id', 'order_id', 'id', 'sku_id', 'product_id', 'category_id', 'code', 'name', 'spec', 'image_url', 'qty'],
  ...['unit_price_fen', 'amount_fen', 'payable_fen', 'refunded_qty', 'refunded_fen', 'wallet_fen'],
];
export const lineRow = (brandId: BrandId, orderId: OrderId, line: OfflineLine): BulkRow => [
  ...[
    brandId,
    orderId,
    line.id,
    line.skuId,
    line.productId,
    line.categoryId,
    line.code,
    line.name,
    line.spec,
    line.imageUrl,
  ],
  ...[line.qty, line.unitPriceFen, line.amountFen, line.payableFen ?? line.amountFen, 0, 0, line.walletFen ?? 0],
];
