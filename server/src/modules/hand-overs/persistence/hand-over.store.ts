import type { BrandId, GuideId, Id, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type HandOverKind = 'ORDER' | 'EXCHANGE';

/** Something was given to a customer at the counter against a code. */
export interface HandOver {
  brandId: BrandId;
  id: Id<'hand-over'>;
  kind: HandOverKind;
  /** The order or the exchange. */
  subjectId: Id;
  subjectNo: string;
  title: string;
  storeId: StoreId;
  guideId: GuideId;
  at: Date;
  undoneAt: Date | null;
  undoReason: string | null;
}
type Row = Record<string, unknown>;

const rowOf = (row: Row): HandOver => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as HandOver['id'],
  kind: row['kind'] as HandOverKind,
  subjectId: row['subject_id'] as Id,
  subjectNo: row['subject_no'] as string,
  title: row['title'] as string,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId,
  at: row['at'] as Date,
  undoneAt: row['undone_at'] as Date | null,
  undoReason: row['undo_reason'] as string | null,
});

/** All SQL of what was handed over. */
export class HandOverStore {
  async insert(tx: Tx, one: Omit<HandOver, 'at' | 'undoneAt' | 'undoReason'>): Promise<void> {
    await tx.execute(
      'INSERT INTO hand_over (brand_id, id, kind, subject_id, subject_no, title, store_id, guide_id, at) VALUES (?,?,?,?,?,?,?,?,?)',
      [one.brandId, one.id, one.kind, one.subjectId, one.subjectNo, one.title, one.storeId, one.guideId, tx.now],
    );
  }

  async find(on: Queryable, brandId: BrandId, id: Id): Promise<HandOver | null> {
    const [row] = await on.query<Row>('SELECT * FROM hand_over WHERE brand_id = ? AND id = ?', [brandId, id]);
    return row ? rowOf(row) : null;
  }

  /** @returns false when it was undone before */
  async undo(tx: Tx, { brandId, id }: HandOver, by: GuideId, reason: string): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE hand_over SET undone_at = ?, undone_by = ?, undo_reason = ? WHERE brand_id = ? AND id = ? AND undone_at IS NULL',
      [tx.now, by, reason, brandId, id],
    );
    return affectedRows === 1;
  }

  /** What was handed over for an order or exchange and taken back, oldest first. */
  async undone(on: Queryable, brandId: BrandId, kind: HandOverKind, subjectId: Id): Promise<HandOver[]> {
    const rows = await on.query<Row>(
      'SELECT * FROM hand_over WHERE brand_id = ? AND kind = ? AND subject_id = ? AND undone_at IS NOT NULL ORDER BY id',
      [brandId, kind, subjectId],
    );
    return rows.map(rowOf);
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    filter: { storeId: StoreId; subjectId: string | null; before: string | null },
    limit: number,
  ): Promise<HandOver[]> {
    const { storeId, subjectId, before } = filter;
    const rows = await on.query<Row>(
      `SELECT * FROM hand_over WHERE brand_id = ? AND store_id = ?${subjectId ? ' AND subject_id = ?' : ''}${before ? ' AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [brandId, storeId, ...(subjectId ? [subjectId] : []), ...(before ? [before] : []), limit],
    );
    return rows.map(rowOf);
  }
}
