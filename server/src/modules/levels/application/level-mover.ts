import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AssetLedger } from '../../asset-ledger/index.js';
import type { MemberAssetMover } from '../../one-id/index.js';
import { levelAt } from '../domain/level-scheme.js';
import { effectiveLevel, type Levels } from './levels.js';

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
        `${levelAt(scheme, card.level).name} · 成长值 ${card.growth}`;
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
    move: async (tx, { brandId, from, into }) => {
      const rows = await levels.rows.rows(tx, brandId, [from, into], true);
      const [a, b] = [rows.get(from), rows.get(into)];
      if (a && (!b || effectiveLevel(a, tx.now) > effectiveLevel(b, tx.now))) {
        const first = b ?? levels.firstRow(tx, await levels.scheme(brandId, tx), into);
        const grant = effectiveLevel(a, tx.now);
        const until = a.grantedUntil !== null && a.grantedUntil > a.periodEndsAt ? a.grantedUntil : a.periodEndsAt;
        await levels.rows.save(tx, brandId, [{ ...first, grantedLevel: grant, grantedUntil: until }]);
      }
      await refreshCards(tx, brandId, [from, into]);
      return a ? 1 : 0;
    },
    moveBack: async (tx, { brandId, from, into }) => {
      const rows = await levels.rows.rows(tx, brandId, [from, into], true);
      const [a, b] = [rows.get(from), rows.get(into)];
      if (a && b && b.grantedLevel !== null && b.grantedLevel === effectiveLevel(a, tx.now))
        await levels.rows.save(tx, brandId, [{ ...b, grantedLevel: null, grantedUntil: null }]);
      await refreshCards(tx, brandId, [from, into]);
      return a ? 1 : 0;
    },
  };
}
