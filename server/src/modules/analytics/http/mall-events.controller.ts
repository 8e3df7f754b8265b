import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Actor } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Analytics } from '../application/analytics.js';

/** Where the mini-program tells what was looked at. */
@Controller()
export class MallEventsController {
  constructor(@Inject(Analytics) private readonly analytics: Analytics) {}

  @Contract(mallRoutes.track)
  async track(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.track>): Out<typeof mallRoutes.track> {
    const memberId = actor.kind === 'consumer' ? actor.memberId : null;
    return { accepted: await this.analytics.track({ brandId: actor.brandId, memberId, ...input.body }) };
  }
}
