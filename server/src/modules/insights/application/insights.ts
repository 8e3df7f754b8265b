import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, type MemberId, shanghaiClock, startOfBusinessDay } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { type ComputedTag, Tags } from '../../tags/index.js';
import { type MemberValue, VALUE_GROUP, valueTags } from '../domain/value-tags.js';
import { type MemberRange, ValueStore } from '../persistence/value.store.js';

/** Members a transaction: with up to three tags each, far below 5,000 rows. */
const MEMBERS_PER_RANGE = 1000;
const NIGHTLY_MINUTES = 5 * 60;

/** The door to what members are worth: computed nightly from the orders of all channels. */
@Injectable()
export class Insights {
  private readonly rows = new ValueStore();
  private readonly doneOn = new Map<BrandId, string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tags) private readonly tags: Tags,
  ) {}

  /** Values by member id; who has bought nothing is missing. */
  values(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, MemberValue>> {
    return ids.length === 0 ? Promise.resolve(new Map()) : this.rows.of(on, brandId, ids);
  }

  /**
   * Computes value, scores and value tags of all members of a brand anew. Safe to repeat and to stop anywhere: every
   * range of members is one transaction and the result depends on orders only. Only what changed is written, so a night
   * after a quiet day reads much and writes next to nothing.
   *
   * @returns how many members have a value
   */
  async recompute(brandId: BrandId): Promise<number> {
    const ranges: MemberRange[] = [];
    for (let after = '0'; ; ) {
      const range = await this.rows.rangeAfter(this.database, brandId, after, MEMBERS_PER_RANGE);
      if (!range) break;
      await this.unitOfWork.run('insights.sum', (tx) => this.rows.sum(tx, brandId, range));
      ranges.push(range);
      after = range.to;
    }
    const [r, f, m] = [
      await this.rows.cuts(this.database, brandId, 'last_at'),
      await this.rows.cuts(this.database, brandId, 'order_count'),
      await this.rows.cuts(this.database, brandId, 'total_fen'),
    ];
    let count = 0;
    for (const range of ranges) count += await this.scoreRange(brandId, range, r && f && m ? { r, f, m } : null);
    await this.unitOfWork.run('insights.scored', (tx) => this.rows.markScored(tx, brandId));
    return count;
  }

  /** Recomputes each of some brands once after 05:00 in Shanghai; the work of a night sweep. */
  async nightly(brandIds: readonly BrandId[]): Promise<number> {
    const now = this.clock.now();
    if (shanghaiClock(now).minutes < NIGHTLY_MINUTES) return 0;
    const day = businessDay(now);
    const dueFrom = startOfBusinessDay(day) + NIGHTLY_MINUTES * 60_000;
    let did = 0;
    for (const brandId of brandIds) {
      if (this.doneOn.get(brandId) === day) continue;
      const scoredAt = await this.rows.scoredAt(this.database, brandId);
      if (scoredAt === null || scoredAt.getTime() < dueFrom) did += await this.recompute(brandId);
      this.doneOn.set(brandId, day);
    }
    return did;
  }

  private scoreRange(
    brandId: BrandId,
    range: MemberRange,
    cuts: Parameters<ValueStore['score']>[3] | null,
  ): Promise<number> {
    return this.unitOfWork.run('insights.score', async (tx) => {
      if (cuts) await this.rows.score(tx, brandId, range, cuts);
      const values = await this.rows.inRange(tx, brandId, range);
      const rows: ComputedTag[] = [...values].flatMap(([memberId, value]) =>
        valueTags(value, tx.now.getTime()).map((tag) => ({ memberId, ...tag })),
      );
      const cleared = await this.rows.memberIds(tx, brandId, range);
      await this.tags.putModelTags(tx, { brandId, groupName: VALUE_GROUP, rows, cleared });
      return values.size;
    });
  }
}
