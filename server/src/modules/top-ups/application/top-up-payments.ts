import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Id } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { PaymentSubjects, Payments } from '../../payments/index.js';
import { CreditTopUp } from './credit-top-up.js';
import { GiveUpTopUps, TOP_UP } from './give-up-top-ups.js';
import { refuseTopUp } from './top-up-errors.js';
import { TopUps } from './top-ups.js';

const BATCH = 50;

/** Top-ups as something that is paid through WeChat Pay. */
@Injectable()
export class TopUpPayments implements OnModuleInit {
  private readonly unclosed = new Setbacks();

  constructor(
    @Inject(TopUps) private readonly topUps: TopUps,
    @Inject(CreditTopUp) private readonly crediting: CreditTopUp,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(GiveUpTopUps) private readonly givingUp: GiveUpTopUps,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    PaymentSubjects.register(TOP_UP, {
      isStillWanted: async (tx, payment) =>
        (await this.topUps.rows.find(tx, payment.brandId, payment.subjectId, true))?.state === 'CREATED',
      onPaid: async (tx, payment) => {
        const topUp = await this.topUps.rows.find(tx, payment.brandId, payment.subjectId, true);
        if (topUp) await this.crediting.run(tx, topUp);
      },
    });
    registerSweep({ name: 'top-ups.deadlines', everyMs: 15_000, run: () => this.closeDue() });
  }

  /** @throws AppError TOP_UP_STATE, NOT_FOUND, and those of payments */
  async pay(actor: Consumer, id: Id) {
    const topUp = await this.topUps.own(actor, id);
    if (topUp.state !== 'CREATED' || topUp.dueAt.getTime() <= this.clock.now()) throw refuseTopUp('TOP_UP_STATE');
    return this.payments.start(actor, {
      subject: TOP_UP,
      subjectId: id,
      storeId: topUp.storeId,
      amountFen: topUp.payFen,
      description: `储值 ${topUp.promise.text}`,
      isSplit: false,
      expiresAt: topUp.dueAt,
    });
  }

  /** Asks WeChat now; the client's answer is only a hint. */
  async check(actor: Consumer, id: Id): Promise<void> {
    const topUp = await this.topUps.own(actor, id);
    if (topUp.state === 'CREATED')
      await this.payments.check({ brandId: actor.brandId, subject: TOP_UP, subjectId: id });
  }

  /** Top-ups that were not paid in time are given up, first at WeChat. */
  closeDue(): Promise<number> {
    return eachDue(this.unclosed, this.clock.date(), {
      label: 'close an unpaid top-up',
      batch: BATCH,
      due: (limit) => this.topUps.rows.due(this.database, this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: ({ brand_id: brandId, id }) => this.givingUp.one(brandId, id),
    });
  }
}
