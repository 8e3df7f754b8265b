import { Inject, Injectable } from '@nestjs/common';
import type { ReviewRules } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
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
    await this.unitOfWork.run('set review rules', (tx) => this.rows.put(tx, actor.brandId, rules, actorLabel(actor)));
    return this.of(actor.brandId);
  }
}
