import { randomBytes } from 'node:crypto';
import { externalUseridOf, unionidOf, type WorldConsumer } from '../core/index.js';
import { refuse } from './errors.js';
import { vendorId } from './identity.js';
import type { ContactWay, Member, Relation, TagGroup, Transfer, WecomKnobs, WecomState } from './model.js';

export function emptyState(): WecomState {
  return {
    members: {},
    relations: {},
    tagGroups: [],
    contactWays: {},
    transfers: [],
    transferLog: {},
    groupMessages: [],
    welcomeCodes: {},
    media: {},
    tickets: {},
    counter: 0,
  };
}

/** The corp's book: members, contacts, tags and codes, with the look-ups that every API shares. */
export class CorpBook {
  private readonly consumersByExternal = new Map<string, WorldConsumer>();

  constructor(
    readonly corpId: string,
    readonly state: WecomState,
    readonly knobs: WecomKnobs,
    private readonly now: () => number,
  ) {}

  addConsumer(person: WorldConsumer): string {
    const external = externalUseridOf(this.corpId, person.key);
    this.consumersByExternal.set(external, person);
    return external;
  }

  consumers(): WorldConsumer[] {
    return [...this.consumersByExternal.values()];
  }

  personOf(externalUserid: string): WorldConsumer | undefined {
    return this.consumersByExternal.get(externalUserid);
  }

  externalOf(consumerKey: string): string {
    return externalUseridOf(this.corpId, consumerKey);
  }

  addMember(member: Member): void {
    const known = this.state.members[member.userid.toLowerCase()];
    // The world file says who somebody is; the saved state says whether they still work here.
    this.state.members[member.userid.toLowerCase()] = {
      contactEnabled: true,
      ...known,
      ...member,
      status: member.status ?? known?.status ?? 1,
    };
  }

  members(): Member[] {
    return Object.values(this.state.members);
  }

  /** userid is case-insensitive on the platform. */
  member(userid: string): Member | undefined {
    return this.state.members[String(userid).toLowerCase()];
  }

  active(userid: string): Member {
    const member = this.member(userid);
    if (!member || member.status === 5) refuse(60111);
    return member;
  }

  /** A member who may serve contacts; others do not exist for the customer-contact APIs. */
  serving(userid: string): Member {
    const member = this.active(userid);
    if (member.contactEnabled === false) refuse(84061);
    return member;
  }

  relationKey(userid: string, externalUserid: string): string {
    return `${userid.toLowerCase()}|${externalUserid}`;
  }

  relation(userid: string, externalUserid: string): Relation | undefined {
    return this.state.relations[this.relationKey(userid, externalUserid)];
  }

  /** A relation the APIs may touch: also after the contact deleted the member, not while half or deleted by the member. */
  liveRelation(userid: string, externalUserid: string): Relation {
    const relation = this.relation(userid, externalUserid);
    if (!relation || relation.status === 'half' || relation.status === 'deleted-by-guide') refuse(84061);
    return relation;
  }

  relationsOf(userid: string): Relation[] {
    const lower = userid.toLowerCase();
    return Object.values(this.state.relations)
      .filter((r) => r.userid.toLowerCase() === lower && (r.status === 'normal' || r.status === 'deleted-by-customer'))
      .sort((a, b) => a.createtime - b.createtime || (a.externalUserid < b.externalUserid ? -1 : 1));
  }

  followersOf(externalUserid: string): Relation[] {
    return Object.values(this.state.relations)
      .filter(
        (r) => r.externalUserid === externalUserid && (r.status === 'normal' || r.status === 'deleted-by-customer'),
      )
      .sort((a, b) => a.createtime - b.createtime || (a.userid < b.userid ? -1 : 1));
  }

  externalContact(externalUserid: string): Record<string, unknown> {
    const person = this.personOf(externalUserid);
    return {
      external_userid: externalUserid,
      name: person?.nickname ?? '微信用户',
      avatar: person?.avatar ?? '',
      type: 1,
      gender: person?.gender ?? 0,
      ...(this.knobs.unionidBound && person ? { unionid: unionidOf(person.key) } : {}),
    };
  }

  tag(tagId: string): { group: TagGroup; index: number } | undefined {
    for (const group of this.state.tagGroups) {
      const index = group.tags.findIndex((tag) => tag.id === tagId);
      if (index >= 0) return { group, index };
    }
    return undefined;
  }

  contactWay(configId: string): ContactWay | undefined {
    return this.state.contactWays[configId];
  }

  openTransfer(externalUserid: string): Transfer | undefined {
    return this.state.transfers.find((t) => t.externalUserid === externalUserid && t.status === 2);
  }

  nextId(prefix: string, length: number): string {
    this.state.counter += 1;
    return vendorId(prefix, `${this.corpId}:${this.state.counter}:${randomBytes(4).toString('hex')}`, length);
  }

  nowSeconds(): number {
    return Math.floor(this.now() / 1000);
  }
}
