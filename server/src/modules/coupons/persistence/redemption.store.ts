import {
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId, CouponTerms, TemplateId } from '../domain/types.js';
import { parsed } from './rows.js';

export type RedemptionState = 'DONE' | 'REVERSED' | 'COMPENSATED' | 'STORE_BEARS';
export type RedeemChannel = 'GUIDE' | 'POS' | 'PIN' | 'OFFLINE';
export interface RedeemedItem {
  skuCode: string;
  qty: number;
  unitPriceFen: number;
}
export interface Redemption {
  id: Id<'redemption'>;
  receiptNo: string;
  clientKey: string;
  couponId: CouponId;
  templateId: TemplateId;
  version: number;
  name: string;
  terms: CouponTerms;
  memberId: MemberId | null;
  storeId: StoreId;
  guideId: GuideId | null;
  channel: RedeemChannel;
  amountFen: Fen;
  discountFen: Fen;
  items: RedeemedItem[] | null;
  state: RedemptionState;
  redeemedAt: Date;
  createdAt: Date;
  reversedAt: Date | null;
  reverseReason: string | null;
}
export interface RedemptionFilter {
  storeIds: readonly StoreId[] | null;
  guideId: GuideId | null;
  from: Date | null;
  to: Date | null;
  before: string | null;
  limit: number;
}
type Raw = Record<string, unknown>;

const SELECT = `SELECT r.*, v.name, v.terms FROM coupon_redemption r
  JOIN coupon_version v ON v.brand_id = r.brand_id AND v.template_id = r.template_id AND v.version = r.version`;

const redemptionOf = (row: Raw): Redemption => ({
  id: row['id'] as Redemption['id'],
  receiptNo: row['receipt_no'] as string,
  clientKey: row['client_key'] as string,
  couponId: row['coupon_id'] as CouponId,
  templateId: row['template_id'] as TemplateId,
  version: row['version'] as number,
  name: row['name'] as string,
  terms: parsed(row['terms']),
  memberId: row['member_id'] as MemberId | null,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId | null,
  channel: row['channel'] as RedeemChannel,
  amountFen: parseFen(row['amount_fen']),
  discountFen: parseFen(row['discount_fen']),
  items: row['items'] === null ? null : parsed(row['items']),
  state: row['state'] as RedemptionState,
  redeemedAt: row['redeemed_at'] as Date,
  createdAt: row['created_at'] as Date,
  reversedAt: row['reversed_at'] as Date | null,
  reverseReason: row['reverse_reason'] as string | null,
});

/** All SQL of coupons taken in at counters, and of the goods and people that a counter asks about. */
export class RedemptionStore {
  async insert(
    tx: Tx,
    brandId: BrandId,
    made: Omit<Redemption, 'name' | 'terms' | 'createdAt' | 'reversedAt' | 'reverseReason'>,
  ) {
    await tx.execute(
      `INSERT INTO coupon_redemption (brand_id, id, receipt_no, client_key, coupon_id, template_id, version, member_id, store_id, guide_id, channel, amount_fen, discount_fen, items, state, redeemed_at, created_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        brandId,
        made.id,
        made.receiptNo,
        made.clientKey,
        made.couponId,
        made.templateId,
        made.version,
        made.memberId,
        made.storeId,
        made.guideId,
        made.channel,
        made.amountFen,
        made.discountFen,
        made.items ? JSON.stringify(made.items) : null,
        made.state,
        made.redeemedAt,
        tx.now,
      ],
    );
  }

  async byKey(on: Queryable, brandId: BrandId, clientKey: string): Promise<Redemption | null> {
    const [row] = await on.query<Raw>(`${SELECT} WHERE r.brand_id = ? AND r.client_key = ?`, [brandId, clientKey]);
    return row ? redemptionOf(row) : null;
  }

  async find(on: Queryable, brandId: BrandId, id: string): Promise<Redemption | null> {
    const [row] = await on.query<Raw>(`${SELECT} WHERE r.brand_id = ? AND r.id = ?`, [brandId, id]);
    return row ? redemptionOf(row) : null;
  }

  /** Holds a redemption still until the end of the transaction. */
  async lock(tx: Tx, brandId: BrandId, name: { id: Id } | { clientKey: string }): Promise<Redemption | null> {
    const [column, value] = 'id' in name ? ['id', name.id] : ['client_key', name.clientKey];
    const [row] = await tx.query<{ id: Id }>(
      `SELECT id FROM coupon_redemption WHERE brand_id = ? AND ${column} = ? FOR UPDATE`,
      [brandId, value],
    );
    return row ? this.find(tx, brandId, row.id) : null;
  }

  async list(on: Queryable, brandId: BrandId, filter: RedemptionFilter): Promise<Redemption[]> {
    const { storeIds, guideId, from, to, before } = filter;
    const where = [
      storeIds ? `AND r.store_id IN ${marks(storeIds)}` : '',
      guideId ? 'AND r.guide_id = ?' : '',
      from ? 'AND r.redeemed_at >= ?' : '',
      to ? 'AND r.redeemed_at < ?' : '',
      before ? 'AND r.id < ?' : '',
    ];
    const rows = await on.query<Raw>(`${SELECT} WHERE r.brand_id = ? ${where.join(' ')} ORDER BY r.id DESC LIMIT ?`, [
      brandId,
      ...(storeIds ?? []),
      ...(guideId ? [guideId] : []),
      ...(from ? [from] : []),
      ...(to ? [to] : []),
      ...(before ? [before] : []),
      filter.limit + 1,
    ]);
    return rows.map(redemptionOf);
  }

  async reverse(tx: Tx, brandId: BrandId, id: string, by: string, reason: string): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE coupon_redemption SET state = 'REVERSED', reversed_at = ?, reversed_by = ?, reverse_reason = ? WHERE brand_id = ? AND id = ? AND state <> 'REVERSED'",
      [tx.now, by, reason, brandId, id],
    );
    return written.affectedRows === 1;
  }

  /**
   * Whether a store has taken a coupon in already, used or compensated. The coupon stays locked, so that two of the store's
   * devices never find both that it has not.
   */
  async hasTaken(tx: Tx, brandId: BrandId, couponId: CouponId, storeId: StoreId): Promise<boolean> {
    await tx.query('SELECT id FROM coupon WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, couponId]);
    const found = await tx.query(
      "SELECT id FROM coupon_redemption WHERE brand_id = ? AND coupon_id = ? AND store_id = ? AND state <> 'REVERSED' LIMIT 1",
      [brandId, couponId, storeId],
    );
    return found.length > 0;
  }

  /** Which product and category each SKU code is. */
  async goods(on: Queryable, brandId: BrandId, codes: readonly string[]) {
    const rows = await on.query<{ code: string; product_id: string; category_id: string }>(
      `SELECT s.code, s.product_id, p.category_id FROM sku s JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE s.brand_id = ? AND s.code IN ${marks(codes)}`,
      [brandId, ...codes],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }

  /** How a member is named at a counter. */
  async memberText(on: Queryable, brandId: BrandId, memberId: MemberId | null): Promise<string> {
    if (!memberId) return '未绑定会员';
    const [row] = await on.query<{ nickname: string; phone_masked: string | null }>(
      'SELECT nickname, phone_masked FROM member WHERE brand_id = ? AND id = ?',
      [brandId, memberId],
    );
    return row ? [row.nickname, row.phone_masked].filter(Boolean).join(' · ') : '未绑定会员';
  }
}
