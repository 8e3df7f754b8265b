import { Inject, Injectable } from '@nestjs/common';
import type { SplitRuleCheck, SplitRuleInput, SplitRuleView } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { checkRule, ruleHash, type SplitRule } from '@shuke/shared/rules';
import type { Static } from '@sinclair/typebox';
import { type Desk } from '../../../platform/access/actor.js';
import { Database, marks, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { refuseSettlement } from './settlement-errors.js';

/** What WeChat allows unless a merchant was granted more (reference/wechat-pay.md §5.4), and its usual fee. */
export const CHANNEL_CAP_BP = 3000;
export const CHANNEL_FEE_BP = 60;

/** Applies while a brand has published nothing: everything stays with the store's owner. */
const NO_RULE: SplitRule = { version: 0, name: '尚未发布规则：全部归门店', legs: [] };

interface RuleRow {
  version: number;
  name: string;
  legs: string | SplitRule['legs'];
  state: 'DRAFT' | 'PUBLISHED' | 'RETIRED';
  rule_hash: string;
  created_by: string;
  created_at: Date;
  published_at: Date | null;
}

const toRule = (row: RuleRow): SplitRule => ({
  version: row.version,
  name: row.name,
  legs: typeof row.legs === 'string' ? (JSON.parse(row.legs) as SplitRule['legs']) : row.legs,
});

/** The rules of a brand at some instants, read once for a batch. */
export interface RuleBook {
  at(createdAt: Date): SplitRule;
}

/** Versions of the split rule: drafted, checked against the channel's cap, published, never edited afterwards. */
@Injectable()
export class SplitRules {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** All versions, newest first. */
  async list(brandId: BrandId): Promise<SplitRuleView[]> {
    const rows = await this.database.query<RuleRow>(
      'SELECT * FROM split_rule WHERE brand_id = ? ORDER BY version DESC',
      [brandId],
    );
    return rows.map((row) => this.view(row));
  }

  private view(row: RuleRow): SplitRuleView {
    const rule = toRule(row);
    return {
      version: row.version,
      name: row.name,
      state: row.state,
      legs: rule.legs,
      hash: row.rule_hash,
      createdBy: row.created_by,
      createdAt: row.created_at.toISOString(),
      publishedAt: row.published_at?.toISOString() ?? null,
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
    if (categories.length > 0) {
      const known = await this.database.query(
        'SELECT id FROM category WHERE brand_id = ? AND id IN ' + marks(categories),
        [actor.brandId, ...categories],
      );
      if (known.length !== categories.length) throw refuseSettlement('RULE_UNKNOWN_CATEGORY');
    }
    const version = await this.unitOfWork.run('draft split rule', async (tx) => {
      // A brand without rules has no row of them to lock; its own row gives two drafts of one instant an order.
      await tx.query('SELECT id FROM brand WHERE id = ? FOR UPDATE', [actor.brandId]);
      const [last] = await tx.query<{ version: string | null }>(
        'SELECT MAX(version) AS version FROM split_rule WHERE brand_id = ?',
        [actor.brandId],
      );
      const next = Number(last?.version ?? 0) + 1;
      const rule: SplitRule = { version: next, name: input.name, legs: input.legs };
      await tx.execute(
        'INSERT INTO split_rule (brand_id, version, name, legs, state, rule_hash, created_by, created_at) VALUES (?,?,?,?,?,?,?,?)',
        [actor.brandId, next, input.name, JSON.stringify(input.legs), 'DRAFT', ruleHash(rule), actor.name, tx.now],
      );
      return next;
    });
    return this.one(actor.brandId, version);
  }

  /** Publishes a draft; orders created from now on are split by it. @throws AppError RULE_OVER_CAP, RULE_NOT_DRAFT */
  async publish(actor: Desk, version: number): Promise<SplitRuleView> {
    const draft = await this.one(actor.brandId, version);
    if (draft.state !== 'DRAFT') throw refuseSettlement('RULE_NOT_DRAFT');
    if (!draft.check.isAcceptable) throw refuseSettlement('RULE_OVER_CAP', draft.check);
    await this.unitOfWork.run('publish split rule', async (tx) => {
      await tx.execute("UPDATE split_rule SET state = 'RETIRED' WHERE brand_id = ? AND state = 'PUBLISHED'", [
        actor.brandId,
      ]);
      const done = await tx.execute(
        "UPDATE split_rule SET state = 'PUBLISHED', published_at = ? WHERE brand_id = ? AND version = ? AND state = 'DRAFT'",
        [tx.now, actor.brandId, version],
      );
      if (done.affectedRows !== 1) throw refuseSettlement('RULE_NOT_DRAFT');
    });
    return this.one(actor.brandId, version);
  }

  private async one(brandId: BrandId, version: number): Promise<SplitRuleView> {
    const [row] = await this.database.query<RuleRow>('SELECT * FROM split_rule WHERE brand_id = ? AND version = ?', [
      brandId,
      version,
    ]);
    if (!row) throw refuse('NOT_FOUND');
    return this.view(row);
  }

  /** The rules by which orders of any creation time are split: the newest one published by then. */
  async book(on: Queryable, brandId: BrandId): Promise<RuleBook> {
    const rows = await on.query<RuleRow>(
      'SELECT * FROM split_rule WHERE brand_id = ? AND published_at IS NOT NULL ORDER BY published_at DESC',
      [brandId],
    );
    return {
      at: (createdAt) => {
        const row = rows.find((one) => (one.published_at as Date).getTime() <= createdAt.getTime());
        return row ? toRule(row) : NO_RULE;
      },
    };
  }

  /** Rules by version, for recomputation and proofs. */
  async byVersions(on: Queryable, brandId: BrandId, versions: readonly number[]): Promise<Map<number, SplitRule>> {
    const rows =
      versions.length === 0
        ? []
        : await on.query<RuleRow>(`SELECT * FROM split_rule WHERE brand_id = ? AND version IN ${marks(versions)}`, [
            brandId,
            ...versions,
          ]);
    return new Map([[0, NO_RULE] as const, ...rows.map((row) => [row.version, toRule(row)] as const)]);
  }
}
