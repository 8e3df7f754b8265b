import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { GuidePages } from '../application/guide-pages.js';
import { GuideSignIn } from '../application/guide-sign-in.js';

/** How a guide gets in, and who they are. */
@Controller()
export class GuideSessionController {
  constructor(
    @Inject(GuideSignIn) private readonly signIn: GuideSignIn,
    @Inject(GuidePages) private readonly pages: GuidePages,
  ) {}

  @Contract(guideRoutes.oauthUrl)
  oauthUrl(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.oauthUrl>): Out<typeof guideRoutes.oauthUrl> {
    return this.signIn.oauthUrl(actor.brandId, input.body.redirectUri);
  }

  @Contract(guideRoutes.login)
  login(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.login>): Out<typeof guideRoutes.login> {
    return this.signIn.logIn(actor.brandId, input.body.code, input.body.state);
  }

  @Contract(guideRoutes.signature)
  signature(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.signature>): Out<typeof guideRoutes.signature> {
    return this.signIn.signature(actor.brandId, input.body.url, input.body.kind);
  }

  @Contract(guideRoutes.me)
  me(@Who() actor: Actor): Out<typeof guideRoutes.me> {
    return this.pages.me(actor as Guide);
  }
}
