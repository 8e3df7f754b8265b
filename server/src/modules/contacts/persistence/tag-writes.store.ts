import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { TagWriteEnd, TagWriteState } from '../domain/tag-write.js';

/** A guide and a contact; WeCom takes marks for one such pair at a time. */
export interface Pair {
  brandId: BrandId;
  guideId: GuideId;
  externalUserId: string;
}
/** A wish that one worker has taken. */
export interface TagWrite {
  tagId: string;
  isWanted: boolean;
  version: number;
  attempts: number;
}

interface PairRow {
  brand_id: BrandId;
  guide_id: GuideId;
  external_userid: string;
}
interface WriteRow {
  tag_id: string;
  is_wanted: number;
  version: number;
  attempts: number;
  state: TagWriteState;
  next_at: Date;
}

const PAIR = 'brand_id = ? AND guide_id = ? AND external_userid = ?';
const keyOf = ({ brandId, guideId, externalUserId }: Pair) => [brandId, guideId, externalUserId];

/** All SQL about what is to be marked in WeCom. */
export class TagWritesStore {
  /** WeCom's living tags of a group and name. */
  async corpTagIds(on: Queryable, brandId: BrandId, tag: { groupName: string; name: string }): Promise<string[]> {
    const rows = await on.query<{ id: string }>(
      "SELECT id FROM corp_tag WHERE brand_id = ? AND group_name = ? AND name = ? AND state = 'ACTIVE'",
      [brandId, tag.groupName, tag.name],
    );
    return rows.map((row) => row.id);
  }

  /** Pairs at which we have marked one of these tags, or are about to. */
  async wanted(on: Queryable, brandId: BrandId, externalUserIds: readonly string[], tagIds: readonly string[]) {
    if (externalUserIds.length === 0 || tagIds.length === 0) return [];
    const rows = await on.query<PairRow>(
      `SELECT DISTINCT brand_id, guide_id, external_userid FROM tag_write
       WHERE brand_id = ? AND external_userid IN ${marks(externalUserIds)} AND tag_id IN ${marks(tagIds)} AND is_wanted = 1`,
      [brandId, ...externalUserIds, ...tagIds],
    );
    return rows.map(pairOf);
  }

  async contactsOf(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<string[]> {
    const sql = 'SELECT external_userid FROM contact WHERE brand_id = ? AND member_id = ?';
    return (await on.query<PairRow>(sql, [brandId, memberId])).map((row) => row.external_userid);
  }

  /** Notes the latest wish. One that is just being sent keeps its worker until WeCom has answered, then it is due again. */
  async ask(tx: Tx, pairs: readonly Pair[], tagIds: readonly string[], isWanted: boolean): Promise<void> {
    const rows = pairs.flatMap((pair) => tagIds.map((tagId) => [...keyOf(pair), tagId]));
    if (rows.length === 0) return;
    const unlessSending = (column: string, value: string) => `${column} = IF(state = 'SENDING', ${column}, ${value})`;
    // The state comes last: MySQL assigns from left to right, and the others look at what it was.
    await tx.execute(
      `INSERT INTO tag_write (brand_id, guide_id, external_userid, tag_id, is_wanted, version, state, attempts, next_at, problem, asked_at)
       VALUES ${rows.map(() => "(?,?,?,?,?,1,'WAITING',0,?,'',?)").join(',')}
       ON DUPLICATE KEY UPDATE is_wanted = VALUES(is_wanted), version = version + 1, problem = '', asked_at = VALUES(asked_at),
         ${unlessSending('attempts', '0')}, ${unlessSending('next_at', 'VALUES(next_at)')}, ${unlessSending('state', "'WAITING'")}`,
      rows.flatMap((row) => [...row, isWanted ? 1 : 0, tx.now, tx.now]),
    );
  }

  /** Pairs with something due, longest waiting first; a worker that died leaves its pair due when its lease is over. */
  async due(on: Queryable, brandIds: readonly BrandId[], now: Date, limit: number): Promise<Pair[]> {
    const rows = await on.query<PairRow>(
      `SELECT brand_id, guide_id, external_userid FROM tag_write
       WHERE state IN ('WAITING', 'SENDING') AND next_at <= ? AND brand_id IN ${marks(brandIds)}
       GROUP BY brand_id, guide_id, external_userid ORDER BY MIN(next_at) LIMIT ?`,
      [now, ...brandIds, limit],
    );
    return rows.map(pairOf);
  }

  /** Takes everything that is wished of a pair; nothing while another worker is at it, since WeCom refuses two at once. */
  async claim(tx: Tx, pair: Pair, until: Date): Promise<TagWrite[]> {
    const rows = await tx.query<WriteRow>(
      `SELECT tag_id, is_wanted, version, attempts, state, next_at FROM tag_write
       WHERE ${PAIR} AND state IN ('WAITING', 'SENDING') ORDER BY tag_id FOR UPDATE`,
      keyOf(pair),
    );
    if (rows.length === 0 || rows.some((row) => row.state === 'SENDING' && row.next_at > tx.now)) return [];
    await tx.execute(
      `UPDATE tag_write SET state = 'SENDING', attempts = attempts + 1, next_at = ? WHERE ${PAIR} AND state IN ('WAITING', 'SENDING')`,
      [until, ...keyOf(pair)],
    );
    return rows.map((row) => ({
      tagId: row.tag_id,
      isWanted: row.is_wanted === 1,
      version: row.version,
      attempts: row.attempts + 1,
    }));
  }

  /** Books how a call ended; a wish that has changed meanwhile is due again. */
  async end(tx: Tx, pair: Pair, writes: readonly TagWrite[], end: TagWriteEnd): Promise<void> {
    const mine = `${PAIR} AND state = 'SENDING' AND (tag_id, attempts) IN (${writes.map(() => '(?,?)').join(',')})`;
    await tx.execute(
      `UPDATE tag_write SET state = ?, problem = ?, next_at = ?, done_at = ?
       WHERE ${PAIR} AND state = 'SENDING' AND (tag_id, attempts, version) IN (${writes.map(() => '(?,?,?)').join(',')})`,
      [
        ...[end.state, end.problem, new Date(end.nextAtMs), end.state === 'DONE' ? tx.now : null],
        ...keyOf(pair),
        ...writes.flatMap((one) => [one.tagId, one.attempts, one.version]),
      ],
    );
    await tx.execute(`UPDATE tag_write SET state = 'WAITING', attempts = 0, next_at = ?, done_at = ? WHERE ${mine}`, [
      tx.now,
      end.state === 'DONE' ? tx.now : null,
      ...keyOf(pair),
      ...writes.flatMap((one) => [one.tagId, one.attempts]),
    ]);
  }

  /** Takes over into our copy what WeCom has just accepted. */
  async mirror(tx: Tx, pair: Pair, writes: readonly TagWrite[]): Promise<void> {
    const added = writes.filter((one) => one.isWanted).map((one) => one.tagId);
    const removed = writes.filter((one) => !one.isWanted).map((one) => one.tagId);
    if (added.length > 0)
      await tx.execute(
        `INSERT IGNORE INTO contact_tag (brand_id, guide_id, external_userid, tag_id, seen_at) VALUES ${added.map(() => '(?,?,?,?,?)').join(',')}`,
        added.flatMap((tagId) => [...keyOf(pair), tagId, tx.now]),
      );
    if (removed.length > 0)
      await tx.execute(`DELETE FROM contact_tag WHERE ${PAIR} AND tag_id IN ${marks(removed)}`, [
        ...keyOf(pair),
        ...removed,
      ]);
  }

  /**
   * Tags about which a look at WeCom says nothing: a wish was open while it was taken, or was granted after it.
   * @param readAt an instant before the look
   */
  async unsettled(on: Queryable, brandId: BrandId, guideId: GuideId, externalUserIds: readonly string[], readAt: Date) {
    const held = new Map<string, Set<string>>();
    if (externalUserIds.length === 0) return held;
    const rows = await on.query<{ external_userid: string; tag_id: string }>(
      `SELECT external_userid, tag_id FROM tag_write WHERE brand_id = ? AND guide_id = ? AND external_userid IN ${marks(externalUserIds)}
         AND (state IN ('WAITING', 'SENDING') OR done_at >= ?)`,
      [brandId, guideId, ...externalUserIds, readAt],
    );
    for (const row of rows)
      held.set(row.external_userid, (held.get(row.external_userid) ?? new Set<string>()).add(row.tag_id));
    return held;
  }

  /** A tag that is gone from WeCom cannot be marked or taken off any more. */
  async forgetGone(tx: Tx, brandId: BrandId): Promise<void> {
    await tx.execute(
      `DELETE w FROM tag_write w JOIN corp_tag c ON c.brand_id = w.brand_id AND c.id = w.tag_id
       WHERE w.brand_id = ? AND c.state = 'GONE'`,
      [brandId],
    );
  }

  async isHalf(on: Queryable, pair: Pair): Promise<boolean> {
    const sql = `SELECT state FROM contact_relation WHERE ${PAIR}`;
    return (await on.query<{ state: string }>(sql, keyOf(pair)))[0]?.state === 'HALF';
  }
}

const pairOf = (row: PairRow): Pair => ({
  brandId: row.brand_id,
  guideId: row.guide_id,
  externalUserId: row.external_userid,
});
