export { LogInByMiniapp, type LoginInput, type LoginOutcome } from './application/log-in-by-miniapp.js';
export {
  DEFAULT_AVATAR,
  type MemberDraft,
  Members,
  type Origin,
  type PersonInput,
  type PersonOutcome,
  profileOf,
} from './application/members.js';
export {
  type Identifier,
  type IdentifierKind,
  maskPhone,
  memberNoOf,
  openidIdentifier,
  phoneValue,
} from './domain/identifiers.js';
export { MembersModule } from './members.module.js';
