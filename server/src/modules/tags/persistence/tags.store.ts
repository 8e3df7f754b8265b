import type { BrandId, GuideId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type TagId = Id<'tag'>;
/** Who gives a tag of the library: guides by hand, a declared rule, or a computation. */
export type TagKind = 'MANUAL' | 'RULE' | 'MODEL';
export type TagSource = 'MANUAL' | 'RULE' | 'MODEL' | 'IMPORTED';

export interface LibraryTag {
  id: TagId;
  groupName: string;
  name: string;
  kind: TagKind;
  position: number;
}
/** A tag that a member has, with why. */
export interface MemberTag {
  id: TagId;
  groupName: string;
  name: string;
  source: TagSource;
  reason: string;
  guideId: GuideId | null;
  at: Date;
  expiresAt: Date | null;
}
export interface NewMemberTag {
  memberId: MemberId;
  tagId: TagId;
  source: TagSource;
  reason: string;
  guideId: GuideId | null;
  expiresAt: Date | null;
}

interface LibraryRow {
  id: TagId;
  group_name: string;
  name: string;
  kind: TagKind;
  position: number;
}
interface MemberTagRow {
  tag_id: TagId;
  group_name: string;
  name: string;
  source: TagSource;
  reason: string;
  guide_id: GuideId | null;
  at: Date;
  expires_at: Date | null;
}

/** As long as a reason is kept. */
export const REASON_MAX = 200;
const CHUNK = 1000;
const EXPIRE_CHUNK = 2000;

/** All SQL about tags. */
export class TagsStore {
  async library(on: Queryable, brandId: BrandId, kind?: TagKind): Promise<LibraryTag[]> {
    const rows = await on.query<LibraryRow>(
      `SELECT id, group_name, name, kind, position FROM tag WHERE brand_id = ? ${kind ? 'AND kind = ?' : ''} ORDER BY position, id`,
      kind ? [brandId, kind] : [brandId],
    );
    return rows.map(({ group_name: groupName, ...rest }) => ({ ...rest, groupName }));
  }

  /** Adds what the library lacks; a tag that is there keeps its id. */
  async addToLibrary(tx: Tx, brandId: BrandId, tags: readonly LibraryTag[]): Promise<void> {
    if (tags.length === 0) return;
    await tx.execute(
      `INSERT INTO tag (brand_id, id, group_name, name, kind, position)
       VALUES ${tags.map(() => '(?,?,?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE name = VALUES(name)`,
      tags.flatMap((one) => [brandId, one.id, one.groupName, one.name, one.kind, one.position]),
    );
  }

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, now: Date): Promise<MemberTag[]> {
    const rows = await on.query<MemberTagRow>(
      `SELECT mt.tag_id, t.group_name, t.name, mt.source, mt.reason, mt.guide_id, mt.at, mt.expires_at
       FROM member_tag mt JOIN tag t ON t.brand_id = mt.brand_id AND t.id = mt.tag_id
       WHERE mt.brand_id = ? AND mt.member_id = ? AND (mt.expires_at IS NULL OR mt.expires_at > ?)
       ORDER BY t.position, mt.tag_id`,
      [brandId, memberId, now],
    );
    return rows.map((row) => ({
      id: row.tag_id,
      groupName: row.group_name,
      name: row.name,
      source: row.source,
      reason: row.reason,
      guideId: row.guide_id,
      at: row.at,
      expiresAt: row.expires_at,
    }));
  }

  /** Gives tags; one that a guide has given by hand stays the guide's, with the guide's reason. */
  async give(tx: Tx, brandId: BrandId, tags: readonly NewMemberTag[]): Promise<void> {
    const keep = (column: string) =>
      `${column} = IF(source = 'MANUAL' AND VALUES(source) <> 'MANUAL', ${column}, VALUES(${column}))`;
    for (let from = 0; from < tags.length; from += CHUNK) {
      const part = tags.slice(from, from + CHUNK);
      // The source comes last: MySQL assigns from left to right, and the others look at what it was.
      await tx.execute(
        `INSERT INTO member_tag (brand_id, member_id, tag_id, source, reason, guide_id, at, expires_at)
         VALUES ${part.map(() => '(?,?,?,?,?,?,?,?)').join(',')}
         ON DUPLICATE KEY UPDATE ${['reason', 'guide_id', 'at', 'expires_at', 'source'].map(keep).join(', ')}`,
        part.flatMap((one) => [
          brandId,
          one.memberId,
          one.tagId,
          one.source,
          one.reason.slice(0, REASON_MAX),
          one.guideId,
          tx.now,
          one.expiresAt,
        ]),
      );
    }
  }

  /** Notes that a member does not want a tag again. */
  async refuse(tx: Tx, brandId: BrandId, memberId: MemberId, tagId: TagId): Promise<void> {
    await tx.execute(
      'INSERT INTO tag_refusal (brand_id, member_id, tag_id, at) VALUES (?,?,?,?) ON DUPLICATE KEY UPDATE at = VALUES(at)',
      [brandId, memberId, tagId, tx.now],
    );
  }

  /** Which of these tags which of these members have taken off, as `member/tag`. */
  async refused(
    on: Queryable,
    brandId: BrandId,
    tagIds: readonly TagId[],
    memberIds: readonly MemberId[],
  ): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < memberIds.length; from += CHUNK) {
      const part = memberIds.slice(from, from + CHUNK);
      const rows = await on.query<{ member_id: MemberId; tag_id: TagId }>(
        `SELECT member_id, tag_id FROM tag_refusal WHERE brand_id = ? AND member_id IN ${marks(part)} AND tag_id IN ${marks(tagIds)}`,
        [brandId, ...part, ...tagIds],
      );
      for (const row of rows) found.add(`${row.member_id}/${row.tag_id}`);
    }
    return found;
  }

  /** @returns false when the member does not have it */
  async take(tx: Tx, brandId: BrandId, memberId: MemberId, tagId: TagId): Promise<boolean> {
    const sql = 'DELETE FROM member_tag WHERE brand_id = ? AND member_id = ? AND tag_id = ?';
    return (await tx.execute(sql, [brandId, memberId, tagId])).affectedRows === 1;
  }

  /** The tags of a group that a computation gave these members, by member and tag. */
  async computed(
    on: Queryable,
    brandId: BrandId,
    source: TagSource,
    tagIds: readonly TagId[],
    memberIds: readonly MemberId[],
  ): Promise<Map<string, NewMemberTag>> {
    const found = new Map<string, NewMemberTag>();
    for (let from = 0; from < memberIds.length; from += CHUNK) {
      const part = memberIds.slice(from, from + CHUNK);
      const rows = await on.query<MemberTagRow & { member_id: MemberId }>(
        `SELECT member_id, tag_id, reason, guide_id, expires_at FROM member_tag
         WHERE brand_id = ? AND source = ? AND member_id IN ${marks(part)} AND tag_id IN ${marks(tagIds)}`,
        [brandId, source, ...part, ...tagIds],
      );
      for (const { member_id: memberId, tag_id: tagId, reason, guide_id: guideId, expires_at: expiresAt } of rows)
        found.set(`${memberId}/${tagId}`, { memberId, tagId, source, reason, guideId, expiresAt });
    }
    return found;
  }

  /** Takes tags away as they were read: one that a guide has given by hand since then stays. */
  async takeAll(tx: Tx, brandId: BrandId, tags: readonly NewMemberTag[]): Promise<void> {
    for (let from = 0; from < tags.length; from += CHUNK) {
      const part = tags.slice(from, from + CHUNK);
      await tx.execute(
        `DELETE FROM member_tag WHERE brand_id = ? AND (member_id, tag_id, source) IN (${part.map(() => '(?,?,?)').join(',')})`,
        [brandId, ...part.flatMap((one) => [one.memberId, one.tagId, one.source])],
      );
    }
  }

  async dropExpired(tx: Tx): Promise<number> {
    const written = await tx.execute('DELETE FROM member_tag WHERE expires_at <= ? LIMIT ?', [tx.now, EXPIRE_CHUNK]);
    return written.affectedRows;
  }
}
