import { Inject, Injectable } from '@nestjs/common';
import type { ReviewRules } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_REVIEW_RULES } from '../domain/review-rules.js';

/** The brand's rewards, deadlines and samples of reviews. */
@Injectable()
export class ReviewRuleBook {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async of(brandId: BrandId, on: Queryable = this.database): Promise<ReviewRules> {
    const [row] = await on.query<{ rules: unknown }>('SELECT rules FROM review_rules WHERE brand_id = ?', [brandId]);
    const set = typeof row?.rules === 'string' ? JSON.parse(row.rules) : (row?.rules ?? {});
    return { ...DEFAULT_REVIEW_RULES, ...(set as Partial<ReviewRules>) };
  }

  async set(actor: Desk, rules: ReviewRules): Promise<ReviewRules> {
    await this.unitOfWork.run('set review rules', (tx) =>
      tx.execute(
        `INSERT INTO review_rules (brand_id, rules, updated_by, updated_at) VALUES (?,?,?,?)
         ON DUPLICATE KEY UPDATE rules = VALUES(rules), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)`,
        [actor.brandId, JSON.stringify(rules), actorLabel(actor), tx.now],
      ),
    );
    return this.of(actor.brandId);
  }
}
