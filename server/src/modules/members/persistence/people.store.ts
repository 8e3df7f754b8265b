import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Hint, HintKind, Identifier, IdentifierKind } from '../domain/identifiers.js';
import type { MemberStatus, PersonFacts } from '../domain/merge-rules.js';

export interface IdentifierRow extends Identifier {
  memberId: MemberId;
  source: string;
  at: Date;
}
export interface HintRow extends Hint {
  memberId: MemberId;
  source: string;
  at: Date;
}
export interface StatusRow {
  id: MemberId;
  status: MemberStatus;
  mergedInto: MemberId | null;
  realName: string | null;
  birthday: string | null;
  isPersonalised: boolean;
  joinedAt: Date;
  origin: string;
}
export interface MemberEvent {
  id: Id<'memberEvent'>;
  memberId: MemberId;
  kind: string;
  text: string;
  by: string;
  at: Date;
}

const FACTS_MAX = 500;

/** What is known of people: identities, hints, names, and what happened to their records. */
export class PeopleStore {
  /** Records as the rules see them; locked in id order when a merge is about to decide. Five statements. */
  async facts(
    on: Queryable,
    brandId: BrandId,
    ids: readonly MemberId[],
    lock = false,
  ): Promise<Map<MemberId, PersonFacts>> {
    if (ids.length === 0) return new Map();
    const members = await this.statuses(on, brandId, ids, lock);
    const [identifiers, hints, names] = [
      await this.identifiersOf(on, brandId, ids),
      await this.hintsOf(on, brandId, ids),
      await this.addressNames(on, brandId, ids),
    ];
    return new Map(
      members.map((one) => [
        one.id,
        {
          id: one.id,
          status: one.status,
          realName: one.realName,
          birthday: one.birthday,
          joinedAt: one.joinedAt,
          identifiers: identifiers.filter((row) => row.memberId === one.id),
          hints: hints.filter((row) => row.memberId === one.id),
          addressNames: names.filter((row) => row.memberId === one.id).map((row) => row.name),
        },
      ]),
    );
  }

  async statuses(on: Queryable, brandId: BrandId, ids: readonly MemberId[], lock = false): Promise<StatusRow[]> {
    const rows = await on.query<{
      id: MemberId;
      status: MemberStatus;
      merged_into: MemberId | null;
      real_name: string | null;
      birthday: string | null;
      is_personalised: number;
      joined_at: Date;
      origin: string;
    }>(
      `SELECT id, status, merged_into, real_name, birthday, is_personalised, joined_at, origin FROM member
       WHERE brand_id = ? AND id IN ${marks(ids)} ORDER BY id ${lock ? 'FOR UPDATE' : ''}`,
      [brandId, ...ids],
    );
    return rows.map((row) => ({
      id: row.id,
      status: row.status,
      mergedInto: row.merged_into,
      realName: row.real_name,
      birthday: row.birthday,
      isPersonalised: row.is_personalised === 1,
      joinedAt: row.joined_at,
      origin: row.origin,
    }));
  }

  async identifiersOf(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<IdentifierRow[]> {
    const rows = await on.query<{
      kind: IdentifierKind;
      value: string;
      member_id: MemberId;
      source: string;
      created_at: Date;
    }>(
      `SELECT kind, value, member_id, source, created_at FROM member_identifier WHERE brand_id = ? AND member_id IN ${marks(ids)}
       ORDER BY member_id, kind, value LIMIT ${FACTS_MAX}`,
      [brandId, ...ids],
    );
    return rows.map((row) => ({
      kind: row.kind,
      value: row.value,
      memberId: row.member_id,
      source: row.source,
      at: row.created_at,
    }));
  }

  async hintsOf(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<HintRow[]> {
    const rows = await on.query<{ kind: HintKind; value: string; member_id: MemberId; source: string; at: Date }>(
      `SELECT kind, value, member_id, source, at FROM member_hint WHERE brand_id = ? AND member_id IN ${marks(ids)}
       ORDER BY member_id, kind, value LIMIT ${FACTS_MAX}`,
      [brandId, ...ids],
    );
    return rows.map(({ member_id: memberId, ...rest }) => ({ ...rest, memberId }));
  }

  private addressNames(on: Queryable, brandId: BrandId, ids: readonly MemberId[]) {
    return on
      .query<{ member_id: MemberId; name: string }>(
        `SELECT DISTINCT member_id, name FROM address WHERE brand_id = ? AND member_id IN ${marks(ids)} AND deleted_at IS NULL
         LIMIT ${FACTS_MAX}`,
        [brandId, ...ids],
      )
      .then((rows) => rows.map((row) => ({ memberId: row.member_id, name: row.name })));
  }

  /** Notes hints; a known one stays as it is. */
  async addHints(tx: Tx, brandId: BrandId, hints: readonly HintRow[]): Promise<void> {
    if (hints.length === 0) return;
    await tx.execute(
      `INSERT INTO member_hint (brand_id, kind, value, member_id, source, at) VALUES ${hints.map(() => '(?,?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE kind = VALUES(kind)`,
      hints.flatMap((one) => [brandId, one.kind, one.value, one.memberId, one.source, one.at]),
    );
  }

  /** Who else has one of these hints, at most `limit` rows over all. */
  async sharing(on: Queryable, brandId: BrandId, hints: readonly Hint[], limit: number): Promise<HintRow[]> {
    if (hints.length === 0) return [];
    const rows = await on.query<{ kind: HintKind; value: string; member_id: MemberId; source: string; at: Date }>(
      `SELECT kind, value, member_id, source, at FROM member_hint WHERE brand_id = ? AND (${hints.map(() => '(kind = ? AND value = ?)').join(' OR ')})
       ORDER BY kind, value, member_id LIMIT ?`,
      [brandId, ...hints.flatMap((one) => [one.kind, one.value]), limit],
    );
    return rows.map(({ member_id: memberId, ...rest }) => ({ ...rest, memberId }));
  }

  /** Who has verified this phone. */
  async ownerOf(on: Queryable, brandId: BrandId, phone: string): Promise<MemberId | null> {
    const [row] = await on.query<{ member_id: MemberId }>(
      "SELECT member_id FROM member_identifier WHERE brand_id = ? AND kind = 'phone' AND value = ?",
      [brandId, phone],
    );
    return row?.member_id ?? null;
  }

  /** Which phones prove nothing: those on the list, and those that more members typed than the brand allows. */
  async sharedPhones(on: Queryable, brandId: BrandId, phones: readonly string[], limit: number): Promise<Set<string>> {
    if (phones.length === 0) return new Set();
    const listed = await on.query<{ phone: string }>(
      `SELECT phone FROM shared_phone WHERE brand_id = ? AND phone IN ${marks(phones)}
       UNION SELECT value AS phone FROM member_hint WHERE brand_id = ? AND kind = 'typed_phone' AND value IN ${marks(phones)}
       GROUP BY value HAVING COUNT(*) > ?`,
      [brandId, ...phones, brandId, ...phones, limit],
    );
    return new Set(listed.map((row) => row.phone));
  }

  /** Whether a person has told or corrected their birthday since an instant. */
  async hasToldBirthday(on: Queryable, brandId: BrandId, memberId: MemberId, since: Date): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM member_event WHERE brand_id = ? AND member_id = ? AND kind = 'BIRTHDAY' AND at > ? LIMIT 1",
      [brandId, memberId, since],
    );
    return rows.length > 0;
  }

  async note(tx: Tx, brandId: BrandId, events: readonly MemberEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.execute(
      `INSERT INTO member_event (brand_id, id, member_id, kind, text, done_by, at) VALUES ${events.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      events.flatMap((one) => [
        brandId,
        one.id,
        one.memberId,
        one.kind,
        one.text.slice(0, 300),
        one.by.slice(0, 60),
        one.at,
      ]),
    );
  }

  async noteAccess(
    tx: Tx,
    brandId: BrandId,
    look: { id: Id<'dataAccess'>; memberId: MemberId; viewer: string; who: string; what: string; day: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO data_access (brand_id, id, member_id, viewer, who, what, day, times, at) VALUES (?,?,?,?,?,?,?,1,?)
       ON DUPLICATE KEY UPDATE times = times + 1, at = VALUES(at)`,
      [brandId, look.id, look.memberId, look.viewer, look.who, look.what, look.day, tx.now],
    );
  }

  /** Takes an identifier away from whoever has it; for a phone that the operator gave to somebody else. */
  async detach(tx: Tx, brandId: BrandId, one: Identifier, from: MemberId): Promise<void> {
    const sql = 'DELETE FROM member_identifier WHERE brand_id = ? AND kind = ? AND value = ? AND member_id = ?';
    await tx.execute(sql, [brandId, one.kind, one.value, from]);
  }

  async lastOrderAt(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Date | null> {
    const [row] = await on.query<{ at: Date | null }>(
      'SELECT MAX(created_at) AS at FROM sales_order WHERE brand_id = ? AND member_id = ?',
      [brandId, memberId],
    );
    return row?.at ?? null;
  }
}
