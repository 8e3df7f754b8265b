import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { PayoutList } from '../application/payout-list.js';
import { Payouts } from '../application/payouts.js';

/** What is owed and was paid to franchisees outside the channel. */
@Controller()
export class PayoutsController {
  constructor(
    @Inject(PayoutList) private readonly shown: PayoutList,
    @Inject(Payouts) private readonly payouts: Payouts,
  ) {}

  @Contract(consoleRoutes.payables)
  owed(@Who() actor: Actor, @Given() { query }: In<typeof consoleRoutes.payables>): Out<typeof consoleRoutes.payables> {
    return this.shown.payables(actor, query);
  }

  @Contract(consoleRoutes.payableDays)
  days(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.payableDays>,
  ): Out<typeof consoleRoutes.payableDays> {
    return this.shown.days(actor, params.franchiseeId as Id<'franchisee'>);
  }

  @Contract(consoleRoutes.payouts)
  list(@Who() actor: Actor, @Given() { query }: In<typeof consoleRoutes.payouts>): Out<typeof consoleRoutes.payouts> {
    return this.shown.list(actor, query);
  }

  @Contract(consoleRoutes.recordPayout)
  async record(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.recordPayout>,
  ): Out<typeof consoleRoutes.recordPayout> {
    return this.shown.one(actor.brandId, await this.payouts.record(actor, body));
  }

  @Contract(consoleRoutes.cancelPayout)
  async cancel(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.cancelPayout>,
  ): Out<typeof consoleRoutes.cancelPayout> {
    const id = params.id as Id<'payout'>;
    await this.payouts.cancel(actor, id, body.reason);
    return this.shown.one(actor.brandId, id);
  }
}
