import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Sessions } from '../../../platform/access/sessions.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { LogInByMiniapp } from '../application/log-in-by-miniapp.js';
import { MyHomePage } from '../application/my-home.js';
import { VerifyPhone } from '../application/verify-phone.js';

/** The consumer's login and own card. */
@Controller()
export class MallMembersController {
  constructor(
    @Inject(LogInByMiniapp) private readonly logIn: LogInByMiniapp,
    @Inject(VerifyPhone) private readonly verifyPhone: VerifyPhone,
    @Inject(MyHomePage) private readonly home: MyHomePage,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Contract(mallRoutes.login)
  async login(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.login>): Out<typeof mallRoutes.login> {
    const { brandId } = actor;
    const { memberId, openid, isNew, profile } = await this.logIn.run({ brandId, ...input.body });
    const token = await this.sessions.issue({ kind: 'consumer', brandId, memberId, openid });
    return { token, isNew, profile };
  }

  @Contract(mallRoutes.phone)
  phone(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.phone>): Out<typeof mallRoutes.phone> {
    return this.verifyPhone.run(actor as Consumer, input.body.code);
  }

  @Contract(mallRoutes.me)
  me(@Who() actor: Actor): Out<typeof mallRoutes.me> {
    return this.home.read(actor as Consumer);
  }

  @Contract(mallRoutes.updateMe)
  updateMe(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.updateMe>): Out<typeof mallRoutes.updateMe> {
    return this.home.update(actor as Consumer, input.body);
  }
}
