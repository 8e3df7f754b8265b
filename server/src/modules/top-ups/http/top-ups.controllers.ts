import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { BalanceRefunds } from '../application/balance-refunds.js';
import { TopUpDesk } from '../application/top-up-desk.js';
import { TopUpOffers } from '../application/top-up-offers.js';
import { TopUpPayments } from '../application/top-up-payments.js';
import { TopUpViews } from '../application/top-up-views.js';
import { TopUps } from '../application/top-ups.js';

/** Topping up and giving up a balance, for the consumer. */
@Controller()
export class MallTopUpsController {
  constructor(
    @Inject(TopUpOffers) private readonly offers: TopUpOffers,
    @Inject(TopUps) private readonly topUps: TopUps,
    @Inject(TopUpPayments) private readonly payments: TopUpPayments,
    @Inject(BalanceRefunds) private readonly refunds: BalanceRefunds,
    @Inject(TopUpViews) private readonly views: TopUpViews,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Contract(mallRoutes.topUpTiers)
  tiers(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.topUpTiers>,
  ): Out<typeof mallRoutes.topUpTiers> {
    return this.offers.tiers(actor, (query.storeId as StoreId | undefined) ?? null, this.clock.date());
  }

  @Contract(mallRoutes.topUp)
  async create(
    @Who() actor: Consumer,
    @Given() { body, idempotencyKey }: In<typeof mallRoutes.topUp>,
  ): Out<typeof mallRoutes.topUp> {
    return this.views.topUp(actor, await this.topUps.create(actor, body, idempotencyKey ?? ''));
  }

  @Contract(mallRoutes.topUps)
  list(@Who() actor: Consumer, @Given() { query }: In<typeof mallRoutes.topUps>): Out<typeof mallRoutes.topUps> {
    return this.views.topUpPage(actor, query);
  }

  @Contract(mallRoutes.topUpOne)
  async one(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.topUpOne>,
  ): Out<typeof mallRoutes.topUpOne> {
    return this.views.topUp(actor, await this.topUps.own(actor, params.id as Id));
  }

  @Contract(mallRoutes.payTopUp)
  pay(@Who() actor: Consumer, @Given() { params }: In<typeof mallRoutes.payTopUp>): Out<typeof mallRoutes.payTopUp> {
    return this.payments.pay(actor, params.id as Id);
  }

  @Contract(mallRoutes.checkTopUp)
  async check(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.checkTopUp>,
  ): Out<typeof mallRoutes.checkTopUp> {
    await this.payments.check(actor, params.id as Id);
    return this.views.topUp(actor, await this.topUps.own(actor, params.id as Id));
  }

  @Contract(mallRoutes.balanceRefundPreview)
  preview(@Who() actor: Consumer): Out<typeof mallRoutes.balanceRefundPreview> {
    return this.refunds.preview(actor);
  }

  @Contract(mallRoutes.requestBalanceRefund)
  async refund(
    @Who() actor: Consumer,
    @Given() { body, idempotencyKey }: In<typeof mallRoutes.requestBalanceRefund>,
  ): Out<typeof mallRoutes.requestBalanceRefund> {
    return {
      items: await this.views.refundViews(actor, await this.refunds.request(actor, body, idempotencyKey ?? '')),
    };
  }

  @Contract(mallRoutes.walletRefunds)
  refundList(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.walletRefunds>,
  ): Out<typeof mallRoutes.walletRefunds> {
    return this.views.refundPage(actor, query);
  }
}

/** Top-ups at the desk. */
@Controller()
export class ConsoleTopUpsController {
  constructor(
    @Inject(TopUpDesk) private readonly desk: TopUpDesk,
    @Inject(TopUpViews) private readonly views: TopUpViews,
    @Inject(BalanceRefunds) private readonly refunds: BalanceRefunds,
  ) {}

  @Contract(consoleRoutes.topUpActivities)
  activities(@Who() actor: Actor): Out<typeof consoleRoutes.topUpActivities> {
    return this.desk.activities(actor.brandId);
  }

  @Contract(consoleRoutes.createTopUpActivity)
  create(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.createTopUpActivity>,
  ): Out<typeof consoleRoutes.createTopUpActivity> {
    return this.desk.create(actor, body);
  }

  @Contract(consoleRoutes.changeTopUpActivity)
  change(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.changeTopUpActivity>,
  ): Out<typeof consoleRoutes.changeTopUpActivity> {
    return this.desk.change(actor, params.id as Id, body);
  }

  @Contract(consoleRoutes.stopTopUpActivity)
  stop(
    @Who() actor: Desk,
    @Given() { params }: In<typeof consoleRoutes.stopTopUpActivity>,
  ): Out<typeof consoleRoutes.stopTopUpActivity> {
    return this.desk.stop(actor, params.id as Id);
  }

  @Contract(consoleRoutes.topUps)
  list(@Who() actor: Desk, @Given() { query }: In<typeof consoleRoutes.topUps>): Out<typeof consoleRoutes.topUps> {
    return this.views.topUpPage(actor, query);
  }

  @Contract(consoleRoutes.walletRefunds)
  refundList(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.walletRefunds>,
  ): Out<typeof consoleRoutes.walletRefunds> {
    return this.views.refundPage(actor, query);
  }

  @Contract(consoleRoutes.decideWalletRefund)
  async decide(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.decideWalletRefund>,
  ): Out<typeof consoleRoutes.decideWalletRefund> {
    const refund = await this.refunds.decide(actor.brandId, params.id as Id, body.isPaid, body.note);
    return (await this.views.refundViews(actor, [refund]))[0] as never;
  }
}
