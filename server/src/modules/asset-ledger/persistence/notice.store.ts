import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Asset, LotId } from '../domain/asset-types.js';

export interface LapsingRow {
  brand_id: BrandId;
  id: LotId;
  owner_id: MemberId;
  asset: Asset;
  remaining: string;
  expires_at: Date;
}

/** Who was told when of what will lapse. */
export class NoticeStore {
  due(
    on: Queryable,
    span: { now: Date; until: Date; days: number },
    limit: number,
    only: BrandId | null,
  ): Promise<LapsingRow[]> {
    const { now, until, days } = span;
    return on.query<LapsingRow>(
      `SELECT l.brand_id, l.id, l.owner_id, l.asset, l.remaining, l.expires_at FROM asset_lot l
       LEFT JOIN expiry_notice n ON n.brand_id = l.brand_id AND n.lot_id = l.id AND n.days <= ?
       WHERE l.state = 'ACTIVE' AND l.asset <> 'GROWTH' AND l.expires_at > ? AND l.expires_at <= ? AND n.lot_id IS NULL
         ${only === null ? '' : 'AND l.brand_id = ?'} ORDER BY l.brand_id, l.id LIMIT ?`,
      [days, now, until, ...(only === null ? [] : [only]), limit],
    );
  }

  async insert(tx: Tx, brandId: BrandId, days: number, lots: readonly LapsingRow[]): Promise<void> {
    await tx.execute(
      `INSERT INTO expiry_notice (brand_id, lot_id, days, owner_id, asset, amount, expires_at, at)
       VALUES ${lots.map(() => '(?,?,?,?,?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE days = VALUES(days)`,
      lots.flatMap((lot): SqlValue[] => [
        ...[brandId, lot.id, days, lot.owner_id, lot.asset, lot.remaining],
        lot.expires_at,
        tx.now,
      ]),
    );
  }
}
