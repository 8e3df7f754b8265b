import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { freezeRow, type MemberAssetMover, MergeRowsStore, putBack, thawRow } from '../../one-id/index.js';

type Row = Record<string, unknown> & {
  member_id: MemberId;
  guide_id: string;
  bound_at: Date;
  protected_until: Date;
  evidence: string;
};
const journal = new MergeRowsStore();
const SUBJECT = 'binding';

async function bindingsOf(on: Queryable, brandId: BrandId, from: MemberId, into: MemberId, lock: boolean) {
  const rows = await on.query<Row>(
    `SELECT * FROM binding WHERE brand_id = ? AND member_id IN (?, ?) ORDER BY member_id ${lock ? 'FOR UPDATE' : ''}`,
    [brandId, from, into],
  );
  const guides = await on.query<{ id: string; name: string; status: string }>(
    `SELECT id, name, status FROM guide WHERE brand_id = ? AND id IN (?, ?)`,
    [brandId, rows[0]?.guide_id ?? '0', rows[1]?.guide_id ?? '0'],
  );
  const of = (id: MemberId) => rows.find((row) => row.member_id === id) ?? null;
  const guideOf = (row: Row | null) => guides.find((one) => one.id === row?.guide_id) ?? null;
  return { mine: of(from), theirs: of(into), guideOf };
}

/**
 * The guide conflict rule of a merge: a guide who is still there before one who has left, a protected binding before an
 * open one, then the one that was made last. @returns true when the binding of the record that ends goes on
 */
function isMineKept(mine: Row, theirs: Row, isThere: (row: Row) => boolean, now: Date): boolean {
  const rank = (row: Row) => [Number(isThere(row)), Number(row.protected_until > now), row.bound_at.getTime()];
  const [a, b] = [rank(mine), rank(theirs)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at !== -1 && (a[at] as number) > (b[at] as number);
}

/** The exclusive guide follows a merge: one stays, the other is kept aside and returns when the merge is taken back. */
export const bindingMover: MemberAssetMover = {
  tables: ['binding'],
  async preview(on, brandId, from, into) {
    const { mine, theirs, guideOf } = await bindingsOf(on, brandId, from, into, false);
    if (!mine) return [];
    const [mineName, theirName] = [guideOf(mine)?.name ?? '原导购', theirs && (guideOf(theirs)?.name ?? '原导购')];
    const isConflict = theirs !== null && theirs.guide_id !== mine.guide_id;
    const keepsMine =
      theirs === null || isMineKept(mine, theirs, (row) => guideOf(row)?.status === 'ACTIVE', new Date(8.64e15));
    return [
      {
        subject: SUBJECT,
        title: '专属导购',
        text: isConflict
          ? '两边的专属导购不同：在职的优先，其次保护期内的，再次后建立的；另一位的记录保留，拆分时恢复'
          : '专属导购关系随会员保留',
        fromText: mineName,
        intoText: theirName ?? '没有专属导购',
        afterText: keepsMine ? mineName : (theirName ?? mineName),
        isWarning: isConflict,
      },
    ];
  },

  async move(tx, move) {
    const { brandId, from, into } = move;
    const { mine, theirs, guideOf } = await bindingsOf(tx, brandId, from, into, true);
    if (!mine) return 0;
    const keepsMine = theirs === null || isMineKept(mine, theirs, (row) => guideOf(row)?.status === 'ACTIVE', move.at);
    await journal.note(tx, move, SUBJECT, [
      { key: 'from', kept: freezeRow(mine) },
      ...(theirs ? [{ key: 'into', kept: freezeRow(theirs) }] : []),
    ]);
    const remove = 'DELETE FROM binding WHERE brand_id = ? AND member_id = ?';
    if (!keepsMine) await tx.execute(remove, [brandId, from]);
    else {
      await tx.execute(remove, [brandId, into]);
      await tx.execute('UPDATE binding SET member_id = ? WHERE brand_id = ? AND member_id = ?', [into, brandId, from]);
    }
    return 1;
  },

  /** A guide whom the remaining record got since the merge stays its guide. */
  async moveBack(tx, { brandId, mergeId, from, into }) {
    const kept = new Map((await journal.noted(tx, brandId, mergeId, SUBJECT)).map((one) => [one.key, one.kept]));
    const mine = kept.get('from');
    if (!mine) return 0;
    const { theirs: now } = await bindingsOf(tx, brandId, from, into, true);
    const before = kept.get('into');
    const old = thawRow(mine);
    const isFromTheMerge =
      now !== null &&
      now.guide_id === String(old['guide_id']) &&
      now.evidence === old['evidence'] &&
      now.bound_at.getTime() === (old['bound_at'] as Date).getTime();
    if (isFromTheMerge) {
      await tx.execute('DELETE FROM binding WHERE brand_id = ? AND member_id = ?', [brandId, into]);
      if (before) await putBack(tx, 'binding', [before]);
    }
    await putBack(tx, 'binding', [mine]);
    return 1;
  },
};
