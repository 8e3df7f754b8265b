import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { DeskTills } from '../application/desk-tills.js';

/** Tills as the desks see them. */
@Controller()
export class DeskTillsController {
  constructor(@Inject(DeskTills) private readonly tills: DeskTills) {}

  @Contract(consoleRoutes.posDevices)
  list(@Who() actor: Actor): Out<typeof consoleRoutes.posDevices> {
    return this.tills.list(actor as Desk);
  }

  @Contract(consoleRoutes.posDevice)
  one(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.posDevice>,
  ): Out<typeof consoleRoutes.posDevice> {
    return this.tills.one(actor as Desk, asId<'device'>(params.id));
  }

  @Contract(consoleRoutes.posConnectors)
  connectors(@Who() actor: Actor): Out<typeof consoleRoutes.posConnectors> {
    return this.tills.connectors(actor as Desk);
  }

  @Contract(consoleRoutes.registerPosDevice)
  register(
    @Who() actor: Actor,
    @Given() { body }: In<typeof consoleRoutes.registerPosDevice>,
  ): Out<typeof consoleRoutes.registerPosDevice> {
    return this.tills.register(actor as Desk, body);
  }

  @Contract(consoleRoutes.stopPosDevice)
  stop(
    @Who() actor: Actor,
    @Given() { params }: In<typeof consoleRoutes.stopPosDevice>,
  ): Out<typeof consoleRoutes.stopPosDevice> {
    return this.tills.stop(actor as Desk, asId<'device'>(params.id));
  }
}
