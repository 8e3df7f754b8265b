import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Consent, ConsentPurpose } from '../domain/consents.js';

/** An answer as it was given; without one from then on, when a merge that had brought it was taken back. */
export interface ConsentEvent extends Omit<Consent, 'isGiven'> {
  isGiven: boolean | null;
}

interface EventRow {
  member_id: MemberId;
  sub_brand: string;
  purpose: ConsentPurpose;
  version: string;
  is_given: number | null;
  source: string;
  at: Date;
}
const EVENT = 'SELECT e.member_id, e.sub_brand, e.purpose, e.version, e.is_given, e.source, e.at FROM consent_event e';
const eventOf = (row: EventRow): ConsentEvent & { memberId: MemberId } => ({
  memberId: row.member_id,
  subBrand: row.sub_brand,
  purpose: row.purpose,
  version: row.version,
  isGiven: row.is_given === null ? null : row.is_given === 1,
  source: row.source,
  at: row.at,
});

/** Every answer about data that was ever given; written with the present one and never changed. */
export class ConsentEventsStore {
  /** Of two answers of the same instant the later written one holds. */
  async add(tx: Tx, brandId: BrandId, memberId: MemberId, event: ConsentEvent): Promise<void> {
    await tx.execute(
      `INSERT INTO consent_event (brand_id, member_id, sub_brand, purpose, at, version, is_given, source) VALUES (?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE version = VALUES(version), is_given = VALUES(is_given), source = VALUES(source)`,
      [
        brandId,
        memberId,
        event.subBrand,
        event.purpose,
        event.at,
        event.version,
        event.isGiven === null ? null : Number(event.isGiven),
        event.source,
      ],
    );
  }

  /** The last answer to each purpose up to an instant, as far as one held then. */
  async heldAt(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date): Promise<Consent[]> {
    const rows = await on.query<EventRow>(
      `${EVENT} JOIN (SELECT sub_brand, purpose, MAX(at) AS at FROM consent_event WHERE brand_id = ? AND member_id = ? AND at <= ?
         GROUP BY sub_brand, purpose) l ON l.sub_brand = e.sub_brand AND l.purpose = e.purpose AND l.at = e.at
       WHERE e.brand_id = ? AND e.member_id = ? AND e.is_given IS NOT NULL ORDER BY e.sub_brand, e.purpose`,
      [brandId, memberId, at, brandId, memberId],
    );
    return rows.map((row) => ({ ...eventOf(row), isGiven: row.is_given === 1 }));
  }

  /** Changes of these records, newest first. */
  async changes(
    on: Queryable,
    brandId: BrandId,
    ids: readonly MemberId[],
    limit: number,
  ): Promise<(ConsentEvent & { memberId: MemberId })[]> {
    const rows = await on.query<EventRow>(
      `${EVENT} WHERE e.brand_id = ? AND e.member_id IN ${marks(ids)} ORDER BY e.at DESC, e.purpose, e.sub_brand LIMIT ?`,
      [brandId, ...ids, limit],
    );
    return rows.map(eventOf);
  }
}
