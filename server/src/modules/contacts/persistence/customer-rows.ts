import { type Fen, type GuideId, type MemberId, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { OrderState } from '../../orders/index.js';
import type { RelationState } from '../domain/relation.js';
import type { CorpMark, TagWriteState } from '../domain/tag-write.js';

/** Everything about one contact that fits one statement. */
export interface CustomerRow {
  externalUserId: string;
  name: string;
  avatarUrl: string;
  memberId: MemberId | null;
  /** False when the person does not share level, sizes and purchases with the store ("my data", purpose SHARE_STORE). */
  isShared: boolean;
  relation: { guideId: GuideId; state: RelationState; remark: string; addWay: number; addedAt: Date } | null;
  boundGuideId: GuideId | null;
  boundWay: string | null;
  boundAt: Date | null;
  protectedUntil: Date | null;
  /** What the reader's side has marked the contact with in WeCom, or wishes to. */
  corpMarks: CorpMark[];
  member: {
    id: MemberId;
    member_no: string;
    nickname: string;
    avatar_url: string;
    phone_masked: string | null;
    level: number;
    growth: number;
    joined_at: Date;
    origin: string;
    /** 0 when the person has turned personalisation off. */
    is_personalised: number;
  } | null;
  orderCount: number;
  totalFen: Fen;
  medianGapDays: number | null;
  expectedNextAt: Date | null;
}
export interface BoughtRow {
  orderId: string;
  orderNo: string;
  channel: 'MINIAPP' | 'POS';
  kind: string;
  state: OrderState;
  storeId: StoreId;
  fulfil: 'SHIP' | 'PICKUP';
  totalFen: Fen;
  createdAt: Date;
  paidAt: Date | null;
  dueAt: Date | null;
  lineId: string;
  skuId: string | null;
  productId: string | null;
  categoryName: string | null;
  name: string;
  spec: string;
  size: string | null;
  imageUrl: string | null;
  qty: number;
  refundedQty: number;
  unitPriceFen: Fen;
  payableFen: Fen;
  refundedFen: Fen;
}
export interface TaskRow {
  id: string;
  title: string;
  reason: string;
  productId: string | null;
}
export interface ListRow {
  externalUserId: string;
  name: string;
  avatarUrl: string;
  memberId: MemberId | null;
  isShared: boolean;
  level: number | null;
  boundGuideId: GuideId | null;
  lastOrderAt: Date | null;
  totalFen: Fen;
  addedAt: Date;
}

type MarkColumns = [id: string, group: string, name: string];
type WishColumns = [...MarkColumns, state: TagWriteState, isWanted: number, problem: string];

export interface CustomerColumns {
  external_userid: string;
  name: string;
  contact_avatar: string;
  member_id: MemberId | null;
  is_unshared: number;
  guide_id: GuideId | null;
  state: RelationState;
  remark: string;
  add_way: number;
  added_at: Date;
  bound_guide_id: GuideId | null;
  way: string | null;
  bound_at: Date | null;
  protected_until: Date | null;
  /** JSON of [id, group, name] for each guide's mark; text on MariaDB. */
  corp_tags: string | MarkColumns[] | null;
  /** JSON of [id, group, name, state, wanted, problem] for each guide's wish. */
  tag_writes: string | WishColumns[] | null;
  id: MemberId | null;
  member_no: string;
  nickname: string;
  avatar_url: string;
  phone_masked: string | null;
  level: number;
  growth: number;
  joined_at: Date;
  origin: string;
  is_personalised: number;
  median_gap_days: number | null;
  expected_next_at: Date | null;
  order_count: string;
  total_fen: string | null;
}
export interface BoughtColumns {
  id: string;
  order_no: string;
  channel: 'MINIAPP' | 'POS';
  kind: string;
  state: OrderState;
  store_id: StoreId;
  fulfil: 'SHIP' | 'PICKUP';
  total_fen: string;
  created_at: Date;
  paid_at: Date | null;
  due_at: Date | null;
  line_id: string;
  sku_id: string | null;
  product_id: string | null;
  category_name: string | null;
  name: string;
  spec: string;
  size: string | null;
  image_url: string | null;
  qty: number;
  refunded_qty: number;
  unit_price_fen: string;
  payable_fen: string;
  line_refunded_fen: string;
}
export interface ListColumns {
  external_userid: string;
  name: string;
  avatar_url: string;
  member_id: MemberId | null;
  is_unshared: number;
  level: number | null;
  bound_guide_id: GuideId | null;
  last_at: Date | null;
  total_fen: string | null;
  added_at: Date;
}

export function customerOf(row: CustomerColumns): CustomerRow {
  const { id, guide_id: guideId } = row;
  return {
    externalUserId: row.external_userid,
    name: row.name,
    avatarUrl: row.contact_avatar,
    memberId: row.member_id,
    isShared: row.is_unshared === 0,
    relation: guideId && {
      guideId,
      state: row.state,
      remark: row.remark,
      addWay: row.add_way,
      addedAt: row.added_at,
    },
    boundGuideId: row.bound_guide_id,
    boundWay: row.way,
    boundAt: row.bound_at,
    protectedUntil: row.protected_until,
    corpMarks: corpMarksOf(row),
    member: id && { ...row, id },
    orderCount: Number(row.order_count),
    totalFen: parseFen(row.total_fen ?? 0),
    medianGapDays: row.median_gap_days,
    expectedNextAt: row.expected_next_at,
  };
}

const listOfJson = <T>(json: string | T[] | null): T[] =>
  typeof json === 'string' ? (JSON.parse(json) as T[]) : (json ?? []);

/** Of the wishes of several guides the one that is least done is shown. */
const LEAST_DONE: readonly TagWriteState[] = ['SENDING', 'WAITING', 'FAILED', 'DONE'];

/** A tag that two guides have marked is one tag. */
function corpMarksOf(row: CustomerColumns): CorpMark[] {
  const byId = new Map<string, CorpMark>();
  for (const [id, groupName, name] of listOfJson(row.corp_tags))
    byId.set(id, { id, groupName, name, isMarked: true, wish: null });
  for (const [id, groupName, name, state, isWanted, problem] of listOfJson(row.tag_writes)) {
    const mark = byId.get(id) ?? { id, groupName, name, isMarked: false, wish: null };
    const isLess = !mark.wish || LEAST_DONE.indexOf(state) < LEAST_DONE.indexOf(mark.wish.state);
    byId.set(id, isLess ? { ...mark, wish: { state, isWanted: isWanted === 1, problem } } : mark);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const boughtOf = (row: BoughtColumns): BoughtRow => ({
  orderId: row.id,
  orderNo: row.order_no,
  channel: row.channel,
  kind: row.kind,
  state: row.state,
  storeId: row.store_id,
  fulfil: row.fulfil,
  totalFen: parseFen(row.total_fen),
  createdAt: row.created_at,
  paidAt: row.paid_at,
  dueAt: row.due_at,
  lineId: row.line_id,
  skuId: row.sku_id,
  productId: row.product_id,
  categoryName: row.category_name,
  name: row.name,
  spec: row.spec,
  size: row.size ?? sizeOfSpec(row.spec),
  imageUrl: row.image_url,
  qty: row.qty,
  refundedQty: row.refunded_qty,
  unitPriceFen: parseFen(row.unit_price_fen),
  payableFen: parseFen(row.payable_fen),
  refundedFen: parseFen(row.line_refunded_fen),
});

const SIZE = /^(?:\d?X{0,4}[SML]|\d{2,3}|均码)$/i;

/** Lines from a till may name no SKU; their spec ends with the size: 雪松绿 L. */
function sizeOfSpec(spec: string): string | null {
  const last =
    spec
      .trim()
      .split(/[\s/,，·]+/)
      .at(-1) ?? '';
  return SIZE.test(last) ? last.toUpperCase() : null;
}

export const listOf = (row: ListColumns): ListRow => ({
  externalUserId: row.external_userid,
  name: row.name,
  avatarUrl: row.avatar_url,
  memberId: row.member_id,
  isShared: row.is_unshared === 0,
  level: row.level,
  boundGuideId: row.bound_guide_id,
  lastOrderAt: row.last_at,
  totalFen: parseFen(row.total_fen ?? 0),
  addedAt: row.added_at,
});
