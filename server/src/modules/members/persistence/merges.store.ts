import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MergeId } from '../../one-id/index.js';
import type { MemberStatus } from '../domain/merge-rules.js';

export interface Merge {
  id: MergeId;
  from: MemberId;
  into: MemberId;
  fromStatus: MemberStatus;
  cause: 'AUTO' | 'MANUAL';
  reason: string;
  by: string;
  mergedAt: Date;
  unmergedAt: Date | null;
  unmergedBy: string | null;
  unmergeReason: string | null;
}
export interface NewMerge extends Omit<Merge, 'unmergedAt' | 'unmergedBy' | 'unmergeReason'> {
  evidence: unknown;
  followUntil: Date;
}
interface MergeRow {
  id: MergeId;
  from_id: MemberId;
  into_id: MemberId;
  from_status: MemberStatus;
  cause: 'AUTO' | 'MANUAL';
  reason: string;
  done_by: string;
  merged_at: Date;
  unmerged_at: Date | null;
  unmerged_by: string | null;
  unmerge_reason: string | null;
}
const MERGE =
  'SELECT id, from_id, into_id, from_status, cause, reason, done_by, merged_at, unmerged_at, unmerged_by, unmerge_reason FROM member_merge';
const mergeOf = (row: MergeRow): Merge => ({
  id: row.id,
  from: row.from_id,
  into: row.into_id,
  fromStatus: row.from_status,
  cause: row.cause,
  reason: row.reason,
  by: row.done_by,
  mergedAt: row.merged_at,
  unmergedAt: row.unmerged_at,
  unmergedBy: row.unmerged_by,
  unmergeReason: row.unmerge_reason,
});

/** Merges, and what was taken back of them. */
export class MergesStore {
  async insert(tx: Tx, brandId: BrandId, merge: NewMerge): Promise<void> {
    await tx.execute(
      `INSERT INTO member_merge (brand_id, id, from_id, into_id, from_status, cause, evidence, reason, done_by, merged_at, follow_until, live_from)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        brandId,
        merge.id,
        merge.from,
        merge.into,
        merge.fromStatus,
        merge.cause,
        JSON.stringify(merge.evidence),
        merge.reason.slice(0, 200),
        merge.by.slice(0, 60),
        merge.mergedAt,
        merge.followUntil,
        merge.from,
      ],
    );
  }

  async markMerged(tx: Tx, brandId: BrandId, from: MemberId, into: MemberId): Promise<void> {
    await tx.execute(
      "UPDATE member SET status = 'MERGED', merged_into = ?, version = version + 1 WHERE brand_id = ? AND id = ?",
      [into, brandId, from],
    );
  }

  async markApart(tx: Tx, brandId: BrandId, from: MemberId, status: MemberStatus): Promise<void> {
    await tx.execute(
      'UPDATE member SET status = ?, merged_into = NULL, version = version + 1 WHERE brand_id = ? AND id = ?',
      [status, brandId, from],
    );
  }

  async close(tx: Tx, brandId: BrandId, id: MergeId, by: string, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE member_merge SET unmerged_at = ?, unmerged_by = ?, unmerge_reason = ?, live_from = NULL, follow_until = merged_at
       WHERE brand_id = ? AND id = ?`,
      [tx.now, by.slice(0, 60), reason.slice(0, 200), brandId, id],
    );
  }

  async lock(tx: Tx, brandId: BrandId, id: MergeId): Promise<Merge | null> {
    const [row] = await tx.query<MergeRow>(`${MERGE} WHERE brand_id = ? AND id = ? FOR UPDATE`, [brandId, id]);
    return row ? mergeOf(row) : null;
  }

  async find(on: Queryable, brandId: BrandId, id: MergeId): Promise<Merge | null> {
    const [row] = await on.query<MergeRow>(`${MERGE} WHERE brand_id = ? AND id = ?`, [brandId, id]);
    return row ? mergeOf(row) : null;
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    wanted: { memberId?: MemberId; cause?: string; isUndone?: boolean; before?: string; limit: number },
  ): Promise<Merge[]> {
    const asked = new Conditions('brand_id = ?', brandId);
    if (wanted.memberId) asked.add('(from_id = ? OR into_id = ?)', wanted.memberId, wanted.memberId);
    if (wanted.cause) asked.add('cause = ?', wanted.cause);
    if (wanted.isUndone !== undefined) asked.add(`unmerged_at IS ${wanted.isUndone ? 'NOT' : ''} NULL`);
    if (wanted.before) asked.add('id < ?', wanted.before);
    const rows = await on.query<MergeRow>(`${MERGE} WHERE ${asked.sql} ORDER BY id DESC LIMIT ?`, [
      ...asked.values,
      wanted.limit,
    ]);
    return rows.map(mergeOf);
  }

  /** Merges whose last rows may still be on their way, over all brands. */
  async following(on: Queryable, now: Date, limit: number): Promise<(Merge & { brandId: BrandId })[]> {
    const rows = await on.query<MergeRow & { brand_id: BrandId }>(
      `${MERGE.replace('SELECT ', 'SELECT brand_id, ')} WHERE follow_until > ? AND live_from IS NOT NULL ORDER BY follow_until LIMIT ?`,
      [now, limit],
    );
    return rows.map((row) => ({ ...mergeOf(row), brandId: row.brand_id }));
  }

  /** Members whom a live merge has brought into one of these. */
  async sourcesOf(on: Queryable, brandId: BrandId, into: readonly MemberId[]): Promise<MemberId[]> {
    const rows = await on.query<{ from_id: MemberId }>(
      `SELECT from_id FROM member_merge WHERE brand_id = ? AND into_id IN ${marks(into)} AND live_from IS NOT NULL LIMIT 200`,
      [brandId, ...into],
    );
    return rows.map((row) => row.from_id);
  }
}
