import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, guideRoutes } from '@shuke/shared/contracts';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Earnings } from '../application/earnings.js';
import { Overview } from '../application/overview.js';

@Controller()
export class DashboardsController {
  constructor(
    @Inject(Overview) private readonly overview: Overview,
    @Inject(Earnings) private readonly earnings: Earnings,
  ) {}

  @Contract(consoleRoutes.overview)
  today(
    @Who() actor: Actor,
    @Given() { query }: In<typeof consoleRoutes.overview>,
  ): Out<typeof consoleRoutes.overview> {
    return this.overview.run(actor, query.day);
  }

  @Contract(guideRoutes.earnings)
  income(@Who() actor: Guide, @Given() { query }: In<typeof guideRoutes.earnings>): Out<typeof guideRoutes.earnings> {
    return this.earnings.run(actor, query.cursor, query.limit);
  }
}
