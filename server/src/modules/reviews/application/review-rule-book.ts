import { Inject, Injectable } from '@nestjs/common';
import type { ReviewRules } from '@shuke/shared/contracts';
import { type BrandId, canonicalJson } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_REVIEW_RULES } from '../domain/review-rules.js';
import { ReviewRuleStore } from '../persistence/rule.store.js';

/** The brand's rewards, deadlines and samples of reviews. */
@Injectable()
export class ReviewRuleBook {
  private readonly rows = new ReviewRuleStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async of(brandId: BrandId, on: Queryable = this.database): Promise<ReviewRules> {
    return { ...DEFAULT_REVIEW_RULES, ...(await this.rows.find(on, brandId)) };
  }

  async set(actor: Desk, rules: ReviewRules): Promise<ReviewRules> {
    const { brandId } = actor;
    await this.unitOfWork.run('set review rules', async (tx) => {
      const before = await this.of(brandId, tx);
      const areTagsNew = canonicalJson(before.tags) !== canonicalJson(rules.tags);
      await this.rows.put(tx, brandId, rules, actorLabel(actor), areTagsNew);
    });
    return this.of(actor.brandId);
  }
}
