import {
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import type { CouponId, CouponSource, CouponState, CouponTerms, TemplateId, TemplateStatus } from '../domain/types.js';

/** JSON comes parsed from MySQL and as text from MariaDB. */
export const parsed = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;

/** A coupon with the version of its template. */
export interface CouponRow {
  brandId: BrandId;
  id: CouponId;
  templateId: TemplateId;
  version: number;
  name: string;
  ruleText: string;
  terms: CouponTerms;
  displayOrder: number;
  memberId: MemberId | null;
  code: string;
  state: CouponState;
  source: CouponSource;
  guideId: GuideId | null;
  storeId: StoreId | null;
  worstFen: Fen;
  validFrom: Date;
  validUntil: Date;
  issuedAt: Date;
  giftCount: number;
  orderId: Id<'order'> | null;
  redemptionId: Id<'redemption'> | null;
  useFen: Fen | null;
  /** Of a used coupon: what stays set aside in the budget, because it may come back at its full worst case. */
  keptFen: Fen;
  useStoreId: StoreId | null;
  usedAt: Date | null;
  revokeReason: string | null;
  tokenUntil: Date | null;
  pinFailures: number;
  pinFailedAt: Date | null;
}

export type RawCoupon = Record<string, unknown> & {
  brand_id: BrandId;
  id: CouponId;
  template_id: TemplateId;
  version: number;
  code: string;
  state: CouponState;
  source: CouponSource;
};

export const COUPON = `SELECT c.*, v.name, v.rule_text, v.terms, t.display_order FROM coupon c
  JOIN coupon_version v ON v.brand_id = c.brand_id AND v.template_id = c.template_id AND v.version = c.version
  JOIN coupon_template t ON t.brand_id = c.brand_id AND t.id = c.template_id`;

export function couponOf(row: RawCoupon): CouponRow {
  return {
    brandId: row.brand_id,
    id: row.id,
    templateId: row.template_id,
    version: row.version,
    name: row['name'] as string,
    ruleText: row['rule_text'] as string,
    terms: parsed<CouponTerms>(row['terms']),
    displayOrder: row['display_order'] as number,
    memberId: row['member_id'] as MemberId | null,
    code: row.code,
    state: row.state,
    source: row.source,
    guideId: row['guide_id'] as GuideId | null,
    storeId: row['store_id'] as StoreId | null,
    worstFen: parseFen(row['worst_fen']),
    validFrom: row['valid_from'] as Date,
    validUntil: row['valid_until'] as Date,
    issuedAt: row['issued_at'] as Date,
    giftCount: row['gift_count'] as number,
    orderId: row['order_id'] as Id<'order'> | null,
    redemptionId: row['redemption_id'] as Id<'redemption'> | null,
    useFen: row['use_fen'] === null ? null : parseFen(row['use_fen']),
    keptFen: parseFen(row['kept_fen']),
    useStoreId: row['use_store_id'] as StoreId | null,
    usedAt: row['used_at'] as Date | null,
    revokeReason: row['revoke_reason'] as string | null,
    tokenUntil: row['token_until'] as Date | null,
    pinFailures: row['pin_failures'] as number,
    pinFailedAt: row['pin_failed_at'] as Date | null,
  };
}

/** Who may take a template and how; the rest of what a desk enters. */
export interface TemplateTake {
  isPublic: boolean;
  forGuides: boolean;
  from: string | null;
  until: string | null;
  perMember: number;
  perDay: number | null;
  levels: number[];
  tagIds: string[];
  newMembersOnly: boolean;
  afterPayFromFen: number | null;
}
export type CouponPurpose = 'FIRST_ORDER' | 'REPEAT' | 'WAKE_UP' | 'BIRTHDAY' | 'CARE' | 'CLEARANCE' | 'TRAFFIC';
export interface TemplateContent {
  name: string;
  purpose: CouponPurpose;
  scenes: string[];
  ruleText: string;
  terms: CouponTerms;
  take: TemplateTake;
  totalCount: number | null;
  budgetFen: number | null;
  guidePerDay: number | null;
  guidePerMonth: number | null;
  displayOrder: number;
}
export interface Template {
  brandId: BrandId;
  id: TemplateId;
  code: string;
  version: number;
  status: TemplateStatus;
  content: TemplateContent;
  totalCount: number | null;
  issuedCount: number;
  reservedCount: number;
  usedCount: number;
  budgetFen: Fen | null;
  committedFen: Fen;
  spentFen: Fen;
  createdAt: Date;
}
export type RawTemplate = Record<string, unknown>;

export function templateOf(row: RawTemplate): Template {
  const whole = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as TemplateId,
    code: row['code'] as string,
    version: row['version'] as number,
    status: row['status'] as TemplateStatus,
    content: parsed<TemplateContent>(row['content']),
    totalCount: whole('total_count'),
    issuedCount: Number(row['issued_count']),
    reservedCount: Number(row['reserved_count']),
    usedCount: Number(row['used_count']),
    budgetFen: row['budget_fen'] === null ? null : parseFen(row['budget_fen']),
    committedFen: parseFen(row['committed_fen']),
    spentFen: parseFen(row['spent_fen']),
    createdAt: row['created_at'] as Date,
  };
}
