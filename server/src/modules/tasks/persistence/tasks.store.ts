import { type BrandId, type Fen, type GuideId, type Id, parseFen, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Audience } from '../domain/audience.js';

export type TaskId = Id<'task'>;
export interface Task {
  id: TaskId;
  title: string;
  words: string;
  reason: string;
  productId: Id<'product'> | null;
  audience: Audience;
  state: 'DRAFT' | 'PUBLISHED';
  startDay: string;
  endDay: string;
  /** Null: all stores. */
  storeIds: StoreId[] | null;
  createdAt: Date;
  publishedAt: Date | null;
}
export interface Effect {
  guideCount: number;
  itemCount: number;
  seen: number;
  sent: number;
  opened: number;
  ordered: number;
  skipped: number;
  orderFen: Fen;
}
export const NO_EFFECT: Effect = {
  guideCount: 0,
  itemCount: 0,
  seen: 0,
  sent: 0,
  opened: 0,
  ordered: 0,
  skipped: 0,
  orderFen: ZERO_FEN,
};

interface TaskRow {
  id: TaskId;
  title: string;
  words: string;
  reason: string;
  product_id: Id<'product'> | null;
  audience: unknown;
  state: 'DRAFT' | 'PUBLISHED';
  start_day: string;
  end_day: string;
  store_ids: unknown;
  created_at: Date;
  published_at: Date | null;
}
const TASK =
  'SELECT id, title, words, reason, product_id, audience, state, start_day, end_day, store_ids, created_at, published_at FROM task';

/** MariaDB gives JSON as text or parsed, depending on the column's check; MySQL parsed. */
const json = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;
const toTask = (row: TaskRow): Task => ({
  id: row.id,
  title: row.title,
  words: row.words,
  reason: row.reason,
  productId: row.product_id,
  audience: json<Audience>(row.audience),
  state: row.state,
  startDay: row.start_day,
  endDay: row.end_day,
  storeIds: row.store_ids === null ? null : json<StoreId[]>(row.store_ids),
  createdAt: row.created_at,
  publishedAt: row.published_at,
});
type Counts = Record<'items' | 'seen' | 'sent' | 'opened' | 'ordered' | 'skipped' | 'order_fen', string>;
const COUNTS = `COUNT(*) AS items, COUNT(CASE WHEN seen_at IS NOT NULL OR sent_at IS NOT NULL THEN 1 END) AS seen, COUNT(sent_at) AS sent, COUNT(opened_at) AS opened,
  COUNT(ordered_at) AS ordered, COUNT(CASE WHEN state = 'SKIPPED' THEN 1 END) AS skipped, SUM(order_fen) AS order_fen`;

/** Headquarters' tasks and their effect. */
export class TasksStore {
  async add(
    tx: Tx,
    brandId: BrandId,
    task: Omit<Task, 'state' | 'createdAt' | 'publishedAt'>,
    createdBy: string,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO task (brand_id, id, title, words, reason, product_id, audience, state, start_day, end_day, store_ids, created_by, created_at, published_at)
        VALUES (?,?,?,?,?,?,?,'DRAFT',?,?,?,?,?,NULL)`,
      [
        ...[
          brandId,
          task.id,
          task.title,
          task.words,
          task.reason,
          task.productId,
          JSON.stringify(task.audience),
          task.startDay,
          task.endDay,
        ],
        ...[task.storeIds === null ? null : JSON.stringify(task.storeIds), createdBy.slice(0, 60), tx.now],
      ],
    );
  }

  /** @returns false when the task was published before. */
  async publish(tx: Tx, brandId: BrandId, id: TaskId): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE task SET state = 'PUBLISHED', published_at = ?, version = version + 1 WHERE brand_id = ? AND id = ? AND state = 'DRAFT'`,
      [tx.now, brandId, id],
    );
    return affectedRows === 1;
  }

  async one(on: Queryable, brandId: BrandId, id: TaskId): Promise<Task | null> {
    const [row] = await on.query<TaskRow>(`${TASK} WHERE brand_id = ? AND id = ?`, [brandId, id]);
    return row ? toTask(row) : null;
  }

  /** Newest first. */
  async list(on: Queryable, brandId: BrandId, before: string | null, limit: number): Promise<Task[]> {
    const rows = await on.query<TaskRow>(
      `${TASK} WHERE brand_id = ? ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      before ? [brandId, before, limit] : [brandId, limit],
    );
    return rows.map(toTask);
  }

  /** Published tasks that run on a day. */
  async running(on: Queryable, brandId: BrandId, day: string): Promise<Task[]> {
    const rows = await on.query<TaskRow>(
      `${TASK} WHERE brand_id = ? AND state = 'PUBLISHED' AND start_day <= ? AND end_day >= ? ORDER BY id`,
      [brandId, day, day],
    );
    return rows.map(toTask);
  }

  /** When each brand last published a task that runs on a day. */
  async lastPublished(on: Queryable, day: string): Promise<Map<BrandId, Date>> {
    const rows = await on.query<{ brand_id: BrandId; at: Date }>(
      `SELECT brand_id, MAX(published_at) AS at FROM task WHERE state = 'PUBLISHED' AND start_day <= ? AND end_day >= ? GROUP BY brand_id`,
      [day, day],
    );
    return new Map(rows.map((row) => [row.brand_id, row.at]));
  }

  /** The effect of some tasks in one statement; a task without items is missing. */
  async effects(on: Queryable, brandId: BrandId, ids: readonly TaskId[]): Promise<Map<TaskId, Effect>> {
    const rows = await on.query<Counts & { task_id: TaskId; guides: string }>(
      `SELECT task_id, COUNT(DISTINCT guide_id) AS guides, ${COUNTS} FROM task_item WHERE brand_id = ? AND task_id IN ${marks(ids)} GROUP BY task_id`,
      [brandId, ...ids],
    );
    return new Map(
      rows.map((row) => [
        row.task_id,
        {
          guideCount: Number(row.guides),
          itemCount: Number(row.items),
          seen: Number(row.seen),
          sent: Number(row.sent),
          opened: Number(row.opened),
          ordered: Number(row.ordered),
          skipped: Number(row.skipped),
          orderFen: parseFen(row.order_fen),
        },
      ]),
    );
  }

  async tagNames(on: Queryable, brandId: BrandId, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await on.query<{ id: string; name: string }>(
      `SELECT id, name FROM tag WHERE brand_id = ? AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  async effectByGuide(on: Queryable, brandId: BrandId, id: TaskId) {
    const rows = await on.query<Counts & { guide_id: GuideId }>(
      `SELECT guide_id, ${COUNTS} FROM task_item WHERE brand_id = ? AND task_id = ? GROUP BY guide_id ORDER BY COUNT(ordered_at) DESC, COUNT(sent_at) DESC, guide_id LIMIT 500`,
      [brandId, id],
    );
    return rows.map((row) => ({
      guideId: row.guide_id,
      items: Number(row.items),
      sent: Number(row.sent),
      opened: Number(row.opened),
      ordered: Number(row.ordered),
    }));
  }
}
