import { type BrandId, type Fen, type GuideId, type Id, type MemberId, parseFen } from '@shuke/shared/kernel';
import type { BulkRow } from '../../../platform/database/bulk-writer.js';
import type { ItemState } from '../domain/item-state.js';

export type ItemId = Id<'item'>;

export interface NewItem {
  guideId: GuideId;
  day: string;
  position: number;
  id: ItemId;
  taskId: Id<'task'> | null;
  kind: string;
  memberId: MemberId | null;
  externalUserId: string;
  title: string;
  reason: string;
  words: string;
  productId: Id<'product'> | null;
  seconds: number;
  score: number;
  mayEarnFen: Fen;
}
export interface Item extends NewItem {
  state: ItemState;
  customerName: string;
  avatarUrl: string;
}
export interface Pack {
  guideId: GuideId;
  day: string;
  budgetMinutes: number;
  seconds: number;
  itemCount: number;
  leftOut: number;
  leftOutText: string | null;
}

export interface ItemRow {
  guide_id: GuideId;
  day: string;
  position: number;
  id: ItemId;
  task_id: Id<'task'> | null;
  kind: string;
  member_id: MemberId | null;
  external_userid: string;
  title: string;
  reason: string;
  words: string;
  product_id: Id<'product'> | null;
  seconds: number;
  score: number;
  may_earn_fen: string;
  state: ItemState;
  customer_name: string | null;
  avatar_url: string | null;
}
export const toItem = (row: ItemRow): Item => ({
  guideId: row.guide_id,
  day: row.day,
  position: row.position,
  id: row.id,
  taskId: row.task_id,
  kind: row.kind,
  memberId: row.member_id,
  externalUserId: row.external_userid,
  title: row.title,
  reason: row.reason,
  words: row.words,
  productId: row.product_id,
  seconds: row.seconds,
  score: row.score,
  mayEarnFen: parseFen(row.may_earn_fen),
  state: row.state,
  customerName: row.customer_name ?? '顾客',
  avatarUrl: row.avatar_url ?? '',
});
export const ITEM = `SELECT i.guide_id, i.day, i.position, i.id, i.task_id, i.kind, i.member_id, i.external_userid, i.title, i.reason, i.words, i.product_id, i.seconds, i.score,
  i.may_earn_fen, i.state, IF(r.remark IS NULL OR r.remark = '', c.name, r.remark) AS customer_name, c.avatar_url FROM task_item i
  LEFT JOIN contact c ON c.brand_id = i.brand_id AND c.external_userid = i.external_userid
  LEFT JOIN contact_relation r ON r.brand_id = i.brand_id AND r.guide_id = i.guide_id AND r.external_userid = i.external_userid`;

export const ITEM_COLUMNS = [
  ...[
    'brand_id',
    'guide_id',
    'day',
    'position',
    'id',
    'task_id',
    'kind',
    'member_id',
    'external_userid',
    'title',
    'reason',
    'words',
  ],
  ...['product_id', 'seconds', 'score', 'may_earn_fen', 'state', 'order_fen'],
];
export const itemRow = (brandId: BrandId, one: NewItem): BulkRow => [
  ...[brandId, one.guideId, one.day, one.position, one.id, one.taskId, one.kind, one.memberId, one.externalUserId],
  ...[one.title, one.reason, one.words, one.productId, one.seconds, one.score, one.mayEarnFen, 'WAITING', 0],
];
