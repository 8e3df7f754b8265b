import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { DeskSessions } from '../application/desk-sessions.js';
import { PickGoods } from '../application/pick-goods.js';
import { PromotionDesk } from '../application/promotion-desk.js';
import { PromotionEffects } from '../application/promotion-effect.js';
import { SeePromotions } from '../application/see-promotions.js';
import { playViews } from '../domain/plays/all-plays.js';

type R = typeof consoleRoutes;

/** Promotions at the desk. */
@Controller()
export class ConsolePromotionsController {
  constructor(
    @Inject(PromotionDesk) private readonly desk: PromotionDesk,
    @Inject(SeePromotions) private readonly see: SeePromotions,
    @Inject(PickGoods) private readonly picks: PickGoods,
  ) {}

  @Contract(consoleRoutes.promotionPlays)
  async plays(): Out<R['promotionPlays']> {
    return playViews();
  }

  @Contract(consoleRoutes.promotionGoods)
  goods(@Who() actor: Desk, @Given() { query }: In<R['promotionGoods']>): Out<R['promotionGoods']> {
    return this.picks.find(actor, query);
  }

  @Contract(consoleRoutes.promotions)
  list(@Who() actor: Desk, @Given() { query }: In<R['promotions']>): Out<R['promotions']> {
    return this.see.list(actor, query);
  }

  @Contract(consoleRoutes.promotion)
  one(@Who() actor: Desk, @Given() { params }: In<R['promotion']>): Out<R['promotion']> {
    return this.see.one(actor, params.id as Id);
  }

  @Contract(consoleRoutes.createPromotion)
  create(@Who() actor: Desk, @Given() { body }: In<R['createPromotion']>): Out<R['createPromotion']> {
    return this.desk.create(actor, body);
  }

  @Contract(consoleRoutes.updatePromotion)
  update(@Who() actor: Desk, @Given() { params, body }: In<R['updatePromotion']>): Out<R['updatePromotion']> {
    return this.desk.update(actor, params.id as Id, body.version, body.promotion);
  }

  @Contract(consoleRoutes.deletePromotion)
  async remove(@Who() actor: Desk, @Given() { params }: In<R['deletePromotion']>): Out<R['deletePromotion']> {
    await this.desk.remove(actor, params.id as Id);
    return { ok: true };
  }

  @Contract(consoleRoutes.checkPromotion)
  check(@Who() actor: Desk, @Given() { params }: In<R['checkPromotion']>): Out<R['checkPromotion']> {
    return this.desk.check(actor, params.id as Id);
  }

  @Contract(consoleRoutes.runPromotion)
  run(@Who() actor: Desk, @Given() { params, body }: In<R['runPromotion']>): Out<R['runPromotion']> {
    return this.desk.run(actor, params.id as Id, body.days);
  }

  @Contract(consoleRoutes.publishPromotion)
  publish(@Who() actor: Desk, @Given() { params, body }: In<R['publishPromotion']>): Out<R['publishPromotion']> {
    return this.desk.publish(actor, params.id as Id, body);
  }

  @Contract(consoleRoutes.pausePromotion)
  pause(@Who() actor: Desk, @Given() { params }: In<R['pausePromotion']>): Out<R['pausePromotion']> {
    return this.desk.move(actor, params.id as Id, 'pause');
  }

  @Contract(consoleRoutes.resumePromotion)
  resume(@Who() actor: Desk, @Given() { params }: In<R['resumePromotion']>): Out<R['resumePromotion']> {
    return this.desk.move(actor, params.id as Id, 'resume');
  }

  @Contract(consoleRoutes.endPromotion)
  end(@Who() actor: Desk, @Given() { params }: In<R['endPromotion']>): Out<R['endPromotion']> {
    return this.desk.move(actor, params.id as Id, 'end');
  }

  @Contract(consoleRoutes.extendPromotion)
  extend(@Who() actor: Desk, @Given() { params, body }: In<R['extendPromotion']>): Out<R['extendPromotion']> {
    return this.desk.extend(actor, params.id as Id, new Date(body.endsAt));
  }

  @Contract(consoleRoutes.setPromotionStore)
  setStore(@Who() actor: Desk, @Given() { params, body }: In<R['setPromotionStore']>): Out<R['setPromotionStore']> {
    return this.desk.setStore(actor, params.id as Id, params.storeId as StoreId, body.takesPart);
  }
}

/** What promotions have become: effect, sessions, budgets. */
@Controller()
export class PromotionEffectsController {
  constructor(
    @Inject(PromotionEffects) private readonly effects: PromotionEffects,
    @Inject(DeskSessions) private readonly sessions: DeskSessions,
  ) {}

  @Contract(consoleRoutes.promotionEffect)
  effect(@Who() actor: Desk, @Given() { params }: In<R['promotionEffect']>): Out<R['promotionEffect']> {
    return this.effects.effect(actor, params.id as Id);
  }

  @Contract(consoleRoutes.promotionSessions)
  list(@Who() actor: Desk, @Given() { params, query }: In<R['promotionSessions']>): Out<R['promotionSessions']> {
    return this.sessions.list(actor, params.id as Id, query);
  }

  @Contract(consoleRoutes.promotionEnvelopes)
  envelopes(@Who() actor: Desk, @Given() { query }: In<R['promotionEnvelopes']>): Out<R['promotionEnvelopes']> {
    return this.effects.envelopes(actor, query.month);
  }

  @Contract(consoleRoutes.setPromotionEnvelope)
  setEnvelope(
    @Who() actor: Desk,
    @Given() { params, body }: In<R['setPromotionEnvelope']>,
  ): Out<R['setPromotionEnvelope']> {
    return this.effects.setEnvelope(actor, params.franchiseeId as Id<'franchisee'>, body.month, body.budgetFen);
  }
}
