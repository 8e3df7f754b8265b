import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { ExternalContact } from '../../../gateways/wecom/index.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { RelationState } from '../domain/relation.js';

export interface Relation {
  guideId: GuideId;
  externalUserId: string;
  state: RelationState;
  addedAt: Date;
  closedAt: Date | null;
}
export interface RelationWrite extends Relation {
  remark: string;
  addWay: number;
  stateParam: string | null;
  welcomeState: string;
}
/** A contact without unionid and one guide who can read it again. */
export interface Unjoined {
  externalUserId: string;
  guideId: GuideId;
}

interface RelationRow {
  guide_id: GuideId;
  external_userid: string;
  state: RelationState;
  added_at: Date;
  closed_at: Date | null;
}

const RELATION = 'SELECT guide_id, external_userid, state, added_at, closed_at FROM contact_relation';
const relationOf = (row: RelationRow): Relation => ({
  guideId: row.guide_id,
  externalUserId: row.external_userid,
  state: row.state,
  addedAt: row.added_at,
  closedAt: row.closed_at,
});
const CHUNK = 1000;

/** All SQL that keeps contacts and relations in step with WeCom. */
export class ContactsStore {
  async lockRelation(tx: Tx, brandId: BrandId, guideId: GuideId, externalUserId: string): Promise<Relation | null> {
    const [row] = await tx.query<RelationRow>(
      `${RELATION} WHERE brand_id = ? AND guide_id = ? AND external_userid = ? FOR UPDATE`,
      [brandId, guideId, externalUserId],
    );
    return row ? relationOf(row) : null;
  }

  async relationsOf(on: Queryable, brandId: BrandId, guideId: GuideId): Promise<Relation[]> {
    const rows = await on.query<RelationRow>(`${RELATION} WHERE brand_id = ? AND guide_id = ?`, [brandId, guideId]);
    return rows.map(relationOf);
  }

  /** Writes a contact as WeCom shows it. A unionid that is missing this time does not erase the one that is known. */
  async putContact(tx: Tx, brandId: BrandId, contact: ExternalContact): Promise<void> {
    await tx.execute(
      `INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, updated_at) VALUES (?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), avatar_url = VALUES(avatar_url), gender = VALUES(gender),
         unionid = COALESCE(VALUES(unionid), unionid), updated_at = VALUES(updated_at)`,
      [
        brandId,
        contact.externalUserId,
        contact.name.slice(0, 60),
        (contact.avatar ?? '').slice(0, 300),
        contact.gender,
        contact.unionid,
        tx.now,
      ],
    );
  }

  /** A contact that cannot be read yet gets a row without a face, which the next read fills. */
  async putFaceless(tx: Tx, brandId: BrandId, externalUserId: string): Promise<void> {
    await tx.execute(
      `INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, updated_at) VALUES (?,?,'微信用户','',0,?)
       ON DUPLICATE KEY UPDATE external_userid = VALUES(external_userid)`,
      [brandId, externalUserId, tx.now],
    );
  }

  async join(tx: Tx, brandId: BrandId, externalUserId: string, memberId: MemberId): Promise<void> {
    await tx.execute('UPDATE contact SET member_id = ? WHERE brand_id = ? AND external_userid = ?', [
      memberId,
      brandId,
      externalUserId,
    ]);
  }

  async putRelation(tx: Tx, brandId: BrandId, relation: RelationWrite): Promise<void> {
    await tx.execute(
      `INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, state_param, welcome_state, added_at, closed_at, checked_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE state = VALUES(state), remark = VALUES(remark), add_way = VALUES(add_way),
         state_param = COALESCE(VALUES(state_param), state_param),
         welcome_state = IF(VALUES(welcome_state) = 'NONE', welcome_state, VALUES(welcome_state)),
         added_at = VALUES(added_at), closed_at = VALUES(closed_at), checked_at = VALUES(checked_at)`,
      [
        brandId,
        relation.guideId,
        relation.externalUserId,
        relation.state,
        relation.remark.slice(0, 60),
        relation.addWay,
        relation.stateParam,
        relation.welcomeState,
        relation.addedAt,
        relation.closedAt,
        tx.now,
      ],
    );
  }

  async moveRelation(
    tx: Tx,
    brandId: BrandId,
    one: Pick<Relation, 'guideId' | 'externalUserId' | 'state' | 'closedAt'>,
  ) {
    await tx.execute(
      `UPDATE contact_relation SET state = ?, closed_at = ?, checked_at = ?
       WHERE brand_id = ? AND guide_id = ? AND external_userid = ?`,
      [one.state, one.closedAt, tx.now, brandId, one.guideId, one.externalUserId],
    );
  }

  async closeMissing(tx: Tx, brandId: BrandId, guideId: GuideId, externalUserIds: readonly string[]): Promise<void> {
    for (let from = 0; from < externalUserIds.length; from += CHUNK) {
      const part = externalUserIds.slice(from, from + CHUNK);
      await tx.execute(
        `UPDATE contact_relation SET state = 'REMOVED', closed_at = ?, checked_at = ?
         WHERE brand_id = ? AND guide_id = ? AND state IN ('FRIEND', 'HALF') AND external_userid IN ${marks(part)}`,
        [tx.now, tx.now, brandId, guideId, ...part],
      );
    }
  }

  async unjoined(on: Queryable, brandId: BrandId, limit: number): Promise<Unjoined[]> {
    const rows = await on.query<{ external_userid: string; guide_id: GuideId }>(
      `SELECT c.external_userid, MIN(r.guide_id) AS guide_id FROM contact c
       JOIN contact_relation r ON r.brand_id = c.brand_id AND r.external_userid = c.external_userid AND r.state = 'FRIEND'
       WHERE c.brand_id = ? AND c.unionid IS NULL GROUP BY c.external_userid, c.updated_at ORDER BY c.updated_at LIMIT ?`,
      [brandId, limit],
    );
    return rows.map((row) => ({ externalUserId: row.external_userid, guideId: row.guide_id }));
  }

  /** The corporation removed the employee: no task, no code, no new binding goes to them any more. */
  async markLeft(tx: Tx, brandId: BrandId, guideId: GuideId): Promise<void> {
    await tx.execute("UPDATE guide SET status = 'LEFT' WHERE brand_id = ? AND id = ?", [brandId, guideId]);
  }

  /** Back in the app's visible range: a guide again, with everything that was there before. */
  async markBack(tx: Tx, brandId: BrandId, guideId: GuideId): Promise<void> {
    await tx.execute("UPDATE guide SET status = 'ACTIVE' WHERE brand_id = ? AND id = ? AND status = 'LEFT'", [
      brandId,
      guideId,
    ]);
  }

  async renameUserid(tx: Tx, brandId: BrandId, guideId: GuideId, userid: string): Promise<void> {
    await tx.execute('UPDATE guide SET wecom_userid = ? WHERE brand_id = ? AND id = ?', [userid, brandId, guideId]);
  }

  /** Takes the night's comparison for one brand until the given instant; false when it is not due or another has it. */
  async takeNight(tx: Tx, brandId: BrandId, until: Date): Promise<boolean> {
    const name = `contacts.reconcile:${brandId}`;
    const [row] = await tx.query<{ until_at: Date }>('SELECT until_at FROM lease WHERE name = ? FOR UPDATE', [name]);
    if (!row) {
      // The first night is waited for: right after an installation the roster may still be loading.
      const sql = `INSERT INTO lease (name, owner, fence, until_at) VALUES (?, 'contacts', 0, ?)
        ON DUPLICATE KEY UPDATE name = VALUES(name)`;
      await tx.execute(sql, [name, until]);
      return false;
    }
    if (row.until_at > tx.now) return false;
    await tx.execute('UPDATE lease SET fence = fence + 1, until_at = ? WHERE name = ?', [until, name]);
    return true;
  }
}
