import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { freezeRow, type MemberAssetMover, MergeRowsStore, putBack, thawRow } from '../../one-id/index.js';
import { type Consent, type ConsentPurpose, PURPOSES, stricter } from '../domain/consents.js';

export interface MembershipRow {
  subBrand: string;
  via: 'ENTER' | 'FOLLOW' | 'PAY' | 'REGISTER';
  joinedAt: Date;
}

/** Consents and memberships: shared by nobody, kept per (sub-)brand. */
export class ConsentsStore {
  async of(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Consent[]> {
    return (await this.ofMany(on, brandId, [memberId])).map(({ memberId: _, ...rest }) => rest);
  }

  async ofMany(
    on: Queryable,
    brandId: BrandId,
    ids: readonly MemberId[],
  ): Promise<(Consent & { memberId: MemberId })[]> {
    const rows = await on.query<{
      member_id: MemberId;
      sub_brand: string;
      purpose: ConsentPurpose;
      version: string;
      is_given: number;
      source: string;
      at: Date;
    }>(
      `SELECT member_id, sub_brand, purpose, version, is_given, source, at FROM consent WHERE brand_id = ? AND member_id IN ${marks(ids)}
       ORDER BY member_id, sub_brand, purpose`,
      [brandId, ...ids],
    );
    return rows.map((row) => ({
      memberId: row.member_id,
      subBrand: row.sub_brand,
      purpose: row.purpose,
      version: row.version,
      isGiven: row.is_given === 1,
      source: row.source,
      at: row.at,
    }));
  }

  async set(tx: Tx, brandId: BrandId, memberId: MemberId, consent: Consent): Promise<void> {
    await tx.execute(
      `INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE version = VALUES(version), is_given = VALUES(is_given), source = VALUES(source), at = VALUES(at)`,
      [
        brandId,
        memberId,
        consent.subBrand,
        consent.purpose,
        consent.version,
        consent.isGiven,
        consent.source,
        consent.at,
      ],
    );
  }

  async setPersonalised(tx: Tx, brandId: BrandId, memberId: MemberId, isOn: boolean): Promise<void> {
    await tx.execute('UPDATE member SET is_personalised = ?, version = version + 1 WHERE brand_id = ? AND id = ?', [
      isOn,
      brandId,
      memberId,
    ]);
  }

  async memberships(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<MembershipRow[]> {
    const rows = await on.query<{ sub_brand: string; via: MembershipRow['via']; joined_at: Date }>(
      'SELECT sub_brand, via, joined_at FROM membership WHERE brand_id = ? AND member_id = ? ORDER BY joined_at, sub_brand',
      [brandId, memberId],
    );
    return rows.map((row) => ({ subBrand: row.sub_brand, via: row.via, joinedAt: row.joined_at }));
  }

  /** The first way in stays. */
  async join(
    tx: Tx,
    brandId: BrandId,
    rows: readonly { memberId: MemberId; subBrand: string; via: MembershipRow['via'] }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.execute(
      `INSERT INTO membership (brand_id, member_id, sub_brand, via, joined_at) VALUES ${rows.map(() => '(?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE via = via`,
      rows.flatMap((one) => [brandId, one.memberId, one.subBrand, one.via, tx.now]),
    );
  }

  async writeRealName(
    tx: Tx,
    brandId: BrandId,
    memberId: MemberId,
    person: { realName: string | null; birthday: string | null },
  ): Promise<void> {
    await tx.execute(
      'UPDATE member SET real_name = ?, birthday = ?, version = version + 1 WHERE brand_id = ? AND id = ?',
      [person.realName, person.birthday, brandId, memberId],
    );
  }
}

const store = new ConsentsStore();
const journal = new MergeRowsStore();
const titleOf = (purpose: ConsentPurpose) => PURPOSES.find((one) => one.purpose === purpose)?.title ?? purpose;
const keyOf = (one: Consent) => `${one.subBrand}:${one.purpose}`;
const answerText = (one: Consent | undefined) => (one ? (one.isGiven ? '同意' : '不同意') : '没有回答过');

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
    await journal.note(
      tx,
      move,
      'consent',
      touched.map((row) => ({
        key: `${row['member_id'] === from ? 'from' : 'into'}:${row['sub_brand']}:${row['purpose']}`,
        kept: freezeRow(row),
      })),
    );
    for (const one of mine) {
      const other = theirs.get(keyOf(one));
      const after = other ? stricter(one, other) : one;
      await store.set(tx, brandId, into, after);
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
    }
    return count;
  },
};
