import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { Orders } from '../../orders/index.js';
import { CheckPayment } from './check-payment.js';
import { Notifications } from './notifications.js';
import { UploadShipping } from './upload-shipping.js';

const BATCH = 50;

/** Background work of payments: stored callbacks, queries of unpaid orders, deadlines, shipping information. */
@Injectable()
export class PaymentSweeps implements OnModuleInit {
  private readonly unclosed = new Setbacks();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Notifications) private readonly notifications: Notifications,
    @Inject(CheckPayment) private readonly checks: CheckPayment,
    @Inject(UploadShipping) private readonly shipping: UploadShipping,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'payments.notifications', everyMs: 500, run: () => this.notifications.handleDue() });
    registerSweep({ name: 'payments.checks', everyMs: 1000, run: () => this.checks.runDue() });
    registerSweep({ name: 'payments.deadlines', everyMs: 1000, run: () => this.deadlines() });
    registerSweep({ name: 'payments.shipping', everyMs: 1000, run: () => this.shipping.runDue() });
  }

  /** Orders whose time to pay is over; one that cannot be closed now comes again. */
  private deadlines(): Promise<number> {
    return eachDue(this.unclosed, this.clock.date(), {
      label: 'close an unpaid order',
      batch: BATCH,
      due: (limit) => this.orders.store.due(this.database, ['PENDING_PAY'], this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: (order) => this.checks.giveUpOrder(order, 'DEADLINE'),
    });
  }
}
