import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '@shuke/shared/kernel';
import type { RefundInput, ReversedBefore, SplitResult } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Orders } from '../../orders/index.js';
import { type PaymentRow, PaymentStore, type RefundDraft, RefundStore } from '../../payments/index.js';
import { SplitStore } from '../persistence/split.store.js';
import { Debts } from './debts.js';
import { ReturnShares } from './return-shares.js';

export const SOON_MS = 2_000;
export const LATER_MS = 10 * 60_000;

/** What was decided when the refund began; the numbers stay whatever happens later. */
export interface ReversalPlan {
  refund: RefundInput;
  before: ReversedBefore;
  result: SplitResult;
}

/** The stores that a refund touches, and what every step of it does. */
@Injectable()
export class RefundParts {
  readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Orders) readonly orders: Orders,
    @Inject(PaymentStore) readonly payments: PaymentStore,
    @Inject(RefundStore) readonly refunds: RefundStore,
    @Inject(ReturnShares) readonly returns: ReturnShares,
    @Inject(Debts) readonly debts: Debts,
    @Inject(Clock) readonly clock: Clock,
  ) {}

  /** The payment that a refund gives back. @throws Error when there is none */
  async payment(refund: RefundDraft): Promise<PaymentRow> {
    const payment = await this.payments.find(this.database, refund.brandId, refund.paymentId);
    if (!payment) throw new Error(`refund ${refund.id} has no payment`);
    return payment;
  }

  /** Has a refund looked at again later. @returns false, "do not go on now" */
  async comeBack(refund: { brandId: RefundDraft['brandId']; id: Id }, ms: number, problem?: string): Promise<false> {
    const next = new Date(this.clock.now() + ms);
    await this.refunds.update(
      this.database,
      { brandId: refund.brandId, id: refund.id as RefundDraft['id'] },
      problem === undefined ? { next_check_at: next } : { next_check_at: next, problem: problem.slice(0, 300) },
    );
    return false;
  }
}
