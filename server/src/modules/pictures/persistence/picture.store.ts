import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type PictureId = Id<'picture'>;
/** NONE needs no check; WAITING has not been asked about, ASKED has; MANUAL waits for a person; REFUSED is never shown. */
export type CheckState = 'NONE' | 'WAITING' | 'ASKED' | 'PASSED' | 'REFUSED' | 'MANUAL';
export interface Picture {
  brandId: BrandId;
  id: PictureId;
  memberId: MemberId;
  openid: string;
  purpose: 'REVIEW' | 'AFTER_SALE' | 'AVATAR';
  url: string;
  check: CheckState;
  tries: number;
  /** The platform's word for what it doubts; null when it has said nothing. */
  label: number | null;
  /** Set when a person has decided about what the platform could not. */
  decision: Decision | null;
  createdAt: Date;
}
export interface Decision {
  isPassed: boolean;
  byName: string;
  note: string;
  at: Date;
}
/** Undecided ones, the longest waiting first; decided ones, the latest first. */
export type DeskPage = { isDecided: false; afterId?: string } | { isDecided: true; before?: { at: Date; id: string } };
type Row = Record<string, unknown>;

const toDecision = (row: Row): Decision | null =>
  row['decided_at'] === null
    ? null
    : {
        isPassed: row['check_state'] === 'PASSED',
        byName: String(row['decided_name']),
        note: String(row['decided_note']),
        at: row['decided_at'] as Date,
      };

const toPicture = (row: Row): Picture => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as PictureId,
  memberId: row['member_id'] as MemberId,
  openid: String(row['openid']),
  purpose: row['purpose'] as Picture['purpose'],
  url: String(row['url']),
  check: row['check_state'] as CheckState,
  tries: Number(row['tries']),
  label: row['check_label'] === null ? null : Number(row['check_label']),
  decision: toDecision(row),
  createdAt: row['created_at'] as Date,
});

type NewPicture = Omit<Picture, 'label' | 'decision'> & { bytes: number; sha256: string };

/** All SQL of consumers' pictures. */
export class PictureStore {
  async insert(tx: Tx, one: NewPicture): Promise<void> {
    await tx.execute(
      'INSERT INTO consumer_picture (brand_id, id, member_id, openid, purpose, url, bytes, sha256, check_state, next_at, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
      [
        one.brandId,
        one.id,
        one.memberId,
        one.openid,
        one.purpose,
        one.url,
        one.bytes,
        one.sha256,
        one.check,
        one.check === 'WAITING' ? tx.now : null,
        tx.now,
      ],
    );
  }

  async many(on: Queryable, brandId: BrandId, ids: readonly string[]): Promise<Picture[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<Row>(`SELECT * FROM consumer_picture WHERE brand_id = ? AND id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
    return rows.map(toPicture);
  }

  async countSince(on: Queryable, brandId: BrandId, memberId: MemberId, since: Date): Promise<number> {
    const [row] = await on.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM consumer_picture WHERE brand_id = ? AND member_id = ? AND created_at >= ?',
      [brandId, memberId, since],
    );
    return Number(row?.n ?? 0);
  }

  async delete(tx: Tx, brandId: BrandId, ids: readonly PictureId[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.execute(`DELETE FROM consumer_picture WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
  }

  /** Whatever the check will say, these are not shown. */
  async drop(tx: Tx, brandId: BrandId, ids: readonly PictureId[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.execute(
      `UPDATE consumer_picture SET check_state = 'REFUSED', next_at = NULL
       WHERE brand_id = ? AND id IN ${marks(ids)} AND check_state IN ('WAITING','ASKED','MANUAL')`,
      [brandId, ...ids],
    );
  }

  /** A member's pictures of a purpose, the newest first. */
  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, purpose: Picture['purpose']): Promise<Picture[]> {
    const rows = await on.query<Row>(
      'SELECT * FROM consumer_picture WHERE brand_id = ? AND member_id = ? AND purpose = ? ORDER BY id DESC',
      [brandId, memberId, purpose],
    );
    return rows.map(toPicture);
  }

  /** Pictures that are kept as proof no longer say which WeChat account sent them. */
  async unname(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    await tx.execute("UPDATE consumer_picture SET openid = '' WHERE brand_id = ? AND member_id = ?", [
      brandId,
      memberId,
    ]);
  }

  /** Pictures to ask about, and those whose verdict did not come; over all brands, for the sweep. */
  async due(on: Queryable, now: Date, limit: number): Promise<Picture[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM consumer_picture WHERE check_state IN ('WAITING','ASKED') AND next_at <= ? ORDER BY next_at LIMIT ?",
      [now, limit],
    );
    return rows.map(toPicture);
  }

  async asked(on: Queryable, one: Picture, traceId: string, until: Date): Promise<void> {
    await on.execute(
      "UPDATE consumer_picture SET check_state = 'ASKED', trace_id = ?, next_at = ? WHERE brand_id = ? AND id = ? AND check_state = 'WAITING'",
      [traceId, until, one.brandId, one.id],
    );
  }

  async later(on: Queryable, one: Picture, at: Date): Promise<void> {
    await on.execute('UPDATE consumer_picture SET tries = tries + 1, next_at = ? WHERE brand_id = ? AND id = ?', [
      at,
      one.brandId,
      one.id,
    ]);
  }

  async giveUp(tx: Tx, one: Picture): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE consumer_picture SET check_state = 'MANUAL', next_at = NULL WHERE brand_id = ? AND id = ? AND check_state IN ('WAITING','ASKED')",
      [one.brandId, one.id],
    );
    return written.affectedRows === 1;
  }

  /** Pictures of a purpose that wait for a person, or that one has decided about. */
  async ofDesk(
    on: Queryable,
    brandId: BrandId,
    purpose: Picture['purpose'],
    page: DeskPage,
    limit: number,
  ): Promise<Picture[]> {
    if (!page.isDecided) {
      const rows = await on.query<Row>(
        `SELECT * FROM consumer_picture WHERE brand_id = ? AND check_state = 'MANUAL' AND purpose = ? AND id > ?
         ORDER BY id LIMIT ?`,
        [brandId, purpose, page.afterId ?? '0', limit],
      );
      return rows.map(toPicture);
    }
    const { before } = page;
    const rows = await on.query<Row>(
      `SELECT * FROM consumer_picture WHERE brand_id = ? AND decided_at IS NOT NULL AND purpose = ?
       ${before ? 'AND (decided_at < ? OR (decided_at = ? AND id < ?))' : ''} ORDER BY decided_at DESC, id DESC LIMIT ?`,
      [brandId, purpose, ...(before ? [before.at, before.at, before.id] : []), limit],
    );
    return rows.map(toPicture);
  }

  /** @returns whether it still waited for a person */
  async decide(
    tx: Tx,
    one: Picture,
    { isPassed, byLabel, byName, note }: Omit<Decision, 'at'> & { byLabel: string },
  ): Promise<boolean> {
    const written = await tx.execute(
      `UPDATE consumer_picture SET check_state = ?, decided_by = ?, decided_name = ?, decided_note = ?, decided_at = ?
       WHERE brand_id = ? AND id = ? AND check_state = 'MANUAL'`,
      [isPassed ? 'PASSED' : 'REFUSED', byLabel, byName, note, tx.now, one.brandId, one.id],
    );
    return written.affectedRows === 1;
  }

  /** Writes a verdict by its trace id, once; a late one still counts for a picture that waits for a person. */
  async conclude(tx: Tx, traceId: string, check: CheckState, label: number): Promise<Picture | null> {
    const [row] = await tx.query<Row>('SELECT * FROM consumer_picture WHERE trace_id = ? FOR UPDATE', [traceId]);
    if (!row || !['ASKED', 'MANUAL'].includes(String(row['check_state']))) return null;
    await tx.execute(
      'UPDATE consumer_picture SET check_state = ?, check_label = ?, next_at = NULL WHERE brand_id = ? AND id = ?',
      [check, label, row['brand_id'] as string, row['id'] as string],
    );
    return { ...toPicture(row), check };
  }
}
