import { Inject, Injectable } from '@nestjs/common';
import type { AfterSaleRules } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_RULES } from '../domain/after-sale-case.js';
import { AfterSaleRuleStore } from '../persistence/rule.store.js';

/** The brand's switches and deadlines of after-sale. */
@Injectable()
export class AfterSaleRuleBook {
  private readonly rows = new AfterSaleRuleStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The rules in force; what was never set has its default. */
  async of(brandId: BrandId, on: Queryable = this.database): Promise<AfterSaleRules> {
    return { ...DEFAULT_RULES, ...(await this.rows.find(on, brandId)) };
  }

  /** Changes the rules for cases from now on. */
  async set(actor: Desk, rules: AfterSaleRules): Promise<AfterSaleRules> {
    await this.unitOfWork.run('set after-sale rules', (tx) =>
      this.rows.put(tx, actor.brandId, rules, actorLabel(actor)),
    );
    return this.of(actor.brandId);
  }
}
