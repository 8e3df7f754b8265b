import { type BrandId, type Fen, type GuideId, type MemberId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { CouponState, TemplateId } from '../domain/types.js';
import { COUPON, type CouponRow, couponOf, type RawCoupon } from './rows.js';

export interface HoldingPage {
  tab: 'USABLE' | 'USED' | 'GONE';
  before: string | null;
  limit: number;
}
export interface DeskFilter {
  templateId: string | null;
  memberId: string | null;
  storeIds: readonly StoreId[] | null;
  state: CouponState | null;
  code: string | null;
  before: string | null;
  limit: number;
}

/** How many of a template's coupons some stores gave out and took in. */
export interface StoreCounts {
  issued: number;
  /** Of those given out, how many were used, wherever. */
  issuedUsed: number;
  used: number;
  spentFen: Fen;
  committedFen: Fen;
}

const TAB: Record<HoldingPage['tab'], string> = {
  USABLE: "c.state IN ('AVAILABLE','LOCKED','GIVING') AND (c.valid_until > ? OR c.state = 'LOCKED')",
  USED: "c.state = 'USED' AND ? IS NOT NULL",
  GONE: "(c.state IN ('EXPIRED','REVOKED') OR (c.state IN ('AVAILABLE','GIVING') AND c.valid_until <= ?))",
};

/** Lists of coupons, for their holders and for desks. */
export class HoldingStore {
  async page(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date, page: HoldingPage): Promise<CouponRow[]> {
    const rows = await on.query<RawCoupon>(
      `${COUPON} WHERE c.brand_id = ? AND c.member_id = ? AND ${TAB[page.tab]} ${page.before ? 'AND c.id < ?' : ''} ORDER BY c.id DESC LIMIT ?`,
      [brandId, memberId, at, ...(page.before ? [page.before] : []), page.limit + 1],
    );
    return rows.map(couponOf);
  }

  async counts(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date, soon: Date) {
    const [row] = await on.query<{ usable: string | null; soon: string | null; giving: string | null }>(
      `SELECT SUM(state IN ('AVAILABLE','LOCKED')) AS usable, SUM(state = 'AVAILABLE' AND valid_until <= ?) AS soon, SUM(state = 'GIVING') AS giving
       FROM coupon WHERE brand_id = ? AND member_id = ? AND state IN ('AVAILABLE','LOCKED','GIVING') AND valid_until > ?`,
      [soon, brandId, memberId, at],
    );
    return { usable: Number(row?.usable ?? 0), expiringSoon: Number(row?.soon ?? 0), giving: Number(row?.giving ?? 0) };
  }

  /** Coupons for a desk; with stores, only those that were given or used there. */
  async deskPage(on: Queryable, brandId: BrandId, filter: DeskFilter) {
    const { templateId, memberId, storeIds, state, code, before } = filter;
    const where = [
      templateId ? 'AND c.template_id = ?' : '',
      memberId ? 'AND c.member_id = ?' : '',
      storeIds ? `AND (c.use_store_id IN ${marks(storeIds)} OR c.store_id IN ${marks(storeIds)})` : '',
      state ? 'AND c.state = ?' : '',
      code ? 'AND c.code = ?' : '',
      before ? 'AND c.id < ?' : '',
    ];
    const rows = await on.query<RawCoupon & { nickname: string | null }>(
      `${COUPON.replace('SELECT c.*,', 'SELECT c.*, m.nickname,')} LEFT JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id
       WHERE c.brand_id = ? ${where.join(' ')} ORDER BY c.id DESC LIMIT ?`,
      [
        brandId,
        ...(templateId ? [templateId] : []),
        ...(memberId ? [memberId] : []),
        ...(storeIds ? [...storeIds, ...storeIds] : []),
        ...(state ? [state] : []),
        ...(code ? [code] : []),
        ...(before ? [before] : []),
        filter.limit + 1,
      ],
    );
    return rows.map((row) => ({ ...couponOf(row), memberName: row.nickname }));
  }

  /** What some stores gave out and took in of templates: brand-wide counters are none of a franchisee's business. */
  async countsOf(
    on: Queryable,
    brandId: BrandId,
    templateIds: readonly TemplateId[],
    storeIds: readonly StoreId[],
  ): Promise<Map<TemplateId, StoreCounts>> {
    if (templateIds.length === 0 || storeIds.length === 0) return new Map();
    const stores = marks(storeIds);
    const rows = await on.query<{ template_id: TemplateId } & Record<keyof StoreCounts, string | null>>(
      `SELECT template_id, SUM(store_id IN ${stores}) AS issued, SUM(store_id IN ${stores} AND state = 'USED') AS issuedUsed, SUM(state = 'USED' AND use_store_id IN ${stores}) AS used,
         SUM(IF(state = 'USED' AND use_store_id IN ${stores}, use_fen, 0)) AS spentFen,
         SUM(IF(store_id IN ${stores} AND state IN ('ISSUED','AVAILABLE','LOCKED','GIVING'), worst_fen, 0)) AS committedFen
       FROM coupon WHERE brand_id = ? AND template_id IN ${marks(templateIds)} AND (store_id IN ${stores} OR use_store_id IN ${stores}) GROUP BY template_id`,
      [
        ...[...storeIds, ...storeIds, ...storeIds, ...storeIds, ...storeIds],
        brandId,
        ...templateIds,
        ...storeIds,
        ...storeIds,
      ],
    );
    return new Map(
      rows.map((row) => [
        row.template_id,
        {
          issued: Number(row.issued),
          issuedUsed: Number(row.issuedUsed),
          used: Number(row.used),
          spentFen: parseFen(row.spentFen ?? '0'),
          committedFen: parseFen(row.committedFen ?? '0'),
        },
      ]),
    );
  }

  async figures(on: Queryable, brandId: BrandId, id: TemplateId, storeIds: readonly StoreId[] | null) {
    const own = storeIds ? `AND (use_store_id IN ${marks(storeIds)} OR store_id IN ${marks(storeIds)})` : '';
    const given = storeIds ? `SUM(COALESCE(store_id IN ${marks(storeIds)}, 0))` : 'COUNT(*)';
    const isUsed = storeIds ? `state = 'USED' AND use_store_id IN ${marks(storeIds)}` : "state = 'USED'";
    const values = [...(storeIds ? [...storeIds, ...storeIds, ...storeIds] : []), brandId, id];
    if (storeIds) values.push(...storeIds, ...storeIds);
    const of = <Row>(columns: string, more: string) =>
      on.query<Row>(
        `SELECT ${columns}, ${given} AS issued, SUM(${isUsed}) AS used, SUM(IF(${isUsed}, use_fen, 0)) AS fen
         FROM coupon WHERE brand_id = ? AND template_id = ? ${own} ${more} GROUP BY ${columns} ORDER BY used DESC LIMIT 50`,
        values,
      );
    type Counted = { issued: string; used: string; fen: string };
    const [bySource, byStore, byGuide, byVersion] = await Promise.all([
      of<Counted & { source: string }>('source', ''),
      of<Counted & { use_store_id: StoreId }>('use_store_id', 'AND use_store_id IS NOT NULL'),
      of<Counted & { guide_id: GuideId }>('guide_id', 'AND guide_id IS NOT NULL'),
      of<Counted & { version: number }>('version', ''),
    ]);
    return { bySource, byStore, byGuide, byVersion };
  }

  async versions(on: Queryable, brandId: BrandId, id: TemplateId) {
    return on.query<{ version: number; made_by: string; created_at: Date }>(
      'SELECT version, made_by, created_at FROM coupon_version WHERE brand_id = ? AND template_id = ? ORDER BY version DESC LIMIT 50',
      [brandId, id],
    );
  }
}
