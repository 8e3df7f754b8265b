import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, guideRoutes } from '@shuke/shared/contracts';
import type { Actor, Desk, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ChangeGuide } from '../application/change-guide.js';

/** Consumers' wishes for another guide, as managers and headquarters decide them. */
@Controller()
export class GuideChangesController {
  constructor(@Inject(ChangeGuide) private readonly changing: ChangeGuide) {}

  @Contract(guideRoutes.guideChanges)
  ofStore(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.guideChanges>,
  ): Out<typeof guideRoutes.guideChanges> {
    return this.changing.list(actor.brandId, input.query, (actor as Guide).storeId);
  }

  @Contract(guideRoutes.decideGuideChange)
  byManager(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.decideGuideChange>,
  ): Out<typeof guideRoutes.decideGuideChange> {
    return this.changing.decide(actor as Guide, input.params.id, input.body);
  }

  @Contract(consoleRoutes.guideChanges)
  ofBrand(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.guideChanges>,
  ): Out<typeof consoleRoutes.guideChanges> {
    return this.changing.list(actor.brandId, input.query);
  }

  @Contract(consoleRoutes.decideGuideChange)
  byHeadquarters(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.decideGuideChange>,
  ): Out<typeof consoleRoutes.decideGuideChange> {
    return this.changing.decide(actor as Desk, input.params.id, input.body);
  }
}
