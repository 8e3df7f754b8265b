import { Inject, Injectable } from '@nestjs/common';
import type { PayParams } from '@shuke/shared/contracts';
import type { Static } from '@sinclair/typebox';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PaymentRef, PaymentRow } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { CheckPayment } from './check-payment.js';
import type { PayWish } from './payment-plans.js';
import { StartPayment } from './start-payment.js';

/** What a module says about something it wants to be paid. */
export type PaymentWish = Omit<PayWish, 'brandId' | 'openid'>;

/** The door to payments for modules that sell something other than an order. */
@Injectable()
export class Payments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StartPayment) private readonly starting: StartPayment,
    @Inject(CheckPayment) private readonly checks: CheckPayment,
    @Inject(PaymentStore) private readonly store: PaymentStore,
  ) {}

  /**
   * Prepares a payment, or renews it; its subject must be registered with PaymentSubjects and its row exist already.
   * @param wish amount in fen, one or more; `expiresAt` closes it at WeChat by itself
   * @throws AppError ALREADY_PAID, ORDER_CLOSED, PAY_SETUP, PAY_NOT_READY
   */
  start(actor: Consumer, wish: PaymentWish): Promise<Static<typeof PayParams>> {
    return this.starting.start({ ...wish, brandId: actor.brandId, openid: actor.openid });
  }

  /** The payment of something, if one was started. */
  of(ref: PaymentRef): Promise<PaymentRow | null> {
    return this.store.of(this.database, ref);
  }

  /** Asks WeChat about a payment that was started and is not known to be paid, and applies the answer. */
  async check(ref: PaymentRef): Promise<void> {
    const payment = await this.of(ref);
    if (payment) await this.checks.run(payment);
  }

  /**
   * Gives something up that was not paid: first at WeChat, so that nobody can pay any more, then here.
   * @param giveUp locks the subject and closes it; false when it does not wait for money any more
   * @returns true when it is not waiting any more; false: not now, come again
   */
  giveUp(ref: PaymentRef, giveUp: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    return this.checks.giveUp(ref, giveUp);
  }
}
