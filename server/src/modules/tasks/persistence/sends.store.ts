import type { BrandId, GuideId, Id, MemberId, OrderId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ItemId } from './item-rows.js';

export type SendId = Id<'send'>;
export type SendState = 'PREPARED' | 'CANCELLED' | 'FAILED' | 'SENT';
export interface Send {
  id: SendId;
  guideId: GuideId;
  externalUserId: string;
  memberId: MemberId | null;
  taskItemId: ItemId | null;
  productId: Id<'product'> | null;
  words: string;
  state: SendState;
}
interface SendRow {
  id: SendId;
  guide_id: GuideId;
  external_userid: string;
  member_id: MemberId | null;
  task_item_id: ItemId | null;
  product_id: Id<'product'> | null;
  words: string;
  state: SendState;
}
const toSend = (row: SendRow): Send => ({
  id: row.id,
  guideId: row.guide_id,
  externalUserId: row.external_userid,
  memberId: row.member_id,
  taskItemId: row.task_item_id,
  productId: row.product_id,
  words: row.words,
  state: row.state,
});
const SEND = 'SELECT id, guide_id, external_userid, member_id, task_item_id, product_id, words, state FROM chat_send';

/** Tracked sends in chats, and the guide's measured pace. */
export class SendsStore {
  /** The contact of an open relation of this guide; null for anybody else's. */
  async friend(on: Queryable, brandId: BrandId, guideId: GuideId, externalUserId: string) {
    const [row] = await on.query<{ name: string; member_id: MemberId | null }>(
      `SELECT IF(r.remark = '', c.name, r.remark) AS name, c.member_id FROM contact_relation r JOIN contact c ON c.brand_id = r.brand_id AND c.external_userid = r.external_userid
        WHERE r.brand_id = ? AND r.guide_id = ? AND r.external_userid = ? AND r.state = 'FRIEND'`,
      [brandId, guideId, externalUserId],
    );
    return row ? { name: row.name, memberId: row.member_id } : null;
  }

  async add(tx: Tx, brandId: BrandId, send: Omit<Send, 'state'>): Promise<void> {
    await tx.execute(
      `INSERT INTO chat_send (brand_id, id, guide_id, external_userid, member_id, task_item_id, product_id, words, state, created_at)
        VALUES (?,?,?,?,?,?,?,?,'PREPARED',?)`,
      [
        brandId,
        send.id,
        send.guideId,
        send.externalUserId,
        send.memberId,
        send.taskItemId,
        send.productId,
        send.words,
        tx.now,
      ],
    );
  }

  /** Locks a send; with a guide, only the guide's own. */
  async lock(tx: Tx, brandId: BrandId, id: SendId, guideId?: GuideId): Promise<Send | null> {
    const [row] = await tx.query<SendRow>(
      `${SEND} WHERE brand_id = ? AND id = ? ${guideId ? 'AND guide_id = ?' : ''} FOR UPDATE`,
      guideId ? [brandId, id, guideId] : [brandId, id],
    );
    return row ? toSend(row) : null;
  }

  async report(tx: Tx, brandId: BrandId, id: SendId, state: SendState): Promise<void> {
    await tx.execute('UPDATE chat_send SET state = ?, reported_at = ? WHERE brand_id = ? AND id = ?', [
      state,
      tx.now,
      brandId,
      id,
    ]);
  }

  async open(tx: Tx, brandId: BrandId, id: SendId, at: Date): Promise<void> {
    await tx.execute('UPDATE chat_send SET opened_at = ? WHERE brand_id = ? AND id = ? AND opened_at IS NULL', [
      at,
      brandId,
      id,
    ]);
  }

  async ordered(tx: Tx, brandId: BrandId, id: SendId, orderId: OrderId): Promise<void> {
    await tx.execute(
      'UPDATE chat_send SET ordered_at = ?, order_id = ? WHERE brand_id = ? AND id = ? AND order_id IS NULL',
      [tx.now, orderId, brandId, id],
    );
  }

  /** The latest send that reached a member since an instant. */
  async latestTo(on: Queryable, brandId: BrandId, memberId: MemberId, since: Date): Promise<SendId | null> {
    const [row] = await on.query<{ id: SendId }>(
      `SELECT id FROM chat_send WHERE brand_id = ? AND member_id = ? AND state = 'SENT' AND reported_at >= ? ORDER BY id DESC LIMIT 1`,
      [brandId, memberId, since],
    );
    return row?.id ?? null;
  }

  /** Which of some members were sent something since an instant. */
  async reachedSince(
    on: Queryable,
    brandId: BrandId,
    memberIds: readonly MemberId[],
    since: Date,
  ): Promise<Set<MemberId>> {
    const rows = await on.query<{ member_id: MemberId }>(
      `SELECT DISTINCT member_id FROM chat_send WHERE brand_id = ? AND member_id IN ${marks(memberIds)} AND state = 'SENT' AND reported_at >= ?`,
      [brandId, ...memberIds, since],
    );
    return new Set(rows.map((row) => row.member_id));
  }

  /** When the guide sent lately, newest first. */
  async sentAt(on: Queryable, brandId: BrandId, guideId: GuideId, limit: number): Promise<number[]> {
    const rows = await on.query<{ reported_at: Date }>(
      `SELECT reported_at FROM chat_send WHERE brand_id = ? AND guide_id = ? AND state = 'SENT' AND reported_at IS NOT NULL ORDER BY id DESC LIMIT ?`,
      [brandId, guideId, limit],
    );
    return rows.map((row) => row.reported_at.getTime());
  }

  /** The guide's pace is measured here, so it is written here; organization only shows it. */
  async setPace(tx: Tx, brandId: BrandId, guideId: GuideId, seconds: number, samples: number): Promise<void> {
    await tx.execute('UPDATE guide SET seconds_per_item = ?, pace_samples = ? WHERE brand_id = ? AND id = ?', [
      seconds,
      samples,
      brandId,
      guideId,
    ]);
  }
}
