import type { BrandId, Fen, GuideId, OrderId } from '@shuke/shared/kernel';
import type { BulkTransaction } from '../../../platform/database/bulk-writer.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { statesBelow } from '../domain/item-state.js';
import {
  ITEM,
  ITEM_COLUMNS,
  type Item,
  type ItemId,
  type ItemRow,
  itemRow,
  type NewItem,
  type Pack,
  toItem,
} from './item-rows.js';

/** Morning packs and their items. */
export class ItemsStore {
  async packedGuides(
    on: Queryable,
    brandId: BrandId,
    day: string,
    guideIds: readonly GuideId[],
  ): Promise<Set<GuideId>> {
    const rows = await on.query<{ guide_id: GuideId }>(
      `SELECT guide_id FROM morning_pack WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND day = ?`,
      [brandId, ...guideIds, day],
    );
    return new Set(rows.map((row) => row.guide_id));
  }

  async pack(on: Queryable, brandId: BrandId, guideId: GuideId, day: string): Promise<Pack | null> {
    const [row] = await on.query<{
      budget_minutes: number;
      seconds: number;
      item_count: number;
      left_out: number;
      left_out_text: string | null;
    }>(
      'SELECT budget_minutes, seconds, item_count, left_out, left_out_text FROM morning_pack WHERE brand_id = ? AND guide_id = ? AND day = ?',
      [brandId, guideId, day],
    );
    if (!row) return null;
    const {
      budget_minutes: budgetMinutes,
      seconds,
      item_count: itemCount,
      left_out: leftOut,
      left_out_text: text,
    } = row;
    return { guideId, day, budgetMinutes, seconds, itemCount, leftOut, leftOutText: text };
  }

  /**
   * Writes packs with their items; a pack that somebody else wrote first stays.
   * @returns false when that happened: roll back and look again
   */
  async write(
    bulk: BulkTransaction,
    brandId: BrandId,
    packs: readonly Pack[],
    items: readonly NewItem[],
    now: Date,
  ): Promise<boolean> {
    const { affectedRows } = await bulk.insert(
      'morning_pack',
      [
        'brand_id',
        'guide_id',
        'day',
        'budget_minutes',
        'seconds',
        'item_count',
        'left_out',
        'left_out_text',
        'built_at',
      ],
      packs.map((one) => [
        brandId,
        one.guideId,
        one.day,
        one.budgetMinutes,
        one.seconds,
        one.itemCount,
        one.leftOut,
        one.leftOutText,
        now,
      ]),
      { ignoreDuplicates: true },
    );
    if (affectedRows < packs.length) return false;
    await bulk.insert(
      'task_item',
      ITEM_COLUMNS,
      items.map((one) => itemRow(brandId, one)),
    );
    return true;
  }

  /** Today's packs that were built before an instant, and how full they are. */
  async builtBefore(on: Queryable, brandId: BrandId, day: string, guideIds: readonly GuideId[], before: Date) {
    const rows = await on.query<{ guide_id: GuideId; seconds: number; item_count: number }>(
      `SELECT guide_id, seconds, item_count FROM morning_pack WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND day = ? AND built_at < ?`,
      [brandId, ...guideIds, day, before],
    );
    return new Map(rows.map((row) => [row.guide_id, { seconds: row.seconds, itemCount: row.item_count }]));
  }

  /** Who is in the packs of a day already. */
  async customers(on: Queryable, brandId: BrandId, day: string, guideIds: readonly GuideId[]): Promise<Set<string>> {
    const rows = await on.query<{ guide_id: GuideId; external_userid: string }>(
      `SELECT guide_id, external_userid FROM task_item WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND day = ?`,
      [brandId, ...guideIds, day],
    );
    return new Set(rows.map((row) => `${row.guide_id}/${row.external_userid}`));
  }

  /**
   * Adds items to packs that were built before an instant.
   * @returns false when another run has been there: roll back
   */
  async extend(
    bulk: BulkTransaction,
    brandId: BrandId,
    packs: { day: string; guideIds: readonly GuideId[]; before: Date },
    items: readonly NewItem[],
    now: Date,
  ): Promise<boolean> {
    const { day, guideIds, before } = packs;
    const claimed = await bulk.execute(
      `UPDATE morning_pack SET built_at = ? WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND day = ? AND built_at < ?`,
      [now, brandId, ...guideIds, day, before],
    );
    if (claimed.affectedRows < guideIds.length) return false;
    if (items.length === 0) return true;
    await bulk.insert(
      'task_item',
      ITEM_COLUMNS,
      items.map((one) => itemRow(brandId, one)),
    );
    const grown = [...new Set(items.map((one) => one.guideId))];
    const sum = (what: string) =>
      `(SELECT ${what} FROM task_item i WHERE i.brand_id = morning_pack.brand_id AND i.guide_id = morning_pack.guide_id AND i.day = morning_pack.day)`;
    await bulk.execute(
      `UPDATE morning_pack SET item_count = ${sum('COUNT(*)')}, seconds = ${sum('SUM(i.seconds)')}, left_out_text = IF(left_out = 0, NULL, left_out_text)
        WHERE brand_id = ? AND guide_id IN ${marks(grown)} AND day = ?`,
      [brandId, ...grown, day],
    );
    return true;
  }

  /** Items of earlier days that nobody touched are over. */
  async expire(
    on: Queryable,
    brandId: BrandId,
    guideIds: readonly GuideId[],
    fromDay: string,
    today: string,
  ): Promise<void> {
    await on.execute(
      `UPDATE task_item SET state = 'EXPIRED' WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND day >= ? AND day < ? AND state IN ('WAITING','SEEN')`,
      [brandId, ...guideIds, fromDay, today],
    );
  }

  /** Everything that a guide has not done yet is over. */
  async freeze(tx: Tx, brandId: BrandId, guideId: GuideId): Promise<void> {
    await tx.execute(
      "UPDATE task_item SET state = 'EXPIRED' WHERE brand_id = ? AND guide_id = ? AND state IN ('WAITING','SEEN')",
      [brandId, guideId],
    );
  }

  async ofGuide(on: Queryable, brandId: BrandId, guideId: GuideId, day: string): Promise<Item[]> {
    const rows = await on.query<ItemRow>(
      `${ITEM} WHERE i.brand_id = ? AND i.guide_id = ? AND i.day = ? ORDER BY i.position`,
      [brandId, guideId, day],
    );
    return rows.map(toItem);
  }

  /** A guide's own item; null for another guide's. */
  async one(on: Queryable, brandId: BrandId, guideId: GuideId, id: ItemId): Promise<Item | null> {
    const [row] = await on.query<ItemRow>(`${ITEM} WHERE i.brand_id = ? AND i.guide_id = ? AND i.id = ?`, [
      brandId,
      guideId,
      id,
    ]);
    return row ? toItem(row) : null;
  }

  /** Moves an item up to a state; instants that are known stay. @returns false when it is there or above already. */
  async raise(
    tx: Tx,
    brandId: BrandId,
    id: ItemId,
    state: 'SEEN' | 'SENT' | 'OPENED' | 'ORDERED',
    at: Date,
  ): Promise<boolean> {
    const column = { SEEN: 'seen_at', SENT: 'sent_at', OPENED: 'opened_at', ORDERED: 'ordered_at' }[state];
    const below = statesBelow(state);
    await tx.execute(`UPDATE task_item SET ${column} = ? WHERE brand_id = ? AND id = ? AND ${column} IS NULL`, [
      at,
      brandId,
      id,
    ]);
    const { affectedRows } = await tx.execute(
      `UPDATE task_item SET state = ? WHERE brand_id = ? AND id = ? AND state IN ${marks(below)}`,
      [state, brandId, id, ...below],
    );
    return affectedRows === 1;
  }

  async skip(
    tx: Tx,
    brandId: BrandId,
    guideId: GuideId,
    id: ItemId,
    reason: string,
    note: string | null,
  ): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE task_item SET state = 'SKIPPED', skip_reason = ?, skip_note = ? WHERE brand_id = ? AND guide_id = ? AND id = ? AND state IN ('WAITING','SEEN')`,
      [reason, note, brandId, guideId, id],
    );
    return affectedRows === 1;
  }

  /** The first order that followed an item; a later one does not replace it. */
  async order(tx: Tx, brandId: BrandId, id: ItemId, orderId: OrderId, orderFen: Fen): Promise<void> {
    await tx.execute(
      'UPDATE task_item SET order_id = ?, order_fen = ? WHERE brand_id = ? AND id = ? AND order_id IS NULL',
      [orderId, orderFen, brandId, id],
    );
  }
}
