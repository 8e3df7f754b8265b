import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, posRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ConsoleImports } from '../application/console-imports.js';
import { PushOrders } from '../application/push-orders.js';

/** Points of sale push here; headquarters watches the imports. */
@Controller()
export class ConnectorsController {
  constructor(
    @Inject(PushOrders) private readonly push: PushOrders,
    @Inject(ConsoleImports) private readonly consoleImports: ConsoleImports,
  ) {}

  @Contract(posRoutes.pushOrders)
  pushOrders(@Who() actor: Actor, @Given() input: In<typeof posRoutes.pushOrders>): Out<typeof posRoutes.pushOrders> {
    return this.push.run(actor as Extract<Actor, { kind: 'pos' }>, input.body.orders);
  }

  @Contract(consoleRoutes.imports)
  imports(@Who() actor: Actor): Out<typeof consoleRoutes.imports> {
    return this.consoleImports.list(actor.brandId);
  }

  @Contract(consoleRoutes.importErrors)
  importErrors(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.importErrors>,
  ): Out<typeof consoleRoutes.importErrors> {
    return this.consoleImports.errors(actor.brandId, input.params.id as Id<'import'>, input.query);
  }
}
