import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ClearingDesk } from '../application/clearing-desk.js';

/** The clearing at the desks of headquarters and franchisees. */
@Controller()
export class ConsoleClearingController {
  constructor(@Inject(ClearingDesk) private readonly desk: ClearingDesk) {}

  @Contract(consoleRoutes.clearingMatrix)
  matrix(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.clearingMatrix>,
  ): Out<typeof consoleRoutes.clearingMatrix> {
    return this.desk.matrix(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.clearingDays)
  days(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.clearingDays>,
  ): Out<typeof consoleRoutes.clearingDays> {
    return this.desk.days(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.clearingEntries)
  entries(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.clearingEntries>,
  ): Out<typeof consoleRoutes.clearingEntries> {
    return this.desk.entries(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.clearingExport)
  export(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.clearingExport>,
  ): Out<typeof consoleRoutes.clearingExport> {
    return this.desk.export(actor as Desk, input.query);
  }
}
