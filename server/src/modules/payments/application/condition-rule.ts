import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { Slot } from '../../../platform/slots/slot.js';

/** What becomes of a discount whose condition a refund breaks: it stays, or what stays is priced without it. */
export type ConditionRule = 'KEEP' | 'RECOMPUTE';

/** The brand's switch for refunds; after-sale keeps it, which is built on payments. */
export const conditionRule = new Slot<(on: Queryable, brandId: BrandId) => Promise<ConditionRule>>(
  'payments.condition-rule',
);
