import type { AfterSaleState } from '@shuke/shared/contracts';
import { type BrandId, type Id, parseFen } from '@shuke/shared/kernel';
import type { AfterSaleCase, CaseId, CaseLine } from '../domain/after-sale-case.js';

type Row = Record<string, unknown>;

export interface CaseMessage {
  id: Id<'message'>;
  party: 'CONSUMER' | 'MERCHANT' | 'SYSTEM';
  byLabel: string;
  byName: string;
  text: string;
  pictures: string[];
  at: Date;
}

/** A JSON column, which the database hands over as text. */
export const fromJson = <T>(value: unknown): T =>
  (typeof value === 'string' ? JSON.parse(value) : (value ?? null)) as T;

/** A row of `after_sale_line`. */
export const toLine = (row: Row): CaseLine => ({
  lineId: row['line_id'] as CaseLine['lineId'],
  skuId: row['sku_id'] as CaseLine['skuId'],
  name: String(row['name']),
  spec: String(row['spec']),
  imageUrl: row['image_url'] as string | null,
  qty: Number(row['qty']),
  refundFen: parseFen(row['refund_fen']),
  isGift: Number(row['is_gift']) === 1,
});

/** A row of `after_sale_case` with its lines. */
export const toCase = (row: Row, lines: CaseLine[]): AfterSaleCase => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as CaseId,
  caseNo: String(row['case_no']),
  orderId: row['order_id'] as AfterSaleCase['orderId'],
  orderNo: String(row['order_no']),
  storeId: row['store_id'] as AfterSaleCase['storeId'],
  memberId: row['member_id'] as AfterSaleCase['memberId'],
  guideId: row['guide_id'] as AfterSaleCase['guideId'],
  kind: row['kind'] as AfterSaleCase['kind'],
  state: row['state'] as AfterSaleState,
  reason: row['reason'] as AfterSaleCase['reason'],
  text: String(row['text']),
  pictures: fromJson<string[]>(row['pictures']),
  isMerchantFault: Number(row['is_merchant_fault']) === 1,
  hadLeft: Number(row['had_left']) === 1,
  returnWay: row['return_way'] as AfterSaleCase['returnWay'],
  returnStoreId: row['return_store_id'] as AfterSaleCase['returnStoreId'],
  returnCode: row['return_code'] as string | null,
  receivedStoreId: row['received_store_id'] as AfterSaleCase['receivedStoreId'],
  exchangeSkuId: row['exchange_sku_id'] as AfterSaleCase['exchangeSkuId'],
  exchangeSpec: row['exchange_spec'] as string | null,
  sentBack: fromJson<AfterSaleCase['sentBack']>(row['sent_back']),
  resent: fromJson<AfterSaleCase['resent']>(row['resent']),
  refusal: row['refusal'] as string | null,
  sources: fromJson<AfterSaleCase['sources']>(row['sources']),
  consequences: fromJson<AfterSaleCase['consequences']>(row['consequences']),
  refundFen: parseFen(row['refund_fen']),
  refundId: row['refund_id'] as AfterSaleCase['refundId'],
  createdAt: row['created_at'] as Date,
  dueAt: row['due_at'] as Date | null,
  pausedMs: row['paused_ms'] === null ? null : Number(row['paused_ms']),
  receivedAt: row['received_at'] as Date | null,
  finishedAt: row['finished_at'] as Date | null,
  keptPresents: fromJson<AfterSaleCase['keptPresents'] | null>(row['kept_presents']) ?? [],
  lines,
});

/** A row of `after_sale_message`. */
export const toMessage = (row: Row): CaseMessage => ({
  id: row['id'] as CaseMessage['id'],
  party: row['party'] as CaseMessage['party'],
  byLabel: String(row['by_label']),
  byName: String(row['by_name']),
  text: String(row['text']),
  pictures: fromJson<string[]>(row['pictures']),
  at: row['at'] as Date,
});
