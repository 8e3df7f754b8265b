import { Inject, Injectable } from '@nestjs/common';
import type { SplitRuleCheck, SplitRuleInput, SplitRuleView } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { checkRule, ruleHash, type SplitRule } from '@shuke/shared/rules';
import type { Static } from '@sinclair/typebox';
import { type Desk } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog, type CategoryId } from '../../catalog/index.js';
import { RuleStore, type StoredRule } from '../persistence/rule.store.js';
import { refuseSettlement } from './settlement-errors.js';

/** What WeChat allows unless a merchant was granted more (reference/wechat-pay.md §5.4), and its usual fee. */
export const CHANNEL_CAP_BP = 3000;
export const CHANNEL_FEE_BP = 60;

/** Applies while a brand has published nothing: everything stays with the store's owner. */
const NO_RULE: SplitRule = { version: 0, name: '尚未发布规则：全部归门店', legs: [] };

/** The rules of a brand at some instants, read once for a batch. */
export interface RuleBook {
  at(createdAt: Date): SplitRule;
}

/** Versions of the split rule: drafted, checked against the channel's cap, published, never edited afterwards. */
@Injectable()
export class SplitRules {
  private readonly rules = new RuleStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /** All versions, newest first. */
  async list(brandId: BrandId): Promise<SplitRuleView[]> {
    const rows = await this.rules.list(this.database, brandId);
    return rows.map((row) => this.view(row));
  }

  private view({ rule, ...kept }: StoredRule): SplitRuleView {
    return {
      version: rule.version,
      name: rule.name,
      state: kept.state,
      legs: rule.legs,
      hash: kept.hash,
      createdBy: kept.createdBy,
      createdAt: kept.createdAt.toISOString(),
      publishedAt: kept.publishedAt?.toISOString() ?? null,
      check: checkRule(rule, CHANNEL_CAP_BP, CHANNEL_FEE_BP),
    };
  }

  /** The worst case of a draft, without keeping it. */
  check(input: SplitRuleInput): Static<typeof SplitRuleCheck> {
    return checkRule({ version: 0, ...input }, CHANNEL_CAP_BP, CHANNEL_FEE_BP);
  }

  /** Keeps a draft as the next version. @throws AppError RULE_UNKNOWN_CATEGORY */
  async draft(actor: Desk, input: SplitRuleInput): Promise<SplitRuleView> {
    const categories = [...new Set(input.legs.flatMap((leg) => leg.categoryIds ?? []))];
    const known = await this.catalog.categoryNames(this.database, actor.brandId, categories as CategoryId[]);
    if (known.size !== categories.length) throw refuseSettlement('RULE_UNKNOWN_CATEGORY');
    const version = await this.unitOfWork.run('draft split rule', async (tx) => {
      const next = (await this.rules.lockLastVersion(tx, actor.brandId)) + 1;
      const rule: SplitRule = { version: next, name: input.name, legs: input.legs };
      await this.rules.insertDraft(tx, actor.brandId, { rule, hash: ruleHash(rule), createdBy: actor.name });
      return next;
    });
    return this.one(actor.brandId, version);
  }

  /**
   * Publishes a draft; orders created from now on are split by it.
   * @throws AppError RULE_OVER_CAP, RULE_NOT_DRAFT, CONFLICT when somebody else has published another one meanwhile
   */
  async publish(actor: Desk, version: number): Promise<SplitRuleView> {
    const draft = await this.one(actor.brandId, version);
    if (draft.state !== 'DRAFT') throw refuseSettlement('RULE_NOT_DRAFT');
    if (!draft.check.isAcceptable) throw refuseSettlement('RULE_OVER_CAP', draft.check);
    const replaced = await this.rules.inForce(this.database, actor.brandId);
    await this.unitOfWork.run('publish split rule', async (tx) => {
      await this.rules.lock(tx, actor.brandId);
      if ((await this.rules.inForce(tx, actor.brandId)) !== replaced) throw refuse('CONFLICT');
      if (!(await this.rules.publish(tx, actor.brandId, version))) throw refuseSettlement('RULE_NOT_DRAFT');
    });
    return this.one(actor.brandId, version);
  }

  private async one(brandId: BrandId, version: number): Promise<SplitRuleView> {
    const rule = await this.rules.find(this.database, brandId, version);
    if (!rule) throw refuse('NOT_FOUND');
    return this.view(rule);
  }

  /** The rules by which orders of any creation time are split: the newest one published by then. */
  async book(on: Queryable, brandId: BrandId): Promise<RuleBook> {
    const published = await this.rules.published(on, brandId);
    return {
      at: (createdAt) =>
        published.find((one) => (one.publishedAt as Date).getTime() <= createdAt.getTime())?.rule ?? NO_RULE,
    };
  }

  /** Rules by version, for recomputation and proofs. */
  async byVersions(on: Queryable, brandId: BrandId, versions: readonly number[]): Promise<Map<number, SplitRule>> {
    const rules = await this.rules.byVersions(on, brandId, versions);
    return new Map([NO_RULE, ...rules].map((rule) => [rule.version, rule]));
  }
}
