import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { type Fen, parseFen } from '@shuke/shared/kernel';
import { beginningWith, Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface OrderFigures {
  count: number;
  totalFen: Fen;
  lastAt: Date | null;
}
export interface SharedPhone {
  id: Id<'sharedPhone'>;
  phone: string;
  kind: 'EMPLOYEE' | 'STORE' | 'OTHER';
  note: string;
  addedBy: string;
  at: Date;
}
export type AnomalyKind = 'MANY_PHONES' | 'MANY_IDENTIFIERS' | 'PHONE_OF_MANY' | 'MERGED_OFTEN' | 'CARD_OF_MANY';
export interface Anomaly {
  id: Id<'anomaly'>;
  day: string;
  kind: AnomalyKind;
  subject: string;
  memberId: MemberId | null;
  found: number;
  settledAt: Date | null;
  note: string | null;
}
export interface EventRow {
  id: Id<'memberEvent'>;
  member_id: MemberId;
  kind: string;
  text: string;
  done_by: string;
  at: Date;
}

const PAID = "('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED')";
const EXACT_KINDS = ['unionid', 'external_userid', 'phone', 'card', 'pos', 'phone_hash'] as const;
const REPORT_MAX = 200;

/** What headquarters' pages about members read. */
export class MemberDeskStore {
  /**
   * Ids of members that a text may mean, newest first: any identifier as it stands (openids and marketplace numbers
   * also without what is before the colon), a typed phone, the member number, the beginning of a name.
   */
  async search(
    on: Queryable,
    brandId: BrandId,
    wanted: { q?: string; kind?: string; phoneHash: string | null; before?: string; limit: number },
  ): Promise<MemberId[]> {
    const { q, before, limit } = wanted;
    const page = before ? 'AND id < ?' : '';
    const tail: SqlValue[] = before ? [before, limit] : [limit];
    if (!q) {
      const rows = await on.query<{ id: MemberId }>(
        `SELECT id FROM member WHERE brand_id = ? AND status IN ('ACTIVE','DORMANT') ${page} ORDER BY id DESC LIMIT ?`,
        [brandId, ...tail],
      );
      return rows.map((row) => row.id);
    }
    const kinds = wanted.kind ? [wanted.kind] : [...EXACT_KINDS];
    const prefix = beginningWith(q);
    const named = wanted.kind ? [] : [brandId, q, brandId, prefix, brandId, prefix];
    const rows = await on.query<{ id: MemberId }>(
      `SELECT DISTINCT id FROM (
         SELECT member_id AS id FROM member_identifier WHERE brand_id = ? AND kind IN ${marks(kinds)} AND value IN (?, ?)
         UNION ALL SELECT member_id FROM member_identifier WHERE brand_id = ? AND kind IN ('openid','marketplace','pos') AND (value = ? OR value LIKE CONCAT('%:', ?)) AND CHAR_LENGTH(?) >= 6
         UNION ALL SELECT member_id FROM member_hint WHERE brand_id = ? AND kind = 'typed_phone' AND value = ?
         ${wanted.kind ? '' : 'UNION ALL SELECT id FROM member WHERE brand_id = ? AND member_no = ? UNION ALL SELECT id FROM member WHERE brand_id = ? AND nickname LIKE ? UNION ALL SELECT id FROM member WHERE brand_id = ? AND real_name LIKE ?'}
       ) hit WHERE 1 = 1 ${page} ORDER BY id DESC LIMIT ?`,
      [brandId, ...kinds, q, wanted.phoneHash ?? q, brandId, q, q, q, brandId, q, ...named, ...tail],
    );
    return rows.map((row) => row.id);
  }

  async orderFigures(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, OrderFigures>> {
    const rows = await on.query<{ member_id: MemberId; n: string; fen: string; last_at: Date | null }>(
      `SELECT member_id, SUM(kind = 'SALE') AS n, SUM(CASE kind WHEN 'RETURN' THEN -total_fen ELSE total_fen - refunded_fen END) AS fen,
         MAX(created_at) AS last_at FROM sales_order WHERE brand_id = ? AND member_id IN ${marks(ids)} AND state IN ${PAID} GROUP BY member_id`,
      [brandId, ...ids],
    );
    return new Map(
      rows.map((row) => [row.member_id, { count: Number(row.n), totalFen: parseFen(row.fen), lastAt: row.last_at }]),
    );
  }

  async events(
    on: Queryable,
    brandId: BrandId,
    ids: readonly MemberId[],
    before: string | null,
    limit: number,
  ): Promise<EventRow[]> {
    return on.query<EventRow>(
      `SELECT id, member_id, kind, text, done_by, at FROM member_event WHERE brand_id = ? AND member_id IN ${marks(ids)}
       ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      before ? [brandId, ...ids, before, limit] : [brandId, ...ids, limit],
    );
  }

  async sharedPhones(on: Queryable, brandId: BrandId, before: string | null, limit: number): Promise<SharedPhone[]> {
    const rows = await on.query<{
      id: SharedPhone['id'];
      phone: string;
      kind: SharedPhone['kind'];
      note: string;
      added_by: string;
      at: Date;
    }>(
      `SELECT id, phone, kind, note, added_by, at FROM shared_phone WHERE brand_id = ? ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      before ? [brandId, before, limit] : [brandId, limit],
    );
    return rows.map(({ added_by: addedBy, ...rest }) => ({ ...rest, addedBy }));
  }

  /** @returns how many were new */
  async addSharedPhones(tx: Tx, brandId: BrandId, phones: readonly SharedPhone[]): Promise<number> {
    const { affectedRows } = await tx.execute(
      `INSERT IGNORE INTO shared_phone (brand_id, phone, id, kind, note, added_by, at) VALUES ${phones.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      phones.flatMap((one) => [brandId, one.phone, one.id, one.kind, one.note, one.addedBy, one.at]),
    );
    return affectedRows;
  }

  async removeSharedPhone(tx: Tx, brandId: BrandId, id: string): Promise<boolean> {
    return (
      (await tx.execute('DELETE FROM shared_phone WHERE brand_id = ? AND id = ?', [brandId, id])).affectedRows === 1
    );
  }

  /** Records that look like more than one person, and numbers that look like nobody's in particular. */
  async suspicious(
    on: Queryable,
    brandId: BrandId,
    limits: { identifiers: number; phoneMembers: number; since: Date },
  ): Promise<{ kind: AnomalyKind; subject: string; memberId: MemberId | null; found: number }[]> {
    const rows = await on.query<{ kind: AnomalyKind; subject: string; member_id: MemberId | null; n: string }>(
      `(SELECT 'MANY_PHONES' AS kind, CAST(member_id AS CHAR) AS subject, member_id, COUNT(*) AS n FROM (
          SELECT member_id, value FROM member_identifier WHERE brand_id = ? AND kind = 'phone'
          UNION SELECT member_id, value FROM member_hint WHERE brand_id = ? AND kind = 'typed_phone') phones
        GROUP BY member_id HAVING COUNT(*) >= ? ORDER BY n DESC LIMIT ${REPORT_MAX})
       UNION ALL (SELECT 'MANY_IDENTIFIERS', CAST(member_id AS CHAR), member_id, COUNT(*) AS n FROM member_identifier WHERE brand_id = ?
        GROUP BY member_id HAVING COUNT(*) > ? ORDER BY n DESC LIMIT ${REPORT_MAX})
       UNION ALL (SELECT 'PHONE_OF_MANY', h.value, NULL, COUNT(*) AS n FROM member_hint h
        LEFT JOIN shared_phone s ON s.brand_id = h.brand_id AND s.phone = h.value
        WHERE h.brand_id = ? AND h.kind = 'typed_phone' AND s.phone IS NULL GROUP BY h.value HAVING COUNT(*) >= ? ORDER BY n DESC LIMIT ${REPORT_MAX})
       UNION ALL (SELECT 'MERGED_OFTEN', CAST(into_id AS CHAR), into_id, COUNT(*) AS n FROM member_merge
        WHERE brand_id = ? AND live_from IS NOT NULL AND merged_at >= ? GROUP BY into_id HAVING COUNT(*) >= 4 ORDER BY n DESC LIMIT ${REPORT_MAX})`,
      [
        brandId,
        brandId,
        limits.phoneMembers,
        brandId,
        limits.identifiers,
        brandId,
        limits.phoneMembers,
        brandId,
        limits.since,
      ],
    );
    return rows.map((row) => ({ kind: row.kind, subject: row.subject, memberId: row.member_id, found: Number(row.n) }));
  }

  async report(tx: Tx, brandId: BrandId, anomalies: readonly Omit<Anomaly, 'settledAt' | 'note'>[]): Promise<void> {
    if (anomalies.length === 0) return;
    await tx.execute(
      `INSERT INTO identity_anomaly (brand_id, id, day, kind, subject, member_id, found) VALUES ${anomalies.map(() => '(?,?,?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE found = VALUES(found)`,
      anomalies.flatMap((one) => [brandId, one.id, one.day, one.kind, one.subject, one.memberId, one.found]),
    );
  }

  async anomalies(
    on: Queryable,
    brandId: BrandId,
    wanted: { day?: string; isSettled?: boolean; id?: string; before: string | null; limit: number },
  ): Promise<Anomaly[]> {
    const asked = new Conditions('brand_id = ?', brandId);
    if (wanted.day) asked.add('day = ?', wanted.day);
    if (wanted.isSettled !== undefined) asked.add(`settled_at IS ${wanted.isSettled ? 'NOT' : ''} NULL`);
    if (wanted.id) asked.add('id = ?', wanted.id);
    if (wanted.before) asked.add('id < ?', wanted.before);
    const rows = await on.query<{
      id: Anomaly['id'];
      day: string;
      kind: AnomalyKind;
      subject: string;
      member_id: MemberId | null;
      found: number;
      settled_at: Date | null;
      note: string | null;
    }>(
      `SELECT id, day, kind, subject, member_id, found, settled_at, note FROM identity_anomaly WHERE ${asked.sql} ORDER BY id DESC LIMIT ?`,
      [...asked.values, wanted.limit],
    );
    return rows.map(({ member_id: memberId, settled_at: settledAt, ...rest }) => ({ ...rest, memberId, settledAt }));
  }

  async settleAnomaly(tx: Tx, brandId: BrandId, id: string, note: string): Promise<void> {
    await tx.execute('UPDATE identity_anomaly SET settled_at = ?, note = ? WHERE brand_id = ? AND id = ?', [
      tx.now,
      note,
      brandId,
      id,
    ]);
  }

  /** Typed phones of new addresses and devices of new browse events, as hints, in the order of their ids. */
  async newHints(
    on: Queryable,
    brandId: BrandId,
    seen: { address: string; browse: string },
    limit: number,
  ): Promise<{
    addresses: { id: string; memberId: MemberId; phone: string }[];
    devices: { id: string; memberId: MemberId; device: string }[];
  }> {
    const addresses = await on.query<{ id: string; member_id: MemberId; phone: string }>(
      'SELECT id, member_id, phone FROM address WHERE brand_id = ? AND id > ? ORDER BY id LIMIT ?',
      [brandId, seen.address, limit],
    );
    const devices = await on.query<{ id: string; member_id: MemberId | null; anonymous_id: string }>(
      'SELECT id, member_id, anonymous_id FROM browse_event WHERE brand_id = ? AND id > ? ORDER BY id LIMIT ?',
      [brandId, seen.browse, limit],
    );
    return {
      addresses: addresses.map((row) => ({ id: row.id, memberId: row.member_id, phone: row.phone })),
      devices: devices.map((row) => ({
        id: row.id,
        memberId: row.member_id ?? ('0' as MemberId),
        device: row.anonymous_id,
      })),
    };
  }

  async backfills(on: Queryable, brandId: BrandId) {
    return on.query<Record<string, string | number | Date | null>>(
      `SELECT id, source, state, read_rows, created, matched, dormant, candidates, error_rows, busy_ms, started_at, finished_at
       FROM member_backfill WHERE brand_id = ? ORDER BY id DESC LIMIT 100`,
      [brandId],
    );
  }
}
