import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { GuidesModule } from '../guides/index.js';
import { LevelsModule } from '../levels/index.js';
import { OrganizationModule } from '../organization/index.js';
import { LogInByMiniapp } from './application/log-in-by-miniapp.js';
import { Members } from './application/members.js';
import { MyHomePage } from './application/my-home.js';
import { VerifyPhone } from './application/verify-phone.js';
import { growWithOrders } from './events/grow-with-orders.js';
import { MallMembersController } from './http/mall-members.controller.js';
import { memberInvariants } from './members.invariants.js';

@Module({
  imports: [OrganizationModule, GuidesModule, LevelsModule],
  controllers: [MallMembersController],
  providers: [Members, LogInByMiniapp, VerifyPhone, MyHomePage],
  exports: [Members, LogInByMiniapp],
})
export class MembersModule implements OnModuleInit {
  constructor(@Inject(Members) private readonly members: Members) {}

  onModuleInit(): void {
    registerInvariants(memberInvariants);
    growWithOrders(this.members);
  }
}
