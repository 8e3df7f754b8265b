import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, type ResponseOf } from '@shuke/shared/contracts';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { LogIn } from '../application/log-in.js';

/** Logging in and out at the console. */
@Controller()
export class ConsoleSessionController {
  constructor(
    @Inject(LogIn) private readonly logIn: LogIn,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  @Contract(consoleRoutes.login)
  async login(@Given() input: In<typeof consoleRoutes.login>): Out<typeof consoleRoutes.login> {
    const { token, actor } = await this.logIn.run(input.body.login, input.body.password);
    return { token, user: await this.view(actor) };
  }

  @Contract(consoleRoutes.me)
  me(@Who() actor: Actor): Out<typeof consoleRoutes.me> {
    return this.view(actor as Desk);
  }

  /** Sessions are signed and short-lived and kept nowhere: forgetting one is the browser's act. */
  @Contract(consoleRoutes.ok)
  async logout(): Out<typeof consoleRoutes.ok> {
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
