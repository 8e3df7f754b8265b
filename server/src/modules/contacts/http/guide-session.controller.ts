import { Controller, Headers, Inject, Res } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { GuidePages } from '../application/guide-pages.js';
import { GuideSignIn, sealCookie } from '../application/guide-sign-in.js';

/** What this controller needs of a reply. */
interface Reply {
  header(name: string, value: string): unknown;
}

/** How a guide gets in, and who they are. */
@Controller()
export class GuideSessionController {
  constructor(
    @Inject(GuideSignIn) private readonly signIn: GuideSignIn,
    @Inject(GuidePages) private readonly pages: GuidePages,
  ) {}

  @Contract(guideRoutes.oauthUrl)
  async oauthUrl(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.oauthUrl>,
    @Res({ passthrough: true }) reply: Reply,
  ): Out<typeof guideRoutes.oauthUrl> {
    const { url, state, seal } = await this.signIn.oauthUrl(actor.brandId, input.body.redirectUri);
    // A page of ours on plain HTTP is a sandbox; everywhere else the cookie goes over TLS only.
    const secure = input.body.redirectUri.startsWith('https:') ? '; Secure' : '';
    reply.header(
      'set-cookie',
      `${sealCookie(state)}=${seal}; Path=/api/g; Max-Age=600; HttpOnly; SameSite=Lax${secure}`,
    );
    return { url, state };
  }

  @Contract(guideRoutes.login)
  login(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.login>,
    @Headers('cookie') cookies: string | undefined,
  ): Out<typeof guideRoutes.login> {
    const { code, state } = input.body;
    const name = `${sealCookie(state)}=`;
    const seal = (cookies ?? '')
      .split(';')
      .map((one) => one.trim())
      .find((one) => one.startsWith(name));
    return this.signIn.logIn(actor.brandId, code, state, seal?.slice(name.length) ?? null);
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
