import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { AvatarDesk } from '../application/avatar-desk.js';

type C = typeof consoleRoutes;

/** Pictures of members at headquarters. */
@Controller()
export class ConsoleAvatarsController {
  constructor(@Inject(AvatarDesk) private readonly desk: AvatarDesk) {}

  @Contract(consoleRoutes.avatars)
  avatars(@Who() actor: Desk, @Given() { query }: In<C['avatars']>): Out<C['avatars']> {
    return this.desk.list(actor, query);
  }

  @Contract(consoleRoutes.decideAvatar)
  decide(@Who() actor: Desk, @Given() { params, body }: In<C['decideAvatar']>): Out<C['decideAvatar']> {
    return this.desk.decide(actor, params.id, body);
  }
}
