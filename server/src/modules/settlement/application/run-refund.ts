import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { log } from '../../../platform/observability/log.js';
import type { RefundDraft } from '../../payments/index.js';
import { PlanRefund } from './plan-refund.js';
import { LATER_MS, RefundParts, SOON_MS } from './refund-parts.js';
import { SendRefund } from './send-refund.js';

const afterReturn = declareFailpoint('refund.after-return');
const RETURN_TRIES = 5;

/**
 * Carries a refund through: plan, take shares back, refund, book. Each step is written before the next call, so that a
 * crash anywhere resumes at the same place with the same numbers (pay-14, pay-30).
 */
@Injectable()
export class RunRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RefundParts) private readonly parts: RefundParts,
    @Inject(PlanRefund) private readonly plans: PlanRefund,
    @Inject(SendRefund) private readonly channel: SendRefund,
  ) {}

  /** Works on all refunds that are due. */
  async runDue(limit = 50): Promise<number> {
    const due = await this.parts.refunds.due(this.database, this.parts.clock.date(), limit);
    for (const { brandId, id } of due) {
      await this.work(brandId, id).catch(async (error) => {
        log.error({ err: error, refund: id }, 'a refund stopped and will be tried again');
        await this.parts.comeBack({ brandId, id }, LATER_MS);
      });
    }
    return due.length;
  }

  private async work(brandId: BrandId, id: Id<'refund'>): Promise<void> {
    for (let steps = 0; steps < 8; steps += 1) {
      const refund = await this.parts.refunds.get(this.database, brandId, id);
      if (refund.state === 'SUCCESS' || refund.state === 'FAILED') return;
      if (!(await this.step(refund))) return;
    }
  }

  /** @returns true to go on at once */
  private async step(refund: RefundDraft): Promise<boolean> {
    switch (refund.step) {
      case 'PLAN':
        return this.plans.run(refund);
      case 'RETURN':
        return this.takeBack(refund);
      case 'SEND':
        return this.channel.run(refund);
      default:
        return false;
    }
  }

  /**
   * Merchants give their part back first. The consumer does not wait for a merchant that cannot pay now: after a few
   * tries the refund goes on, and what is missing stays owed (reference/wechat-pay.md §4.1).
   */
  private async takeBack(refund: RefundDraft): Promise<boolean> {
    const isDone = await this.parts.returns.run(refund);
    afterReturn();
    if (!isDone && refund.checks < RETURN_TRIES) {
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.parts.comeBack(refund, SOON_MS);
    }
    await this.parts.refunds.update(this.database, refund, { step: 'SEND', checks: 0 });
    return true;
  }
}
