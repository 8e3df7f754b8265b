import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { freezeRow, type MemberAssetMover, type MemberMove, MergeRowsStore, thawRow } from '../../one-id/index.js';
import { maskName } from '../domain/identifiers.js';

const COLUMNS = [
  'nickname',
  'avatar_url',
  'phone_masked',
  'real_name',
  'birthday',
  'is_personalised',
  'joined_at',
  'status',
] as const;
type Face = Record<(typeof COLUMNS)[number], SqlValue>;
const NAMELESS = new Set(['', '微信用户']);
const journal = new MergeRowsStore();

async function facesOf(on: Queryable, brandId: BrandId, from: MemberId, into: MemberId) {
  const rows = await on.query<Face & { id: MemberId }>(
    `SELECT id, ${COLUMNS.join(', ')} FROM member WHERE brand_id = ? AND id IN (?, ?)`,
    [brandId, from, into],
  );
  const of = (id: MemberId): Face => {
    const found = rows.find((row) => row.id === id);
    if (!found) throw new Error(`member ${id} is not there`);
    const { id: _, ...face } = found;
    return face as Face;
  };
  return { mine: of(from), theirs: of(into) };
}

/** What goes on: the remaining record's own, filled up from the other; the earlier day of joining, the stricter wish. */
function joined(mine: Face, theirs: Face): Face {
  const isNameless = NAMELESS.has(String(theirs.nickname)) && !NAMELESS.has(String(mine.nickname));
  return {
    nickname: isNameless ? mine.nickname : theirs.nickname,
    avatar_url: theirs.avatar_url === '' ? mine.avatar_url : theirs.avatar_url,
    phone_masked: theirs.phone_masked ?? mine.phone_masked,
    real_name: theirs.real_name ?? mine.real_name,
    birthday: theirs.birthday ?? mine.birthday,
    is_personalised: Number(theirs.is_personalised) === 1 && Number(mine.is_personalised) === 1 ? 1 : 0,
    joined_at: (mine.joined_at as Date) < (theirs.joined_at as Date) ? mine.joined_at : theirs.joined_at,
    // A record of an old file is awake as soon as somebody live turns out to be it.
    status: mine.status === 'ACTIVE' ? mine.status : theirs.status,
  };
}

async function write(tx: Tx, brandId: BrandId, id: MemberId, face: Partial<Face>): Promise<void> {
  const columns = Object.keys(face);
  if (columns.length === 0) return;
  await tx.execute(`UPDATE member SET ${columns.map((one) => `${one} = ?`).join(', ')} WHERE brand_id = ? AND id = ?`, [
    ...(Object.values(face) as SqlValue[]),
    brandId,
    id,
  ]);
}

const same = (a: SqlValue | undefined, b: SqlValue | undefined): boolean =>
  String(a instanceof Date ? a.getTime() : a) === String(b instanceof Date ? b.getTime() : b);

/** Name, picture, phone, birthday and the day of joining of the record that goes on. */
export const faceMover: MemberAssetMover = {
  tables: ['member'],
  async preview(on, brandId, from, into) {
    const { mine, theirs } = await facesOf(on, brandId, from, into);
    const after = joined(mine, theirs);
    const text = (face: Face) =>
      [face.nickname, face.real_name && maskName(String(face.real_name)), face.phone_masked, face.birthday]
        .filter(Boolean)
        .join(' · ');
    return [
      {
        subject: 'face',
        title: '会员资料',
        text: '以保留的会员为准，空缺的用另一边补上；入会日期取较早的；个性化推荐有一边关闭就保持关闭',
        fromText: text(mine),
        intoText: text(theirs),
        afterText: text(after),
        isWarning: false,
      },
    ];
  },

  async move(tx, move: MemberMove) {
    const { brandId, mergeId, from, into } = move;
    if ((await journal.noted(tx, brandId, mergeId, 'face')).length > 0) return 0;
    const { mine, theirs } = await facesOf(tx, brandId, from, into);
    const after = joined(mine, theirs);
    await journal.note(tx, move, 'face', [
      { key: 'before', kept: freezeRow(theirs) },
      { key: 'after', kept: freezeRow(after) },
    ]);
    await write(tx, brandId, into, after);
    return 0;
  },

  /** What was changed by hand since the merge stays as it is. */
  async moveBack(tx, { brandId, mergeId, from, into }) {
    const noted = new Map((await journal.noted(tx, brandId, mergeId, 'face')).map((one) => [one.key, one.kept]));
    const [before, after] = [noted.get('before'), noted.get('after')].map((text) => (text ? thawRow(text) : null));
    if (!before || !after) return 0;
    const { theirs: now } = await facesOf(tx, brandId, from, into);
    const back = COLUMNS.filter((one) => same(now[one], after[one]) && !same(before[one], after[one]));
    await write(tx, brandId, into, Object.fromEntries(back.map((one) => [one, before[one] ?? null])));
    return 0;
  },
};
