import type { BrandId, GuideId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { ScoreSums } from '../domain/review-rules.js';

const toSums = (row: Record<string, unknown> | undefined): ScoreSums => ({
  sample: Number(row?.['sample'] ?? 0),
  attitude: Number(row?.['attitude'] ?? 0),
  expertise: Number(row?.['expertise'] ?? 0),
  speed: Number(row?.['speed'] ?? 0),
});

/** All SQL that guides' scores are read with; they are counted with the reviews themselves. */
export class GuideScoreStore {
  /** The sums over all guides of a brand. */
  async ofBrand(on: Queryable, brandId: BrandId): Promise<ScoreSums> {
    const [row] = await on.query(
      'SELECT SUM(sample) AS sample, SUM(attitude) AS attitude, SUM(expertise) AS expertise, SUM(speed) AS speed FROM guide_score WHERE brand_id = ?',
      [brandId],
    );
    return toSums(row);
  }

  /** The sums of some guides; one who was never reviewed is missing. */
  async ofGuides(on: Queryable, brandId: BrandId, guideIds: readonly GuideId[]): Promise<Map<GuideId, ScoreSums>> {
    if (guideIds.length === 0) return new Map();
    const rows = await on.query(`SELECT * FROM guide_score WHERE brand_id = ? AND guide_id IN ${marks(guideIds)}`, [
      brandId,
      ...guideIds,
    ]);
    return new Map(rows.map((row) => [row['guide_id'] as GuideId, toSums(row)]));
  }
}
