import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { freezeRow, type MemberAssetMover, MergeRowsStore, putBack, thawRow } from '../../one-id/index.js';
import { type Consent, type ConsentPurpose, PURPOSES, stricter } from '../domain/consents.js';
import { ConsentEventsStore } from './consent-events.store.js';
import { ConsentsStore } from './consents.store.js';

const store = new ConsentsStore();
const events = new ConsentEventsStore();
const journal = new MergeRowsStore();
const titleOf = (purpose: ConsentPurpose) => PURPOSES.find((one) => one.purpose === purpose)?.title ?? purpose;
const keyOf = (one: Consent) => `${one.subBrand}:${one.purpose}`;
const isSame = (a: Pick<Consent, 'isGiven' | 'version'>, b: Pick<Consent, 'isGiven' | 'version'>): boolean =>
  a.isGiven === b.isGiven && a.version === b.version;
const answerText = (one: Consent | undefined) => (one ? (one.isGiven ? '同意' : '不同意') : '没有回答过');

/** The answer from before the merge holds again; or none, where there was none. */
async function tellBack(
  tx: Tx,
  { brandId, memberId }: { brandId: BrandId; memberId: MemberId },
  present: Consent,
  before: Readonly<Record<string, unknown>> | null,
): Promise<void> {
  const answer = before && { version: String(before['version']), isGiven: Number(before['is_given']) === 1 };
  if (answer && isSame(answer, present)) return;
  const { subBrand, purpose, version } = present;
  const event = { subBrand, purpose, version, isGiven: null, ...answer, source: 'UNMERGE', at: tx.now };
  await events.add(tx, brandId, memberId, event);
}

/** Consents follow a merge by the stricter of the two answers. */
export const consentMover: MemberAssetMover = {
  tables: ['consent'],
  async preview(on, brandId, from, into) {
    const all = await store.ofMany(on, brandId, [from, into]);
    const theirs = new Map(all.filter((one) => one.memberId === into).map((one) => [keyOf(one), one]));
    return all
      .filter((one) => one.memberId === from)
      .map((mine) => {
        const other = theirs.get(keyOf(mine));
        const after = other ? stricter(mine, other) : mine;
        return {
          subject: 'consent',
          title: `授权：${titleOf(mine.purpose)}`,
          text: other ? '两边取更严格的一个' : '沿用唯一的回答',
          fromText: answerText(mine),
          intoText: answerText(other),
          afterText: answerText(after),
          isWarning: other !== undefined && other.isGiven !== after.isGiven,
        };
      });
  },

  async move(tx, move) {
    const { brandId, from, into } = move;
    const all = await store.ofMany(tx, brandId, [from, into]);
    const mine = all.filter((one) => one.memberId === from);
    if (mine.length === 0) return 0;
    const theirs = new Map(all.filter((one) => one.memberId === into).map((one) => [keyOf(one), one]));
    const raw = await tx.query<Record<string, unknown>>(
      'SELECT * FROM consent WHERE brand_id = ? AND member_id IN (?, ?)',
      [brandId, from, into],
    );
    const touched = raw.filter((row) => mine.some((one) => `${row['sub_brand']}:${row['purpose']}` === keyOf(one)));
    // A later look of the same merge finds the remaining record changed by the first: what was there before stays noted.
    const known = new Set((await journal.noted(tx, brandId, move.mergeId, 'consent')).map((one) => one.key));
    await journal.note(
      tx,
      move,
      'consent',
      touched
        .map((row) => ({
          key: `${row['member_id'] === from ? 'from' : 'into'}:${row['sub_brand']}:${row['purpose']}`,
          kept: freezeRow(row),
        }))
        .filter(({ key }) => key.startsWith('from:') || !known.has(`after:${key.slice('into:'.length)}`)),
    );
    for (const one of mine) {
      const other = theirs.get(keyOf(one));
      const after = other ? stricter(one, other) : one;
      await store.set(tx, brandId, into, after);
      if (!other || !isSame(other, after))
        await events.add(tx, brandId, into, { ...after, source: 'MERGE', at: tx.now });
      await journal.note(tx, move, 'consent', [
        {
          key: `after:${keyOf(one)}`,
          kept: freezeRow({ version: after.version, is_given: after.isGiven, at: after.at }),
        },
      ]);
    }
    await tx.execute('DELETE FROM consent WHERE brand_id = ? AND member_id = ?', [brandId, from]);
    return mine.length;
  },

  /** An answer that the person has given since the merge stays with the record that gave it. */
  async moveBack(tx, { brandId, mergeId, into }) {
    const noted = await journal.noted(tx, brandId, mergeId, 'consent');
    const kept = new Map(noted.map((one) => [one.key, one.kept as string]));
    const now = new Map((await store.ofMany(tx, brandId, [into])).map((one) => [keyOf(one), one]));
    let count = 0;
    for (const [key, text] of kept) {
      const [side, subBrand = '', purpose = ''] = key.split(':');
      if (side === 'from') {
        await putBack(tx, 'consent', [text]);
        count += 1;
      }
      if (side !== 'after') continue;
      const after = thawRow(text);
      const present = now.get(`${subBrand}:${purpose}`);
      if (!present || present.at.getTime() !== (after['at'] as Date).getTime()) continue;
      const sql = 'DELETE FROM consent WHERE brand_id = ? AND member_id = ? AND sub_brand = ? AND purpose = ?';
      await tx.execute(sql, [brandId, into, subBrand, purpose]);
      const before = kept.get(`into:${subBrand}:${purpose}`);
      if (before) await putBack(tx, 'consent', [before]);
      await tellBack(tx, { brandId, memberId: into }, present, before ? thawRow(before) : null);
    }
    return count;
  },
};
