import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface AccessRow {
  id: Id<'dataAccess'>;
  who: string;
  what: string;
  times: number;
  at: Date;
}
export interface ExportRow {
  id: Id<'dataExport'>;
  member_id: MemberId;
  at: Date;
  expires_at: Date;
}
export type ChangeState = 'OPEN' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';
export interface Change {
  id: Id<'guideChange'>;
  memberId: MemberId;
  fromGuideId: GuideId | null;
  toGuideId: GuideId | null;
  storeId: StoreId | null;
  reason: string;
  state: ChangeState;
  at: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  note: string | null;
}

interface ChangeRow {
  id: Id<'guideChange'>;
  member_id: MemberId;
  from_guide_id: GuideId | null;
  to_guide_id: GuideId | null;
  store_id: StoreId | null;
  reason: string;
  state: ChangeState;
  at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  note: string | null;
}
const CHANGE =
  'SELECT id, member_id, from_guide_id, to_guide_id, store_id, reason, state, at, decided_at, decided_by, note FROM guide_change';
const changeOf = (row: ChangeRow): Change => ({
  id: row.id,
  memberId: row.member_id,
  fromGuideId: row.from_guide_id,
  toGuideId: row.to_guide_id,
  storeId: row.store_id,
  reason: row.reason,
  state: row.state,
  at: row.at,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  note: row.note,
});

/** All SQL about a consumer's rights over data. */
export class MyDataStore {
  async lockMember(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    await tx.query('SELECT id FROM member WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, memberId]);
  }

  async accesses(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    before: string | null,
    limit: number,
  ): Promise<AccessRow[]> {
    return on.query<AccessRow>(
      `SELECT id, who, what, times, at FROM data_access WHERE brand_id = ? AND member_id = ? ${before ? 'AND id < ?' : ''}
       ORDER BY id DESC LIMIT ?`,
      before ? [brandId, memberId, before, limit] : [brandId, memberId, limit],
    );
  }

  async addExport(tx: Tx, brandId: BrandId, row: ExportRow & { keyHash: string }): Promise<void> {
    await tx.execute(
      'INSERT INTO data_export (brand_id, id, member_id, key_hash, at, expires_at) VALUES (?,?,?,?,?,?)',
      [brandId, row.id, row.member_id, row.keyHash, row.at, row.expires_at],
    );
  }

  async exports(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<ExportRow[]> {
    return on.query<ExportRow>(
      'SELECT id, member_id, at, expires_at FROM data_export WHERE brand_id = ? AND member_id = ? ORDER BY id DESC LIMIT 20',
      [brandId, memberId],
    );
  }

  async exportByKey(
    on: Queryable,
    keyHash: string,
  ): Promise<{ brandId: BrandId; memberId: MemberId; expiresAt: Date } | null> {
    const [row] = await on.query<{ brand_id: BrandId; member_id: MemberId; expires_at: Date }>(
      'SELECT brand_id, member_id, expires_at FROM data_export WHERE key_hash = ?',
      [keyHash],
    );
    return row ? { brandId: row.brand_id, memberId: row.member_id, expiresAt: row.expires_at } : null;
  }

  async addChange(tx: Tx, brandId: BrandId, change: Change): Promise<void> {
    await tx.execute(
      `INSERT INTO guide_change (brand_id, id, member_id, from_guide_id, to_guide_id, store_id, reason, state, open_of, at, decided_at, decided_by)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        brandId,
        change.id,
        change.memberId,
        change.fromGuideId,
        change.toGuideId,
        change.storeId,
        change.reason,
        change.state,
        change.state === 'OPEN' ? change.memberId : null,
        change.at,
        change.decidedAt,
        change.decidedBy,
      ],
    );
  }

  async lockChange(tx: Tx, brandId: BrandId, id: string): Promise<Change | null> {
    const [row] = await tx.query<ChangeRow>(`${CHANGE} WHERE brand_id = ? AND id = ? FOR UPDATE`, [brandId, id]);
    return row ? changeOf(row) : null;
  }

  async decideChange(
    tx: Tx,
    brandId: BrandId,
    id: string,
    decided: { state: ChangeState; by: string; note: string | null; toGuideId: GuideId | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE guide_change SET state = ?, open_of = NULL, decided_at = ?, decided_by = ?, note = ?, to_guide_id = COALESCE(?, to_guide_id)
       WHERE brand_id = ? AND id = ?`,
      [decided.state, tx.now, decided.by, decided.note, decided.toGuideId, brandId, id],
    );
  }

  async changes(
    on: Queryable,
    brandId: BrandId,
    wanted: {
      memberId?: MemberId;
      storeId?: StoreId;
      state?: string;
      id?: string;
      isOpen?: boolean;
      before?: string | null;
      limit: number;
    },
  ): Promise<Change[]> {
    const where = ['brand_id = ?'];
    const values: SqlValue[] = [brandId];
    const add = (sql: string, value: SqlValue) => {
      where.push(sql);
      values.push(value);
    };
    if (wanted.memberId) add('member_id = ?', wanted.memberId);
    if (wanted.storeId) add('store_id = ?', wanted.storeId);
    if (wanted.state) add('state = ?', wanted.state);
    if (wanted.id) add('id = ?', wanted.id);
    if (wanted.isOpen !== undefined) add(wanted.isOpen ? 'state = ?' : 'state <> ?', 'OPEN');
    if (wanted.before) add('id < ?', wanted.before);
    const rows = await on.query<ChangeRow>(`${CHANGE} WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, [
      ...values,
      wanted.limit,
    ]);
    return rows.map(changeOf);
  }

  /** What is left of somebody who has left: a number that orders refer to. */
  async anonymise(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE member SET status = 'CANCELLED', nickname = '已注销', avatar_url = '', phone_masked = NULL, real_name = NULL, birthday = NULL,
         last_store_id = NULL, is_personalised = 0, cancelled_at = ?, version = version + 1 WHERE brand_id = ? AND id = ? AND status = 'ACTIVE'`,
      [tx.now, brandId, memberId],
    );
    return affectedRows === 1;
  }

  /** Identities, consents and memberships; records that were merged into this one go the same way. */
  async forget(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    for (const table of ['member_identifier', 'consent', 'membership'])
      await tx.execute(`DELETE FROM ${table} WHERE brand_id = ? AND member_id = ?`, [brandId, memberId]);
    await tx.execute('DELETE FROM merge_candidate WHERE brand_id = ? AND (a_id = ? OR b_id = ?)', [
      brandId,
      memberId,
      memberId,
    ]);
    await tx.execute(
      `UPDATE member m JOIN member_merge g ON g.brand_id = m.brand_id AND g.live_from = m.id
       SET m.nickname = '已注销', m.avatar_url = '', m.phone_masked = NULL, m.real_name = NULL, m.birthday = NULL
       WHERE m.brand_id = ? AND g.into_id = ?`,
      [brandId, memberId],
    );
    await tx.execute(
      `DELETE e FROM consent_event e JOIN member_merge g ON g.brand_id = e.brand_id AND g.live_from = e.member_id
       WHERE e.brand_id = ? AND g.into_id = ?`,
      [brandId, memberId],
    );
    await tx.execute(
      `DELETE r FROM member_merge_row r JOIN member_merge g ON g.brand_id = r.brand_id AND g.id = r.merge_id
       WHERE g.brand_id = ? AND g.into_id = ? AND r.subject IN ('identifier','hint','face','consent','binding','cart')`,
      [brandId, memberId],
    );
  }
}
