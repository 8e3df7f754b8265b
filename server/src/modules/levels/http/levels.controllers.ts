import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { MemberId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { LevelDesk } from '../application/level-desk.js';

/** The consumer's own level. */
@Controller()
export class MallLevelController {
  constructor(@Inject(LevelDesk) private readonly desk: LevelDesk) {}

  @Contract(mallRoutes.level)
  mine(@Who() actor: Consumer): Out<typeof mallRoutes.level> {
    return this.desk.page(actor.brandId, actor.memberId);
  }
}

/** Levels at the desk. */
@Controller()
export class ConsoleLevelController {
  constructor(@Inject(LevelDesk) private readonly desk: LevelDesk) {}

  @Contract(consoleRoutes.levelScheme)
  scheme(@Who() actor: Actor): Out<typeof consoleRoutes.levelScheme> {
    return this.desk.scheme(actor.brandId);
  }

  @Contract(consoleRoutes.setLevelScheme)
  publish(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.setLevelScheme>,
  ): Out<typeof consoleRoutes.setLevelScheme> {
    return this.desk.publish(actor, body);
  }

  @Contract(consoleRoutes.grantLevel)
  grant(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.grantLevel>,
  ): Out<typeof consoleRoutes.grantLevel> {
    return this.desk.grant(actor, params.id as MemberId, body);
  }

  @Contract(consoleRoutes.rebuildLevels)
  rebuild(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.rebuildLevels>,
  ): Out<typeof consoleRoutes.rebuildLevels> {
    return this.desk.rebuild(actor, body);
  }
}
