import type { MemberId } from '@shuke/shared/kernel';
import { type Hint, type Identifier, strengthOf } from './identifiers.js';

export type MemberStatus = 'ACTIVE' | 'MERGED' | 'CANCELLED' | 'DORMANT';

/** What the rules have to know of one record. */
export interface PersonFacts {
  id: MemberId;
  status: MemberStatus;
  realName: string | null;
  birthday: string | null;
  joinedAt: Date;
  identifiers: readonly Identifier[];
  hints: readonly Hint[];
  /** Names on the addresses where the phone of the hint is written: a household shares a phone and not a name. */
  addressNames: readonly string[];
}

export type BlockerCode =
  | 'PHONES_DIFFER'
  | 'NAMES_DIFFER'
  | 'WECHATS_DIFFER'
  | 'TOO_MANY_IDENTIFIERS'
  | 'SHARED_PHONE'
  | 'HOUSEHOLD'
  | 'NOT_ACTIVE';
export interface Blocker {
  code: BlockerCode;
  text: string;
  /** True: these two are never merged as they are; false: a person may decide it, a rule may not. */
  isFinal: boolean;
}

export interface Guards {
  maxIdentifiers: number;
  /** Phones of employees and stores, and typed phones that too many members share. */
  sharedPhones: ReadonlySet<string>;
}

const valuesOf = (person: PersonFacts, kind: string): string[] =>
  [...person.identifiers, ...person.hints].filter((one) => one.kind === kind).map((one) => one.value);
const share = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

/**
 * Why two records must not become one, or not by themselves (reference: features B25, pain 18). An identifier names one
 * record only, so two records with a verified phone each have different ones.
 */
export function blockersOf(a: PersonFacts, b: PersonFacts, guards: Guards): Blocker[] {
  const blockers: Blocker[] = [];
  const add = (code: BlockerCode, isFinal: boolean, text: string) => blockers.push({ code, isFinal, text });
  if (![a, b].every((one) => one.status === 'ACTIVE' || one.status === 'DORMANT') || a.id === b.id)
    add('NOT_ACTIVE', true, '其中一个会员已被合并或已注销');
  if (valuesOf(a, 'phone').length > 0 && valuesOf(b, 'phone').length > 0)
    add('PHONES_DIFFER', true, '两边各有一个验证过的手机号，而且不一样');
  if (a.realName && b.realName && a.realName !== b.realName) add('NAMES_DIFFER', true, '两边的真实姓名不一样');
  if (valuesOf(a, 'unionid').length > 0 && valuesOf(b, 'unionid').length > 0)
    add('WECHATS_DIFFER', false, '两边是不同的微信账号，需要人来确认');
  const total = a.identifiers.length + b.identifiers.length;
  if (total > guards.maxIdentifiers)
    add('TOO_MANY_IDENTIFIERS', false, `合起来有 ${total} 个身份标识，更像门店或家庭共用`);
  const phones = [...valuesOf(a, 'phone'), ...valuesOf(b, 'phone'), ...sharedHints(a, b)];
  if (phones.some((one) => guards.sharedPhones.has(one)))
    add('SHARED_PHONE', false, '相关手机号是员工、门店或很多人共用的号码');
  if (isHousehold(a, b)) add('HOUSEHOLD', false, '同一个手机号下收货人姓名不同，可能是一家人');
  return blockers;
}

const sharedHints = (a: PersonFacts, b: PersonFacts): string[] =>
  valuesOf(a, 'typed_phone').filter((one) => valuesOf(b, 'typed_phone').includes(one));

function isHousehold(a: PersonFacts, b: PersonFacts): boolean {
  const phonesOf = (one: PersonFacts) => [...valuesOf(one, 'typed_phone'), ...valuesOf(one, 'phone')];
  if (!share(phonesOf(a), phonesOf(b)) || a.addressNames.length === 0 || b.addressNames.length === 0) return false;
  return !share(a.addressNames, b.addressNames);
}

const hasWechat = (one: PersonFacts): boolean =>
  one.identifiers.some((identifier) => identifier.kind === 'openid' || identifier.kind === 'unionid');
const strongCount = (one: PersonFacts): number =>
  one.identifiers.filter((identifier) => strengthOf(identifier.kind) === 'STRONG').length;

/**
 * Which of two goes on: whoever is there right now, then a live record before a dormant one, one with WeChat before one
 * without, more proofs before fewer, the older before the younger; ids settle what is left, so that the order in which
 * the two are given never matters.
 */
export function directionOf(
  a: PersonFacts,
  b: PersonFacts,
  present: MemberId | null = null,
): { from: MemberId; into: MemberId } {
  const rank = (one: PersonFacts): number[] => [
    one.id === present ? 0 : 1,
    one.status === 'DORMANT' ? 1 : 0,
    hasWechat(one) ? 0 : 1,
    -strongCount(one),
    one.joinedAt.getTime(),
  ];
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  const isAFirst = at === -1 ? BigInt(a.id) < BigInt(b.id) : (left[at] as number) < (right[at] as number);
  return isAFirst ? { from: b.id, into: a.id } : { from: a.id, into: b.id };
}
