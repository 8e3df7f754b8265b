import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { GuidesModule } from '../guides/index.js';
import { LevelsModule } from '../levels/index.js';
import { OrganizationModule } from '../organization/index.js';
import { LogInByMiniapp } from './application/log-in-by-miniapp.js';
import { MemberPolicies } from './application/member-policies.js';
import { registerMemberRows } from './application/member-rows.js';
import { Members } from './application/members.js';
import { Memberships } from './application/memberships.js';
import { Merges } from './application/merges.js';
import { MyHomePage } from './application/my-home.js';
import { PhoneHolders } from './application/phone-holders.js';
import { VerifyPhone } from './application/verify-phone.js';
import { growWithOrders } from './events/grow-with-orders.js';
import { knowPeople } from './events/know-people.js';
import { MallMembersController } from './http/mall-members.controller.js';
import { memberInvariants } from './members.invariants.js';

const FOLLOW_EVERY_MS = 10_000;

@Module({
  imports: [OrganizationModule, GuidesModule, LevelsModule],
  controllers: [MallMembersController],
  providers: [Members, LogInByMiniapp, VerifyPhone, MyHomePage, MemberPolicies, Memberships, Merges, PhoneHolders],
  exports: [Members, LogInByMiniapp, MemberPolicies, Memberships, Merges, PhoneHolders],
})
export class MembersModule implements OnModuleInit {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerInvariants(memberInvariants);
    registerMemberRows();
    growWithOrders(this.members, this.memberships);
    knowPeople(this.merges, this.memberships);
    registerSweep({
      name: 'members.follow-merges',
      everyMs: FOLLOW_EVERY_MS,
      run: () => this.merges.follow(this.clock.date()),
    });
  }
}
