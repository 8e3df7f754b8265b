import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface Published<Body> {
  version: number;
  body: Body;
  publishedAt: Date;
}

/** Versioned settings of a brand: the newest counts, older ones stay readable. */
export class SettingsStore {
  async newest<Body>(on: Queryable, brandId: BrandId, kind: 'WALLET' | 'POINTS'): Promise<Published<Body> | null> {
    const [row] = await on.query<{ version: number; body: string | Body; published_at: Date }>(
      'SELECT version, body, published_at FROM asset_setting WHERE brand_id = ? AND kind = ? ORDER BY version DESC LIMIT 1',
      [brandId, kind],
    );
    if (!row) return null;
    const body = typeof row.body === 'string' ? (JSON.parse(row.body) as Body) : row.body;
    return { version: row.version, body, publishedAt: row.published_at };
  }

  async publish(tx: Tx, brandId: BrandId, kind: 'WALLET' | 'POINTS', version: number, body: unknown, by: string) {
    await tx.execute(
      'INSERT INTO asset_setting (brand_id, kind, version, body, published_by, published_at) VALUES (?,?,?,?,?,?)',
      [brandId, kind, version, JSON.stringify(body), by, tx.now],
    );
  }
}
