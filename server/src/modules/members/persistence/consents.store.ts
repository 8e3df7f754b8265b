import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Consent, ConsentPurpose } from '../domain/consents.js';
import { ConsentEventsStore } from './consent-events.store.js';

export interface MembershipRow {
  subBrand: string;
  via: 'ENTER' | 'FOLLOW' | 'PAY' | 'REGISTER';
  joinedAt: Date;
}

/** Consents and memberships: shared by nobody, kept per (sub-)brand. */
export class ConsentsStore {
  private readonly events = new ConsentEventsStore();

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

  /** An answer of now takes the place of the one before, which stays known as what held until then. */
  async answer(tx: Tx, brandId: BrandId, memberId: MemberId, answer: Omit<Consent, 'at'>): Promise<void> {
    await this.set(tx, brandId, memberId, { ...answer, at: tx.now });
    await this.events.add(tx, brandId, memberId, { ...answer, at: tx.now });
  }

  /** The present answer alone; whoever changes it tells the events, too. */
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
