import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

/** What becomes of a discount whose condition a refund breaks: it stays, or what stays is priced without it. */
export type ConditionRule = 'KEEP' | 'RECOMPUTE';

let ruleOf: ((on: Queryable, brandId: BrandId) => Promise<ConditionRule>) | null = null;

/** The brand's switch for refunds; after-sale keeps it, which is built on payments. */
export const ConditionRules = {
  /** The last one registered wins, so that tests can build the app twice. */
  register(of: (on: Queryable, brandId: BrandId) => Promise<ConditionRule>): void {
    ruleOf = of;
  },
  async of(on: Queryable, brandId: BrandId): Promise<ConditionRule> {
    return ruleOf ? ruleOf(on, brandId) : 'KEEP';
  },
};
