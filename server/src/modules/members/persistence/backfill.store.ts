import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface Backfill {
  id: Id<'backfill'>;
  state: 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED';
  /** Where the next unread line begins. */
  nextByte: number;
  readRows: number;
  created: number;
  matched: number;
  dormant: number;
  /** Rows that named more than one member. */
  candidates: number;
  errorRows: number;
  busyMs: number;
}
export interface OldMemberRow {
  id: MemberId;
  memberNo: string;
  nickname: string;
  realName: string | null;
  birthday: string | null;
  phoneMasked: string | null;
  status: 'ACTIVE' | 'DORMANT';
  joinedAt: Date;
}

const CHUNK = 1000;

/** Back-fills of old members and how far they have come. */
export class BackfillStore {
  async open(tx: Tx, brandId: BrandId, run: { id: Backfill['id']; source: string; hash: string }): Promise<Backfill> {
    await tx.execute(
      `INSERT INTO member_backfill (brand_id, id, source, source_hash, state, next_byte, read_rows, created, matched, dormant, candidates, error_rows, busy_ms, started_at)
       VALUES (?,?,?,?,'RUNNING',0,0,0,0,0,0,0,0,?) ON DUPLICATE KEY UPDATE state = IF(state = 'DONE', state, 'RUNNING')`,
      [brandId, run.id, run.source.slice(0, 120), run.hash, tx.now],
    );
    return (await this.find(tx, brandId, run.hash, true)) as Backfill;
  }

  async find(on: Queryable, brandId: BrandId, hash: string, lock = false): Promise<Backfill | null> {
    const [row] = await on.query<Record<string, string>>(
      `SELECT id, state, next_byte, read_rows, created, matched, dormant, candidates, error_rows, busy_ms FROM member_backfill
       WHERE brand_id = ? AND source_hash = ? ${lock ? 'FOR UPDATE' : ''}`,
      [brandId, hash],
    );
    if (!row) return null;
    return {
      id: row['id'] as Backfill['id'],
      state: row['state'] as Backfill['state'],
      nextByte: Number(row['next_byte']),
      readRows: Number(row['read_rows']),
      created: Number(row['created']),
      matched: Number(row['matched']),
      dormant: Number(row['dormant']),
      candidates: Number(row['candidates']),
      errorRows: Number(row['error_rows']),
      busyMs: Number(row['busy_ms']),
    };
  }

  async save(tx: Tx, brandId: BrandId, run: Backfill): Promise<void> {
    await tx.execute(
      `UPDATE member_backfill SET state = ?, next_byte = ?, read_rows = ?, created = ?, matched = ?, dormant = ?, candidates = ?, error_rows = ?, busy_ms = ?,
         finished_at = IF(? = 'DONE', ?, finished_at) WHERE brand_id = ? AND id = ?`,
      [
        run.state,
        run.nextByte,
        run.readRows,
        run.created,
        run.matched,
        run.dormant,
        run.candidates,
        run.errorRows,
        run.busyMs,
        run.state,
        tx.now,
        brandId,
        run.id,
      ],
    );
  }

  async addErrors(
    tx: Tx,
    brandId: BrandId,
    id: Backfill['id'],
    errors: readonly { row: number; problem: string }[],
  ): Promise<void> {
    if (errors.length === 0) return;
    await tx.execute(
      `INSERT IGNORE INTO member_backfill_error (brand_id, backfill_id, row_no, problem) VALUES ${errors.map(() => '(?,?,?,?)').join(',')}`,
      errors.flatMap((one) => [brandId, id, one.row, one.problem.slice(0, 200)]),
    );
  }

  async insert(tx: Tx, brandId: BrandId, rows: readonly OldMemberRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += CHUNK) {
      const part = rows.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, phone_masked, level, growth, origin, status, joined_at, real_name, birthday)
         VALUES ${part.map(() => "(?,?,?,?,'',?,1,0,'IMPORT',?,?,?,?)").join(',')}`,
        part.flatMap((one) => [
          brandId,
          one.id,
          one.memberNo,
          one.nickname,
          one.phoneMasked,
          one.status,
          one.joinedAt,
          one.realName,
          one.birthday,
        ]),
      );
    }
  }

  /** Sleeping members that no order, asset, guide or identifier of another source refers to; locked. */
  async idle(tx: Tx, brandId: BrandId, ids: readonly MemberId[]): Promise<MemberId[]> {
    const rows = await tx.query<{ id: MemberId }>(
      `SELECT m.id FROM member m WHERE m.brand_id = ? AND m.id IN ${marks(ids)} AND m.status = 'DORMANT' AND m.merged_into IS NULL
         AND NOT EXISTS (SELECT 1 FROM member_identifier i WHERE i.brand_id = m.brand_id AND i.member_id = m.id AND i.source <> 'IMPORT')
         AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.brand_id = m.brand_id AND o.member_id = m.id)
         AND NOT EXISTS (SELECT 1 FROM asset_account a WHERE a.brand_id = m.brand_id AND a.owner_id = m.id AND a.entry_count > 0)
       ORDER BY m.id FOR UPDATE`,
      [brandId, ...ids],
    );
    return rows.map((row) => row.id);
  }

  async remove(tx: Tx, brandId: BrandId, ids: readonly MemberId[]): Promise<void> {
    await tx.execute(`DELETE FROM member_identifier WHERE brand_id = ? AND member_id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
    await tx.execute(`DELETE FROM member WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
  }
}
