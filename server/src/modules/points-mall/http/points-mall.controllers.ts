import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, guideRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Actor, Consumer, Desk, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ExchangePoints } from '../application/exchange-points.js';
import { PointsMallPages } from '../application/points-mall-pages.js';

/** The points mall for consumers. */
@Controller()
export class MallPointsController {
  constructor(
    @Inject(PointsMallPages) private readonly pages: PointsMallPages,
    @Inject(ExchangePoints) private readonly exchanges: ExchangePoints,
  ) {}

  @Contract(mallRoutes.pointsMall)
  goods(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.pointsMall>,
  ): Out<typeof mallRoutes.pointsMall> {
    return this.pages.goods(actor, query);
  }

  @Contract(mallRoutes.pointsGood)
  good(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.pointsGood>,
  ): Out<typeof mallRoutes.pointsGood> {
    return this.pages.good(actor, params.id as Id);
  }

  @Contract(mallRoutes.redeemPoints)
  async redeem(
    @Who() actor: Consumer,
    @Given() { params, body, idempotencyKey }: In<typeof mallRoutes.redeemPoints>,
  ): Out<typeof mallRoutes.redeemPoints> {
    const made = await this.exchanges.run(actor, params.id as Id, body, idempotencyKey ?? '');
    return this.pages.exchange(actor, made);
  }

  @Contract(mallRoutes.pointsExchanges)
  list(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.pointsExchanges>,
  ): Out<typeof mallRoutes.pointsExchanges> {
    return this.pages.exchanges(actor, query);
  }

  @Contract(mallRoutes.pointsExchange)
  one(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.pointsExchange>,
  ): Out<typeof mallRoutes.pointsExchange> {
    return this.pages.own(actor, params.id as Id);
  }
}

/** Handing over in the store, and goods at the desk. */
@Controller()
export class StaffPointsController {
  constructor(
    @Inject(PointsMallPages) private readonly pages: PointsMallPages,
    @Inject(ExchangePoints) private readonly exchanges: ExchangePoints,
  ) {}

  @Contract(guideRoutes.exchangeByCode)
  async byCode(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.exchangeByCode>,
  ): Out<typeof guideRoutes.exchangeByCode> {
    return this.pages.exchange(actor, await this.exchanges.byCode(actor, params.code));
  }

  @Contract(guideRoutes.handOverExchange)
  async handOver(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.handOverExchange>,
  ): Out<typeof guideRoutes.handOverExchange> {
    return this.pages.exchange(actor, await this.exchanges.handOver(actor, params.code));
  }

  @Contract(consoleRoutes.pointsGoods)
  goods(
    @Who() actor: Actor,
    @Given() { query }: In<typeof consoleRoutes.pointsGoods>,
  ): Out<typeof consoleRoutes.pointsGoods> {
    return this.pages.goods(actor, query);
  }

  @Contract(consoleRoutes.createPointsGood)
  create(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.createPointsGood>,
  ): Out<typeof consoleRoutes.createPointsGood> {
    return this.pages.create(actor.brandId, body);
  }

  @Contract(consoleRoutes.changePointsGood)
  change(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.changePointsGood>,
  ): Out<typeof consoleRoutes.changePointsGood> {
    return this.pages.change(actor.brandId, params.id as Id, body);
  }

  @Contract(consoleRoutes.pointsExchanges)
  list(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.pointsExchanges>,
  ): Out<typeof consoleRoutes.pointsExchanges> {
    return this.pages.exchanges(actor, query);
  }

  @Contract(consoleRoutes.cancelPointsExchange)
  async cancel(
    @Who() actor: Desk,
    @Given() { params }: In<typeof consoleRoutes.cancelPointsExchange>,
  ): Out<typeof consoleRoutes.cancelPointsExchange> {
    return this.pages.exchange(actor, await this.exchanges.cancel(actor.brandId, params.id as Id));
  }
}
