import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { HandOvers } from '../application/hand-overs.js';

/** What the guide's store handed over. */
@Controller()
export class HandOversController {
  constructor(@Inject(HandOvers) private readonly handOvers: HandOvers) {}

  @Contract(guideRoutes.handOvers)
  list(@Who() actor: Guide, @Given() { query }: In<typeof guideRoutes.handOvers>): Out<typeof guideRoutes.handOvers> {
    return this.handOvers.page(actor, query);
  }

  @Contract(guideRoutes.undoHandOver)
  undo(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.undoHandOver>,
  ): Out<typeof guideRoutes.undoHandOver> {
    return this.handOvers.undo(actor, params.id as Id, body.reason);
  }
}
