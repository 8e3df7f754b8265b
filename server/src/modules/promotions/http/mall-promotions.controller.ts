import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Bargains } from '../application/bargains.js';
import { MallPromotions } from '../application/mall-promotions.js';
import { MallSessions } from '../application/mall-sessions.js';

type R = typeof mallRoutes;

/** Promotions in the mall. */
@Controller()
export class MallPromotionsController {
  constructor(
    @Inject(MallPromotions) private readonly promotions: MallPromotions,
    @Inject(MallSessions) private readonly sessions: MallSessions,
    @Inject(Bargains) private readonly bargains: Bargains,
  ) {}

  @Contract(mallRoutes.promotions)
  list(@Who() actor: Actor, @Given() { query }: In<R['promotions']>): Out<R['promotions']> {
    return this.promotions.list(actor, query);
  }

  @Contract(mallRoutes.promotion)
  one(@Who() actor: Actor, @Given() { params, query }: In<R['promotion']>): Out<R['promotion']> {
    return this.promotions.one(actor, params.id as Id, query.storeId as StoreId);
  }

  @Contract(mallRoutes.openGroups)
  openGroups(@Who() actor: Actor, @Given() { params, query }: In<R['openGroups']>): Out<R['openGroups']> {
    return this.sessions.openGroups(actor, params.id as Id, query.storeId as StoreId, query);
  }

  @Contract(mallRoutes.group)
  group(@Who() actor: Actor, @Given() { params }: In<R['group']>): Out<R['group']> {
    return this.sessions.group(actor, params.id as Id);
  }

  @Contract(mallRoutes.myGroups)
  myGroups(@Who() actor: Consumer, @Given() { query }: In<R['myGroups']>): Out<R['myGroups']> {
    return this.sessions.myGroups(actor, query);
  }

  @Contract(mallRoutes.startBargain)
  start(@Who() actor: Consumer, @Given() { body }: In<R['startBargain']>): Out<R['startBargain']> {
    return this.bargains.start(actor, body);
  }

  @Contract(mallRoutes.bargains)
  mine(@Who() actor: Consumer, @Given() { query }: In<R['bargains']>): Out<R['bargains']> {
    return this.sessions.myBargains(actor, query);
  }

  @Contract(mallRoutes.bargain)
  bargain(@Who() actor: Actor, @Given() { params }: In<R['bargain']>): Out<R['bargain']> {
    return this.sessions.bargain(actor, params.id as Id);
  }

  @Contract(mallRoutes.helpBargain)
  help(@Who() actor: Consumer, @Given() { params }: In<R['helpBargain']>): Out<R['helpBargain']> {
    return this.bargains.help(actor, params.id as Id);
  }

  @Contract(mallRoutes.presales)
  presales(@Who() actor: Consumer, @Given() { query }: In<R['presales']>): Out<R['presales']> {
    return this.sessions.myPresales(actor, query);
  }
}
