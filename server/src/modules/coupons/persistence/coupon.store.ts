import type { BrandId, Fen, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CouponId, CouponSource, CouponState, TemplateId } from '../domain/types.js';
import { COUPON, type CouponRow, couponOf, type RawCoupon } from './rows.js';

export interface NewCoupon {
  brandId: BrandId;
  id: CouponId;
  templateId: TemplateId;
  version: number;
  memberId: MemberId | null;
  code: string;
  state: 'ISSUED' | 'AVAILABLE';
  source: CouponSource;
  sourceId: string;
  guideId: GuideId | null;
  storeId: StoreId | null;
  worstFen: Fen;
  validFrom: Date;
  validUntil: Date;
}
export interface CouponUse {
  couponId: CouponId;
  fen: Fen;
}

/** All SQL of coupons. Every change of state names the states it may start from. */
export class CouponStore {
  async held(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date): Promise<CouponRow[]> {
    const rows = await on.query<RawCoupon>(
      `${COUPON} WHERE c.brand_id = ? AND c.member_id = ? AND c.state IN ('AVAILABLE','LOCKED','GIVING') AND c.valid_until > ?
       ORDER BY c.valid_until, c.id LIMIT 200`,
      [brandId, memberId, at],
    );
    return rows.map(couponOf);
  }

  async find(on: Queryable, brandId: BrandId, id: CouponId): Promise<CouponRow | null> {
    const [row] = await on.query<RawCoupon>(`${COUPON} WHERE c.brand_id = ? AND c.id = ?`, [brandId, id]);
    return row ? couponOf(row) : null;
  }

  async byCode(on: Queryable, brandId: BrandId, code: string): Promise<CouponRow | null> {
    const [row] = await on.query<RawCoupon>(`${COUPON} WHERE c.brand_id = ? AND c.code = ?`, [brandId, code]);
    return row ? couponOf(row) : null;
  }

  async byIds(on: Queryable, brandId: BrandId, ids: readonly CouponId[]): Promise<CouponRow[]> {
    const rows = await on.query<RawCoupon>(`${COUPON} WHERE c.brand_id = ? AND c.id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
    return rows.map(couponOf);
  }

  /** Coupons of an order in a state, locked in id order. */
  async ofOrder(tx: Tx, brandId: BrandId, orderId: Id, state: CouponState): Promise<CouponRow[]> {
    const rows = await tx.query<RawCoupon>(
      `${COUPON} WHERE c.brand_id = ? AND c.order_id = ? AND c.state = ? ORDER BY c.id FOR UPDATE`,
      [brandId, orderId, state],
    );
    return rows.map(couponOf);
  }

  /** What an order holds or has used, for reading. */
  async inOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<CouponRow[]> {
    const rows = await on.query<RawCoupon>(
      `${COUPON} WHERE c.brand_id = ? AND c.order_id = ? AND c.state IN ('LOCKED','USED') ORDER BY c.id`,
      [brandId, orderId],
    );
    return rows.map(couponOf);
  }

  /** Which of some codes are coupons of the brand already. */
  async knownCodes(on: Queryable, brandId: BrandId, codes: readonly string[]): Promise<Set<string>> {
    const rows = await on.query<{ code: string }>(
      `SELECT code FROM coupon WHERE brand_id = ? AND code IN ${marks(codes)}`,
      [brandId, ...codes],
    );
    return new Set(rows.map((row) => row.code));
  }

  /** How many coupons of a template were used; of some of them when ids are given. */
  async usedCount(on: Queryable, brandId: BrandId, templateId: TemplateId, ids: readonly CouponId[] | null) {
    const [row] = await on.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM coupon WHERE brand_id = ? AND template_id = ? AND state = 'USED' ${ids ? `AND id IN ${marks(ids)}` : ''}`,
      [brandId, templateId, ...(ids ?? [])],
    );
    return Number(row?.n ?? 0);
  }

  async bySource(on: Queryable, brandId: BrandId, templateId: TemplateId, source: CouponSource, sourceId: string) {
    const [row] = await on.query<{ id: CouponId }>(
      'SELECT id FROM coupon WHERE brand_id = ? AND template_id = ? AND source = ? AND source_id = ?',
      [brandId, templateId, source, sourceId],
    );
    return row?.id ?? null;
  }

  async insert(tx: Tx, coupons: readonly NewCoupon[]): Promise<void> {
    if (coupons.length === 0) return;
    await tx.execute(
      `INSERT INTO coupon (brand_id, id, template_id, version, member_id, code, state, source, source_id, guide_id, store_id, worst_fen, valid_from, valid_until, issued_at)
       VALUES ${coupons.map(() => '(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)').join(',')}`,
      coupons.flatMap((one): SqlValue[] => [
        one.brandId,
        one.id,
        one.templateId,
        one.version,
        one.memberId,
        one.code,
        one.state,
        one.source,
        one.sourceId,
        one.guideId,
        one.storeId,
        one.worstFen,
        one.validFrom,
        one.validUntil,
        tx.now,
      ]),
    );
  }

  /** Puts coupons into an order; returns how many really were free, the member's own and worth at least that much. */
  async lock(
    tx: Tx,
    wish: { brandId: BrandId; memberId: MemberId; orderId: Id; until: Date; uses: readonly CouponUse[] },
  ) {
    const worth = `CASE id ${wish.uses.map(() => 'WHEN ? THEN ?').join(' ')} END`;
    const amounts = wish.uses.flatMap((use): SqlValue[] => [use.couponId, use.fen]);
    const ids = wish.uses.map((use) => use.couponId);
    const written = await tx.execute(
      `UPDATE coupon SET state = 'LOCKED', order_id = ?, locked_until = ?, use_fen = ${worth}
       WHERE brand_id = ? AND id IN ${marks(ids)} AND member_id = ? AND state = 'AVAILABLE' AND valid_from <= ? AND valid_until > ? AND worst_fen >= ${worth}`,
      [wish.orderId, wish.until, ...amounts, wish.brandId, ...ids, wish.memberId, tx.now, tx.now, ...amounts],
    );
    return written.affectedRows;
  }

  async useLocked(tx: Tx, brandId: BrandId, orderId: Id, storeId: StoreId | null, mayReturn: readonly CouponId[]) {
    await tx.execute(
      `UPDATE coupon SET state = 'USED', used_at = ?, use_store_id = ?, locked_until = NULL, kept_fen = IF(id IN ${marks(mayReturn)}, worst_fen - use_fen, 0)
       WHERE brand_id = ? AND order_id = ? AND state = 'LOCKED'`,
      [tx.now, storeId, ...mayReturn, brandId, orderId],
    );
  }

  /** Takes one coupon in at a counter; false when somebody else was faster or it has expired. */
  async useAtCounter(
    tx: Tx,
    use: { brandId: BrandId; id: CouponId; redemptionId: Id; storeId: StoreId; fen: Fen; at: Date },
  ): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET state = 'USED', redemption_id = ?, use_fen = ?, kept_fen = worst_fen - ?, use_store_id = ?, used_at = ?
       WHERE brand_id = ? AND id = ? AND state = 'AVAILABLE' AND valid_from <= ? AND valid_until > ? AND worst_fen >= ?`,
      [use.redemptionId, use.fen, use.fen, use.storeId, use.at, use.brandId, use.id, use.at, use.at, use.fen],
    );
    return written.affectedRows === 1;
  }

  /** Frees a coupon that its holder gets back. */
  async free(tx: Tx, brandId: BrandId, id: CouponId, from: CouponState, validUntil: Date): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET state = 'AVAILABLE', order_id = NULL, redemption_id = NULL, locked_until = NULL, use_fen = NULL, kept_fen = 0, use_store_id = NULL, used_at = NULL, valid_until = ?
       WHERE brand_id = ? AND id = ? AND state = ?`,
      [validUntil, brandId, id, from],
    );
    return written.affectedRows === 1;
  }

  async setState(tx: Tx, brandId: BrandId, ids: readonly CouponId[], from: readonly CouponState[], to: CouponState) {
    const written = await tx.execute(
      `UPDATE coupon SET state = ? WHERE brand_id = ? AND id IN ${marks(ids)} AND state IN ${marks(from)}`,
      [to, brandId, ...ids, ...from],
    );
    return written.affectedRows;
  }

  /** A code becomes somebody's coupon; false when somebody else was faster. */
  async claim(tx: Tx, brandId: BrandId, id: CouponId, memberId: MemberId, from: Date, until: Date): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE coupon SET state = 'AVAILABLE', member_id = ?, valid_from = ?, valid_until = ? WHERE brand_id = ? AND id = ? AND state = 'ISSUED'",
      [memberId, from, until, brandId, id],
    );
    return written.affectedRows === 1;
  }

  /** Puts a coupon on its way to a friend; false unless it is still the giver's own, free, good and was never given on. */
  async wrap(tx: Tx, brandId: BrandId, id: CouponId, giverId: MemberId): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET state = 'GIVING' WHERE brand_id = ? AND id = ? AND member_id = ? AND state = 'AVAILABLE' AND gift_count = 0 AND valid_until > ?`,
      [brandId, id, giverId, tx.now],
    );
    return written.affectedRows === 1;
  }

  /** A gift arrives: the coupon changes hands and may not be given on. */
  async hand(tx: Tx, brandId: BrandId, id: CouponId, to: MemberId): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET state = 'AVAILABLE', member_id = ?, gift_count = gift_count + 1 WHERE brand_id = ? AND id = ? AND state = 'GIVING' AND valid_until > ?`,
      [to, brandId, id, tx.now],
    );
    return written.affectedRows === 1;
  }

  async wantRevoked(tx: Tx, brandId: BrandId, ids: readonly CouponId[], reason: string): Promise<void> {
    await tx.execute(`UPDATE coupon SET revoke_reason = ? WHERE brand_id = ? AND id IN ${marks(ids)}`, [
      reason,
      brandId,
      ...ids,
    ]);
  }

  /** Coupons of a template in some states, locked in id order; bounded, so that a transaction stays small. */
  async lockOfTemplate(
    tx: Tx,
    brandId: BrandId,
    templateId: TemplateId,
    states: readonly CouponState[],
    ids: readonly CouponId[] | null,
    limit: number,
  ): Promise<{ id: CouponId; state: CouponState; worst_fen: string }[]> {
    return tx.query(
      `SELECT id, state, worst_fen FROM coupon WHERE brand_id = ? AND template_id = ? AND state IN ${marks(states)} AND revoke_reason IS NULL
       ${ids ? `AND id IN ${marks(ids)}` : ''} ORDER BY id LIMIT ? FOR UPDATE`,
      [brandId, templateId, ...states, ...(ids ?? []), limit],
    );
  }

  async shown(tx: Tx, brandId: BrandId, id: CouponId, memberId: MemberId, tokenUntil: Date): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE coupon SET token_until = ? WHERE brand_id = ? AND id = ? AND member_id = ? AND state = 'AVAILABLE' AND valid_until > ?`,
      [tokenUntil, brandId, id, memberId, tx.now],
    );
    return written.affectedRows === 1;
  }
}
