import type { NoticeKind, NoticeState } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { containing } from '../../../platform/database/conditions.js';
import { type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type NoticeId = Id<'subscribe-notice'>;
export interface NoticeLine {
  label: string;
  value: string;
}

/** One message to one member about one event. */
export interface Notice {
  brandId: BrandId;
  id: NoticeId;
  kind: NoticeKind;
  memberId: MemberId;
  facts: Record<string, unknown>;
  state: NoticeState;
  reason: string;
  errcode: number | null;
  templateId: string | null;
  openid: string | null;
  lines: NoticeLine[];
  page: string | null;
  attempts: number;
  nextAt: Date | null;
  createdAt: Date;
  goodUntil: Date;
  doneAt: Date | null;
}
export type DeskNoticeRow = Notice & { memberName: string | null };

export interface NoticeDraft {
  id: NoticeId;
  kind: NoticeKind;
  memberId: MemberId;
  eventId: Id<'event'>;
  facts: Record<string, unknown>;
  /** At once, unless told otherwise. */
  notBefore?: Date;
  goodUntil: Date;
}

type Row = Record<string, unknown>;
const noticeOf = (row: Row): Notice => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as NoticeId,
  kind: row['kind'] as NoticeKind,
  memberId: row['member_id'] as MemberId,
  facts: JSON.parse(row['facts'] as string) as Record<string, unknown>,
  state: row['state'] as NoticeState,
  reason: row['reason'] as string,
  errcode: row['errcode'] === null ? null : Number(row['errcode']),
  templateId: row['template_id'] as string | null,
  openid: row['openid'] as string | null,
  lines: row['lines_sent'] ? (JSON.parse(row['lines_sent'] as string) as NoticeLine[]) : [],
  page: row['page'] as string | null,
  attempts: Number(row['attempts']),
  nextAt: row['next_at'] as Date | null,
  createdAt: row['created_at'] as Date,
  goodUntil: row['good_until'] as Date,
  doneAt: row['done_at'] as Date | null,
});

type Changes = Readonly<Partial<Record<ChangedColumn, SqlValue>>>;
type ChangedColumn =
  | 'state'
  | 'reason'
  | 'errcode'
  | 'template_id'
  | 'openid'
  | 'lines_sent'
  | 'page'
  | 'attempts'
  | 'next_at'
  | 'done_at';

/** All SQL about messages themselves. */
export class NoticeStore {
  /** One message for each event, member and kind, however often the event comes. */
  async insert(tx: Tx, brandId: BrandId, drafts: readonly NoticeDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    await tx.execute(
      `INSERT INTO notice (brand_id, id, kind, member_id, event_id, facts, state, reason, attempts, next_at, created_at, good_until)
       VALUES ${drafts.map(() => "(?,?,?,?,?,?,'WAITING','',0,?,?,?)").join(',')} ON DUPLICATE KEY UPDATE id = id`,
      drafts.flatMap((one): SqlValue[] => [
        ...[brandId, one.id, one.kind, one.memberId, one.eventId, JSON.stringify(one.facts)],
        ...[one.notBefore ?? tx.now, tx.now, one.goodUntil],
      ]),
    );
  }

  due(on: Queryable, now: Date, limit: number): Promise<{ brand_id: BrandId; id: NoticeId }[]> {
    return on.query(
      "SELECT brand_id, id FROM notice WHERE state = 'WAITING' AND next_at <= ? ORDER BY next_at LIMIT ?",
      [now, limit],
    );
  }

  /** @returns null when it is not waiting any more */
  async lockDue(tx: Tx, brandId: BrandId, id: NoticeId): Promise<Notice | null> {
    const [row] = await tx.query<Row>(
      "SELECT * FROM notice WHERE brand_id = ? AND id = ? AND state = 'WAITING' AND next_at <= ? FOR UPDATE",
      [brandId, id, tx.now],
    );
    return row ? noticeOf(row) : null;
  }

  async set(tx: Tx, one: Pick<Notice, 'brandId' | 'id'>, changes: Changes): Promise<void> {
    const columns = Object.keys(changes) as ChangedColumn[];
    await tx.execute(
      `UPDATE notice SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE brand_id = ? AND id = ?`,
      [...columns.map((name) => changes[name] ?? null), one.brandId, one.id],
    );
  }

  /** @returns false when somebody else has given this sending up meanwhile */
  async lockSending(tx: Tx, one: Pick<Notice, 'brandId' | 'id' | 'attempts'>): Promise<boolean> {
    const rows = await tx.query(
      "SELECT id FROM notice WHERE brand_id = ? AND id = ? AND state = 'SENDING' AND attempts = ? FOR UPDATE",
      [one.brandId, one.id, one.attempts],
    );
    return rows.length === 1;
  }

  /** Sendings whose process must have died: whether they arrived is unknown. */
  async giveUpStuck(tx: Tx, reason: string): Promise<number> {
    const { affectedRows } = await tx.execute(
      "UPDATE notice SET state = 'UNKNOWN', reason = ?, next_at = NULL, done_at = ? WHERE state = 'SENDING' AND next_at <= ?",
      [reason, tx.now, tx.now],
    );
    return affectedRows;
  }

  /**
   * A consent has come: what lately found none is due again, the newest first, because the question was asked about that.
   * Waiting ones are in the WHERE so that this waits for whoever is just looking for a consent and would not see this one;
   * they keep their time.
   * @param most how many the consent pays for
   */
  async wake(
    tx: Tx,
    { brandId, memberId, kind }: Pick<Notice, 'brandId' | 'memberId' | 'kind'>,
    since: Date,
    most: number,
  ): Promise<void> {
    await tx.execute(
      `UPDATE notice SET next_at = IF(state = 'WAITING', next_at, ?), state = 'WAITING', reason = '', errcode = NULL, done_at = NULL
       WHERE brand_id = ? AND member_id = ? AND kind = ? AND created_at > ? AND state IN ('NO_CONSENT', 'WAITING')
       ORDER BY id DESC LIMIT ?`,
      [tx.now, brandId, memberId, kind, since, most],
    );
  }

  /** A page of what reached a member, or may have. */
  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, before: string | null, limit: number) {
    const rows = await on.query<Row>(
      `SELECT * FROM notice WHERE brand_id = ? AND member_id = ? AND state IN ('SENT', 'UNKNOWN')${before ? ' AND id < ?' : ''}
       ORDER BY id DESC LIMIT ?`,
      [brandId, memberId, ...(before ? [before] : []), limit + 1],
    );
    return rows.map(noticeOf);
  }

  async ofBrand(
    on: Queryable,
    brandId: BrandId,
    filter: { kind?: NoticeKind; state?: NoticeState; q?: string; before: string | null },
    limit: number,
  ): Promise<DeskNoticeRow[]> {
    const values: SqlValue[] = [brandId];
    let where = 'n.brand_id = ?';
    const add = (sql: string, value: SqlValue | undefined | null) => {
      if (value === undefined || value === null || value === '') return;
      where += ` AND ${sql}`;
      values.push(value);
    };
    add('n.kind = ?', filter.kind);
    add('n.state = ?', filter.state);
    add('m.nickname LIKE ?', filter.q ? containing(filter.q) : null);
    add('n.id < ?', filter.before);
    const rows = await on.query<Row>(
      `SELECT n.*, m.nickname AS member_name FROM notice n LEFT JOIN member m ON m.brand_id = n.brand_id AND m.id = n.member_id
       WHERE ${where} ORDER BY n.id DESC LIMIT ?`,
      [...values, limit + 1],
    );
    return rows.map((row) => ({ ...noticeOf(row), memberName: row['member_name'] as string | null }));
  }

  /** What never left and is old tells nobody anything. */
  async tidy(tx: Tx, before: Date, limit: number): Promise<number> {
    const { affectedRows } = await tx.execute(
      "DELETE FROM notice WHERE state IN ('NO_CONSENT', 'STOPPED', 'DROPPED') AND next_at <= ? LIMIT ?",
      [before, limit],
    );
    return affectedRows;
  }
}
