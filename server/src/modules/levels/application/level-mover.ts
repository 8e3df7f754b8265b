import { type BrandId, groupedText, type MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AssetLedger } from '../../asset-ledger/index.js';
import { freezeRow, type MemberAssetMover, type MemberMove, MergeRowsStore, thawRow } from '../../one-id/index.js';
import { levelAt } from '../domain/level-scheme.js';
import type { LevelRow } from '../persistence/level.store.js';
import { effectiveLevel, type Levels } from './levels.js';

const SUBJECT = 'level';
const journal = new MergeRowsStore();
type Grant = Pick<LevelRow, 'grantedLevel' | 'grantedUntil'>;

/** Where the remaining member stood before a merge, and the level that the merge gave; null: none. */
interface Before extends LevelRow {
  givenLevel: number | null;
  givenUntil: Date | null;
}

/** Notes it with the merge, the first time only: a merge may move again what came later. */
async function keepBefore(tx: Tx, move: MemberMove, standing: LevelRow, given: Grant | null): Promise<void> {
  if ((await journal.noted(tx, move.brandId, move.mergeId, SUBJECT)).length > 0) return;
  const kept = freezeRow({
    ...standing,
    givenLevel: given?.grantedLevel ?? null,
    givenUntil: given?.grantedUntil ?? null,
  });
  await journal.note(tx, move, SUBJECT, [{ key: move.into, kept }]);
}

/**
 * The remaining member's standing without the merge: what the other's growth had lifted is taken back, and the own grant
 * has its place again unless another one came since.
 */
function withoutMerge(now: LevelRow, before: Before): LevelRow {
  const isGiven =
    now.grantedLevel === before.givenLevel && now.grantedUntil?.getTime() === before.givenUntil?.getTime();
  const { grantedLevel, grantedUntil } = isGiven ? before : now;
  const { level, since, periodEndsAt } = now.level > before.level ? before : now;
  return { ...now, level, since, periodEndsAt, grantedLevel, grantedUntil };
}

/** At a merge the higher of two levels wins until its period ends; taking apart leaves each with what growth reaches. */
export function levelMover(levels: Levels, ledger: AssetLedger): MemberAssetMover {
  const refreshCards = async (tx: Tx, brandId: BrandId, ids: readonly MemberId[]) => {
    const books = await ledger.rows.load(tx, brandId, 'GROWTH', ids);
    await levels.reassess(tx, brandId, await levels.scheme(brandId, tx), books);
  };
  return {
    tables: ['member_level'],
    preview: async (on: Queryable, brandId, from, into) => {
      const scheme = await levels.scheme(brandId);
      const [a, b] = [await levels.rows.card(on, brandId, from), await levels.rows.card(on, brandId, into)];
      if (!a || !b || (a.level === b.level && a.growth === 0)) return [];
      const text = (card: { level: number; growth: number }) =>
        `${levelAt(scheme, card.level).name} · 成长值 ${groupedText(card.growth)}`;
      const after = { level: Math.max(a.level, b.level), growth: a.growth + b.growth };
      return [
        {
          subject: 'LEVEL',
          title: '会员等级',
          fromText: text(a),
          intoText: text(b),
          afterText: text(after),
          text: '保留较高的等级，直到它的有效期结束；成长值逐笔转入',
          isWarning: false,
        },
      ];
    },
    move: async (tx, move) => {
      const { brandId, from, into } = move;
      const rows = await levels.rows.rows(tx, brandId, [from, into], true);
      const [a, b] = [rows.get(from), rows.get(into)];
      const own = b ?? levels.firstRow(tx, await levels.scheme(brandId, tx), into);
      const given = a && (!b || effectiveLevel(a, tx.now) > effectiveLevel(b, tx.now)) ? grantOf(a, tx.now) : null;
      await keepBefore(tx, move, own, given);
      if (given) await levels.rows.save(tx, brandId, [{ ...own, ...given }]);
      await refreshCards(tx, brandId, [from, into]);
      return a ? 1 : 0;
    },
    // Cards and levels follow when the growth of both is back in its place.
    moveBack: async (tx, { brandId, mergeId, into }) => {
      const [noted] = await journal.noted(tx, brandId, mergeId, SUBJECT);
      const now = (await levels.rows.rows(tx, brandId, [into], true)).get(into);
      if (!noted?.kept || !now) return 0;
      const before = thawRow(noted.kept) as unknown as Before;
      await levels.rows.save(tx, brandId, [withoutMerge(now, before)]);
      return 1;
    },
  };
}

/** The level of one who is merged, as a grant until its period or its own grant ends. */
function grantOf(row: LevelRow, now: Date): Grant {
  const { grantedUntil, periodEndsAt } = row;
  const until = grantedUntil !== null && grantedUntil > periodEndsAt ? grantedUntil : periodEndsAt;
  return { grantedLevel: effectiveLevel(row, now), grantedUntil: until };
}
