import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { GuidePack } from '../application/guide-pack.js';
import { Sends } from '../application/sends.js';

/** The guide's morning and one-tap sends. */
@Controller()
export class GuideTasksController {
  constructor(
    @Inject(GuidePack) private readonly pack: GuidePack,
    @Inject(Sends) private readonly sends: Sends,
  ) {}

  @Contract(guideRoutes.morningPack)
  morningPack(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.morningPack>,
  ): Out<typeof guideRoutes.morningPack> {
    return this.pack.read(actor as Guide, input.query.day);
  }

  @Contract(guideRoutes.seeItem)
  seeItem(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.seeItem>): Out<typeof guideRoutes.seeItem> {
    return this.pack.see(actor as Guide, input.params.id as Id<'item'>);
  }

  @Contract(guideRoutes.skipItem)
  skipItem(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.skipItem>): Out<typeof guideRoutes.skipItem> {
    return this.pack.skip(actor as Guide, input.params.id as Id<'item'>, input.body.reason, input.body.note);
  }

  @Contract(guideRoutes.prepareSend)
  prepareSend(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.prepareSend>,
  ): Out<typeof guideRoutes.prepareSend> {
    return this.sends.prepare(actor as Guide, input.params.externalUserId, input.body);
  }

  @Contract(guideRoutes.reportSend)
  async reportSend(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.reportSend>,
  ): Out<typeof guideRoutes.reportSend> {
    await this.sends.report(actor as Guide, input.params.id as Id<'send'>, input.body.result);
    return { ok: true };
  }
}
