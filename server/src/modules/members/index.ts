export { MemberAssets, MemberMovers } from '../one-id/index.js';
export { Accesses, type Look } from './application/accesses.js';
export { BackfillMembers } from './application/backfill-members.js';
export { LogInByMiniapp, type LoginInput, type LoginOutcome } from './application/log-in-by-miniapp.js';
export { MemberPolicies } from './application/member-policies.js';
export {
  DEFAULT_AVATAR,
  type MemberDraft,
  Members,
  type Origin,
  type PersonInput,
  type PersonOutcome,
  profileOf,
} from './application/members.js';
export { Memberships } from './application/memberships.js';
export { type MergeOrder, Merges, type Preview, type Verdict } from './application/merges.js';
export { MyRecord } from './application/my-record.js';
export { type FoundOldMember, OldMembers } from './application/old-members.js';
export { PastConsents } from './application/past-consents.js';
export { doubtText, noteDoubt, PeopleAtTills, type TillPerson } from './application/people-at-tills.js';
export { PeopleByPhone } from './application/people-by-phone.js';
export { PhoneHolders } from './application/phone-holders.js';
export { ProveOwner } from './application/prove-owner.js';
export { WatchPeople } from './application/watch-people.js';
export type { OldMember } from './domain/backfill-row.js';
export {
  type Identifier,
  type IdentifierKind,
  maskName,
  maskPhone,
  memberNoOf,
  openidIdentifier,
  phoneValue,
} from './domain/identifiers.js';
export { MembersModule } from './members.module.js';
