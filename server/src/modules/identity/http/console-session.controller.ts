import { Controller, Inject, Ip } from '@nestjs/common';
import { consoleRoutes, guideRoutes, mallRoutes, type ResponseOf } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, SessionNumber, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { EndSessions } from '../application/end-sessions.js';
import { LogIn } from '../application/log-in.js';

/** Logging in at the console, logging out anywhere, and ending sessions before their time. */
@Controller()
export class ConsoleSessionController {
  constructor(
    @Inject(LogIn) private readonly logIn: LogIn,
    @Inject(EndSessions) private readonly end: EndSessions,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  @Contract(consoleRoutes.login)
  async login(@Given() input: In<typeof consoleRoutes.login>, @Ip() address: string): Out<typeof consoleRoutes.login> {
    const { token, actor } = await this.logIn.run(input.body.login, input.body.password, address);
    return { token, user: await this.view(actor) };
  }

  @Contract(consoleRoutes.me)
  me(@Who() actor: Actor): Out<typeof consoleRoutes.me> {
    return this.view(actor as Desk);
  }

  @Contract(consoleRoutes.ok)
  async logout(@SessionNumber() session: string): Out<typeof consoleRoutes.ok> {
    await this.end.own(session);
    return { ok: true };
  }

  @Contract(mallRoutes.logout)
  async leaveMall(@SessionNumber() session: string): Out<typeof mallRoutes.logout> {
    await this.end.own(session);
    return { ok: true };
  }

  @Contract(guideRoutes.logout)
  async leaveWorkbench(@SessionNumber() session: string): Out<typeof guideRoutes.logout> {
    await this.end.own(session);
    return { ok: true };
  }

  @Contract(consoleRoutes.changePassword)
  changePassword(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.changePassword>,
  ): Out<typeof consoleRoutes.changePassword> {
    return this.end.changePassword(actor as Desk, input.body.oldPassword, input.body.newPassword);
  }

  @Contract(consoleRoutes.deskUsers)
  deskUsers(@Who() actor: Actor): Out<typeof consoleRoutes.deskUsers> {
    return this.end.users(actor as Desk);
  }

  @Contract(consoleRoutes.endDeskSessions)
  async endDeskSessions(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.endDeskSessions>,
  ): Out<typeof consoleRoutes.endDeskSessions> {
    await this.end.ofUser(actor as Desk, asId<'user'>(input.params.id));
    return { ok: true };
  }

  @Contract(consoleRoutes.endGuideSessions)
  async endGuideSessions(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.endGuideSessions>,
  ): Out<typeof consoleRoutes.endGuideSessions> {
    await this.end.ofGuide(actor as Desk, asId<'guide'>(input.params.id));
    return { ok: true };
  }

  private async view(actor: Desk): Promise<ResponseOf<typeof consoleRoutes.me>> {
    const brand = await this.organization.brand(actor.brandId);
    return {
      id: actor.userId,
      name: actor.name,
      role: actor.kind === 'hq' ? 'HQ' : 'FRANCHISEE',
      franchiseeId: actor.kind === 'franchisee' ? actor.franchiseeId : null,
      brandName: brand.name,
    };
  }
}
