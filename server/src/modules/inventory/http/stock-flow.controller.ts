import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, mallRoutes, posRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { PushStock } from '../application/push-stock.js';
import { SoldOut } from '../application/sold-out.js';
import { StockDesk } from '../application/stock-desk.js';

/** Stock that comes from other systems, and what to do when there is none. */
@Controller()
export class StockFlowController {
  constructor(
    @Inject(StockDesk) private readonly desk: StockDesk,
    @Inject(SoldOut) private readonly soldOut: SoldOut,
    @Inject(PushStock) private readonly push: PushStock,
  ) {}

  @Contract(posRoutes.pushStock)
  pushStock(@Who() actor: Actor, @Given() input: In<typeof posRoutes.pushStock>): Out<typeof posRoutes.pushStock> {
    return this.push.run(actor as Extract<Actor, { kind: 'pos' }>, input.body);
  }

  @Contract(consoleRoutes.stockFeeds)
  feeds(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.stockFeeds>,
  ): Out<typeof consoleRoutes.stockFeeds> {
    return this.desk.feeds(actor as Desk, input.query.storeId);
  }

  @Contract(consoleRoutes.stockDrifts)
  drifts(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.stockDrifts>,
  ): Out<typeof consoleRoutes.stockDrifts> {
    return this.desk.drifts(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.storeTransfers)
  transfers(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.storeTransfers>,
  ): Out<typeof consoleRoutes.storeTransfers> {
    return this.desk.transfers(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.setChannels)
  setChannels(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.setChannels>,
  ): Out<typeof consoleRoutes.setChannels> {
    return this.desk.setChannels(
      actor as Desk,
      input.params.id as StoreId,
      input.params.skuId as Id<'sku'>,
      input.body,
    );
  }

  @Contract(mallRoutes.soldOut)
  options(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.soldOut>): Out<typeof mallRoutes.soldOut> {
    const { storeId, ...from } = input.query;
    return this.soldOut.options(actor, input.params.id as Id<'sku'>, { storeId: storeId as StoreId, ...from });
  }

  @Contract(mallRoutes.arrivalNotices)
  notices(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.arrivalNotices>,
  ): Out<typeof mallRoutes.arrivalNotices> {
    return this.soldOut.list(actor as Consumer, input.query);
  }

  @Contract(mallRoutes.askArrival)
  ask(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.askArrival>): Out<typeof mallRoutes.askArrival> {
    return this.soldOut.ask(actor as Consumer, input.body.storeId as StoreId, input.body.skuId as Id<'sku'>);
  }

  @Contract(mallRoutes.forgetArrival)
  async forget(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.forgetArrival>,
  ): Out<typeof mallRoutes.forgetArrival> {
    await this.soldOut.forget(actor as Consumer, input.params.id as Id<'notice'>);
    return { ok: true };
  }
}
