import type { BrandId, GuideId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface CorpTagRow {
  id: string;
  groupId: string;
  groupName: string;
  name: string;
}

/** All SQL of the mirror of WeCom's tags. */
export class CorpTagsStore {
  /** Replaces the library: a renamed tag keeps its id, one that is not listed any more is gone with all its marks. */
  async putLibrary(tx: Tx, brandId: BrandId, tags: readonly CorpTagRow[]): Promise<void> {
    if (tags.length > 0)
      await tx.execute(
        `INSERT INTO corp_tag (brand_id, id, group_id, group_name, name, state, seen_at) VALUES ${tags.map(() => "(?,?,?,?,?,'ACTIVE',?)").join(',')}
         ON DUPLICATE KEY UPDATE group_id = VALUES(group_id), group_name = VALUES(group_name), name = VALUES(name), state = 'ACTIVE', seen_at = VALUES(seen_at)`,
        tags.flatMap((tag) => [brandId, tag.id, tag.groupId, tag.groupName, tag.name, tx.now]),
      );
    const ids = tags.map((tag) => tag.id);
    const listed = tags.length > 0 ? `AND id NOT IN ${marks(ids)}` : '';
    await tx.execute(`UPDATE corp_tag SET state = 'GONE' WHERE brand_id = ? AND state = 'ACTIVE' ${listed}`, [
      brandId,
      ...ids,
    ]);
    await tx.execute(
      `DELETE t FROM contact_tag t JOIN corp_tag c ON c.brand_id = t.brand_id AND c.id = t.tag_id WHERE t.brand_id = ? AND c.state = 'GONE'`,
      [brandId],
    );
  }

  /**
   * What one guide's contact is marked with: the last look wins, but for tags about which it says nothing.
   * @param held tags with a wish of ours that is open, or was granted after the look
   * @returns whether anything changed
   */
  async putMarks(
    tx: Tx,
    brandId: BrandId,
    guideId: GuideId,
    externalUserId: string,
    seenTagIds: readonly string[],
    held: ReadonlySet<string>,
  ): Promise<boolean> {
    const tagIds = seenTagIds.filter((id) => !held.has(id));
    const left = [...new Set([...tagIds, ...held])];
    const keep = left.length > 0 ? `AND tag_id NOT IN ${marks(left)}` : '';
    const pair = [brandId, guideId, externalUserId];
    const gone = await tx.execute(
      `DELETE FROM contact_tag WHERE brand_id = ? AND guide_id = ? AND external_userid = ? ${keep}`,
      [...pair, ...left],
    );
    if (tagIds.length === 0) return gone.affectedRows > 0;
    const added = await tx.execute(
      `INSERT IGNORE INTO contact_tag (brand_id, guide_id, external_userid, tag_id, seen_at) VALUES ${tagIds.map(() => '(?,?,?,?,?)').join(',')}`,
      tagIds.flatMap((id) => [...pair, id, tx.now]),
    );
    return gone.affectedRows + added.affectedRows > 0;
  }

  /** Living marks of a contact from all its guides, with the names of today. */
  async marksOf(on: Queryable, brandId: BrandId, externalUserId: string): Promise<CorpTagRow[]> {
    const rows = await on.query<{ id: string; group_id: string; group_name: string; name: string }>(
      `SELECT DISTINCT c.id, c.group_id, c.group_name, c.name FROM contact_tag t JOIN corp_tag c ON c.brand_id = t.brand_id AND c.id = t.tag_id
       WHERE t.brand_id = ? AND t.external_userid = ? AND c.state = 'ACTIVE' ORDER BY c.id`,
      [brandId, externalUserId],
    );
    return rows.map((row) => ({ id: row.id, groupId: row.group_id, groupName: row.group_name, name: row.name }));
  }
}
