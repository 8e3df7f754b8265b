import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { GuidesModule } from '../guides/index.js';
import { LevelsModule } from '../levels/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PicturesModule } from '../pictures/index.js';
import { Accesses } from './application/accesses.js';
import { AvatarDesk } from './application/avatar-desk.js';
import { BackfillMembers } from './application/backfill-members.js';
import { IdentityDesk } from './application/identity-desk.js';
import { LogInByMiniapp } from './application/log-in-by-miniapp.js';
import { MeetAtTill } from './application/meet-at-till.js';
import { MemberDesk } from './application/member-desk.js';
import { MemberPolicies } from './application/member-policies.js';
import { registerMemberRows } from './application/member-rows.js';
import { Members } from './application/members.js';
import { Memberships } from './application/memberships.js';
import { MergeDesk } from './application/merge-desk.js';
import { Merges } from './application/merges.js';
import { MyHomePage } from './application/my-home.js';
import { MyRecord } from './application/my-record.js';
import { OldMembers } from './application/old-members.js';
import { PastConsents } from './application/past-consents.js';
import { PeopleAtTills } from './application/people-at-tills.js';
import { PeopleByPhone } from './application/people-by-phone.js';
import { PeopleView } from './application/people-view.js';
import { PhoneHolders } from './application/phone-holders.js';
import { ProveOwner } from './application/prove-owner.js';
import { VerifyPhone } from './application/verify-phone.js';
import { WatchPeople } from './application/watch-people.js';
import { growWithOrders } from './events/grow-with-orders.js';
import { knowPeople } from './events/know-people.js';
import { meetAtTill } from './events/meet-at-till.js';
import { wearPictures } from './events/wear-pictures.js';
import { ConsoleAvatarsController } from './http/console-avatars.controller.js';
import { ConsoleMembersController } from './http/console-members.controller.js';
import { MallMembersController } from './http/mall-members.controller.js';
import { memberInvariants } from './members.invariants.js';

const FOLLOW_EVERY_MS = 10_000;
const GATHER_EVERY_MS = 60_000;
const REPORT_EVERY_MS = 600_000;

@Module({
  imports: [OrganizationModule, GuidesModule, LevelsModule, PicturesModule],
  controllers: [MallMembersController, ConsoleMembersController, ConsoleAvatarsController],
  providers: [
    Members,
    LogInByMiniapp,
    VerifyPhone,
    ProveOwner,
    MyHomePage,
    MemberPolicies,
    Memberships,
    Merges,
    PhoneHolders,
    PeopleByPhone,
    PeopleAtTills,
    MeetAtTill,
    PeopleView,
    MergeDesk,
    MemberDesk,
    IdentityDesk,
    WatchPeople,
    MyRecord,
    PastConsents,
    Accesses,
    AvatarDesk,
    BackfillMembers,
    OldMembers,
  ],
  exports: [
    Members,
    LogInByMiniapp,
    MemberPolicies,
    Memberships,
    Merges,
    PhoneHolders,
    PeopleByPhone,
    PeopleAtTills,
    ProveOwner,
    WatchPeople,
    MyRecord,
    PastConsents,
    Accesses,
    BackfillMembers,
    OldMembers,
  ],
})
export class MembersModule implements OnModuleInit {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(WatchPeople) private readonly watch: WatchPeople,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MeetAtTill) private readonly meeting: MeetAtTill,
  ) {}

  onModuleInit(): void {
    registerInvariants(memberInvariants);
    registerMemberRows();
    growWithOrders(this.members, this.memberships);
    knowPeople(this.merges, this.memberships);
    meetAtTill(this.meeting);
    wearPictures(this.members);
    registerSweep({
      name: 'members.follow-merges',
      everyMs: FOLLOW_EVERY_MS,
      run: () => this.merges.follow(this.clock.date()),
    });
    registerSweep({ name: 'members.gather-hints', everyMs: GATHER_EVERY_MS, run: () => this.watch.gather() });
    registerSweep({
      name: 'members.report-anomalies',
      everyMs: REPORT_EVERY_MS,
      run: () => this.watch.report(this.clock.date()),
    });
  }
}
