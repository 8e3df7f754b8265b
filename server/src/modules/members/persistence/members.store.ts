import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Identifier, IdentifierKind } from '../domain/identifiers.js';

export interface MemberRow {
  id: MemberId;
  member_no: string;
  nickname: string;
  avatar_url: string;
  phone_masked: string | null;
  level: number;
  growth: number;
  joined_at: Date;
}

/** A member to be written, with everything that a row needs. */
export interface NewMember {
  id: MemberId;
  memberNo: string;
  nickname: string;
  avatarUrl: string;
  phoneMasked: string | null;
  level: number;
  growth: number;
  origin: string;
  joinedAt: Date;
}
export interface NewIdentifier extends Identifier {
  memberId: MemberId;
  source: string;
  at: Date;
}
export interface FoundIdentifier extends Identifier {
  memberId: MemberId;
}
export interface StateCount {
  state: string;
  count: number;
}

const MEMBER = 'SELECT id, member_no, nickname, avatar_url, phone_masked, level, growth, joined_at FROM member';
const CHUNK = 1000;
const repeat = (part: string, times: number): string => Array.from({ length: times }, () => part).join(',');

/** All SQL about members and their identifiers. */
export class MembersStore {
  async find(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<MemberRow[]> {
    return on.query<MemberRow>(`${MEMBER} WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
  }

  async identifiers(on: Queryable, brandId: BrandId, wanted: readonly Identifier[]): Promise<FoundIdentifier[]> {
    if (wanted.length === 0) return [];
    const rows = await on.query<{ kind: IdentifierKind; value: string; member_id: MemberId }>(
      `SELECT kind, value, member_id FROM member_identifier
       WHERE brand_id = ? AND (${wanted.map(() => '(kind = ? AND value = ?)').join(' OR ')})`,
      [brandId, ...wanted.flatMap((one) => [one.kind, one.value])],
    );
    return rows.map((row) => ({ kind: row.kind, value: row.value, memberId: row.member_id }));
  }

  async byValues(
    on: Queryable,
    brandId: BrandId,
    kind: IdentifierKind,
    values: readonly string[],
  ): Promise<Map<string, MemberId>> {
    const rows = await on.query<{ value: string; member_id: MemberId }>(
      `SELECT value, member_id FROM member_identifier WHERE brand_id = ? AND kind = ? AND value IN ${marks(values)}`,
      [brandId, kind, ...values],
    );
    return new Map(rows.map((row) => [row.value, row.member_id]));
  }

  async identifiersOf(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Identifier[]> {
    return on.query<Identifier & Record<string, unknown>>(
      'SELECT kind, value FROM member_identifier WHERE brand_id = ? AND member_id = ? ORDER BY kind, value',
      [brandId, memberId],
    );
  }

  /**
   * Takes identifiers that nobody has; those that somebody has stay theirs. In key order, so that two who take the same
   * set do not wait for each other in a circle.
   */
  async claim(tx: Tx, brandId: BrandId, identifiers: readonly NewIdentifier[]): Promise<void> {
    const ordered = [...identifiers].sort((a, b) => (`${a.kind} ${a.value}` < `${b.kind} ${b.value}` ? -1 : 1));
    for (let from = 0; from < ordered.length; from += CHUNK) {
      const part = ordered.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO member_identifier (brand_id, kind, value, member_id, source, created_at)
         VALUES ${repeat('(?,?,?,?,?,?)', part.length)} ON DUPLICATE KEY UPDATE kind = VALUES(kind)`,
        part.flatMap((one) => [brandId, one.kind, one.value, one.memberId, one.source, one.at]),
      );
    }
  }

  /** Gives what one member has claimed to another; for a claim that turned out to belong to a known member. */
  async handOver(tx: Tx, brandId: BrandId, from: MemberId, to: MemberId): Promise<void> {
    await tx.execute('UPDATE member_identifier SET member_id = ? WHERE brand_id = ? AND member_id = ?', [
      to,
      brandId,
      from,
    ]);
  }

  async insert(tx: Tx, brandId: BrandId, members: readonly NewMember[]): Promise<void> {
    for (let from = 0; from < members.length; from += CHUNK) {
      const part = members.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, phone_masked, level, growth, origin, status, joined_at)
         VALUES ${repeat("(?,?,?,?,?,?,?,?,?,'ACTIVE',?)", part.length)}`,
        part.flatMap((one) => [
          brandId,
          one.id,
          one.memberNo,
          one.nickname,
          one.avatarUrl,
          one.phoneMasked,
          one.level,
          one.growth,
          one.origin,
          one.joinedAt,
        ]),
      );
    }
  }

  async setFace(
    tx: Tx,
    brandId: BrandId,
    id: MemberId,
    face: { nickname: string | null; avatarUrl: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE member SET nickname = COALESCE(?, nickname), avatar_url = COALESCE(?, avatar_url), version = version + 1
       WHERE brand_id = ? AND id = ? AND status NOT IN ('MERGED','CANCELLED')`,
      [face.nickname, face.avatarUrl, brandId, id],
    );
  }

  /** A record of an old file that is met for the first time becomes a live one. @returns whether it was dormant */
  async wake(tx: Tx, brandId: BrandId, id: MemberId): Promise<boolean> {
    const sql =
      "UPDATE member SET status = 'ACTIVE', version = version + 1 WHERE brand_id = ? AND id = ? AND status = 'DORMANT'";
    return (await tx.execute(sql, [brandId, id])).affectedRows === 1;
  }

  async clearPhone(tx: Tx, brandId: BrandId, id: MemberId, phoneMasked: string): Promise<void> {
    const sql =
      'UPDATE member SET phone_masked = NULL, version = version + 1 WHERE brand_id = ? AND id = ? AND phone_masked = ?';
    await tx.execute(sql, [brandId, id, phoneMasked]);
  }

  async setPhone(tx: Tx, brandId: BrandId, id: MemberId, phoneMasked: string): Promise<void> {
    await tx.execute('UPDATE member SET phone_masked = ?, version = version + 1 WHERE brand_id = ? AND id = ?', [
      phoneMasked,
      brandId,
      id,
    ]);
  }

  async orderCounts(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<StateCount[]> {
    const rows = await on.query<{ state: string; n: string }>(
      'SELECT state, COUNT(*) AS n FROM sales_order WHERE brand_id = ? AND member_id = ? GROUP BY state',
      [brandId, memberId],
    );
    return rows.map((row) => ({ state: row.state, count: Number(row.n) }));
  }
}
