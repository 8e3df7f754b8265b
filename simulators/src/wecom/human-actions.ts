import { refuse } from './errors.js';
import { mayReceive } from './mass-quota.js';
import { messagesOf } from './message-sink.js';
import type { Relation } from './model.js';
import type { WecomPlatform } from './platform.js';
import { mediaUrl } from './routes-media.js';
import type { TransferClock } from './transfer-clock.js';

export interface AddContact {
  userid: string;
  /** Key of the consumer in the world file. */
  consumer: string;
  state?: string;
  /** Scanning a known contact way brings its state and its skip_verify along. */
  configId?: string;
  addWay?: number;
  half?: boolean;
  noWelcome?: boolean;
  remark?: string;
  createtime?: number;
  /** For seeding: the relation exists from now on, and nobody is told. */
  silent?: boolean;
  tagIds?: string[];
}

/** What people do in the clients. Each change makes the event that the platform would send; API writes never do. */
export class HumanActions {
  constructor(
    private readonly sim: WecomPlatform,
    private readonly transfers: TransferClock,
  ) {}

  /** A consumer adds a guide. Already friends: no event and no state, as on the platform. */
  async addContact(input: AddContact): Promise<{ added: boolean; relation: Relation; welcomeCode?: string }> {
    const { book } = this.sim;
    const member = book.serving(input.userid);
    const external = this.external(input.consumer);
    const way = input.configId ? book.contactWay(input.configId) : undefined;
    const before = book.relation(member.userid, external);
    if (before?.status === 'normal') return { added: false, relation: before };
    const half = input.half ?? (way ? !way.skipVerify : false);
    const relation: Relation = {
      userid: member.userid,
      externalUserid: external,
      status: half ? 'half' : 'normal',
      remark: input.remark ?? before?.remark ?? '',
      description: before?.description ?? '',
      remarkCorpName: '',
      remarkMobiles: before?.remarkMobiles ?? [],
      createtime: input.createtime ?? book.nowSeconds(),
      tagIds: input.tagIds ?? before?.tagIds ?? [],
      personalTags: before?.personalTags ?? [],
      addWay: input.addWay ?? 1,
      state: input.state ?? (way?.state || undefined),
      operUserid: external,
      lastChatAt: this.sim.core.clock.now(),
    };
    book.state.relations[book.relationKey(member.userid, external)] = relation;
    if (input.silent) {
      this.sim.touch();
      return { added: true, relation };
    }
    const welcomeCode = input.noWelcome || before?.status === 'half' ? undefined : this.welcomeCode(relation);
    await this.contactEvent(half ? 'add_half_external_contact' : 'add_external_contact', relation, {
      State: relation.state,
      WelcomeCode: welcomeCode,
    });
    return { added: true, relation, welcomeCode };
  }

  /** The guide accepts a half-made relation. */
  async confirmContact(userid: string, consumer: string): Promise<Relation> {
    const relation = this.relation(userid, consumer);
    if (relation.status !== 'half') return relation;
    relation.status = 'normal';
    await this.contactEvent('add_external_contact', relation, { State: relation.state });
    return relation;
  }

  async editRemark(input: {
    userid: string;
    consumer: string;
    remark?: string;
    description?: string;
    mobiles?: string[];
  }): Promise<Relation> {
    const relation = this.relation(input.userid, input.consumer);
    const words = input.remark !== undefined || input.description !== undefined;
    if (input.remark !== undefined) relation.remark = input.remark;
    if (input.description !== undefined) relation.description = input.description;
    if (input.mobiles) relation.remarkMobiles = input.mobiles;
    this.sim.touch();
    // A change of the phone numbers alone makes no event.
    if (words) await this.contactEvent('edit_external_contact', relation);
    return relation;
  }

  async tag(input: {
    userid: string;
    consumer: string;
    add?: string[];
    remove?: string[];
    personal?: string[];
  }): Promise<Relation> {
    const relation = this.relation(input.userid, input.consumer);
    for (const id of input.add ?? []) if (!this.sim.book.tag(id)) refuse(40068);
    const next = new Set([...relation.tagIds, ...(input.add ?? [])]);
    for (const id of input.remove ?? []) next.delete(id);
    relation.tagIds = [...next];
    if (input.personal) relation.personalTags = input.personal;
    await this.contactEvent('edit_external_contact', relation);
    return relation;
  }

  async deleteByGuide(userid: string, consumer: string): Promise<Relation> {
    const relation = this.relation(userid, consumer);
    relation.status = 'deleted-by-guide';
    await this.contactEvent('del_external_contact', relation);
    return relation;
  }

  /** The relation stays readable for the guide: it is one-way now. */
  async deleteByCustomer(userid: string, consumer: string): Promise<Relation> {
    const relation = this.relation(userid, consumer);
    relation.status = 'deleted-by-customer';
    await this.contactEvent('del_follow_user', relation);
    return relation;
  }

  /** The guide confirms a mass message; every contact gets it, or the reason why not. */
  confirmMassSend(userid: string, msgid?: string): { msgid: string; sent: number; failed: number }[] {
    const { book, core, knobs } = this.sim;
    const lower = userid.toLowerCase();
    const waiting = book.state.groupMessages.filter(
      (m) =>
        (!msgid || m.msgid === msgid) &&
        !m.cancelled &&
        m.rows.some((row) => row.userid.toLowerCase() === lower && row.status === 0),
    );
    return waiting.map((message) => {
      const mine = message.rows.filter((row) => row.userid.toLowerCase() === lower && row.status === 0);
      for (const row of mine) {
        const friends = book.relation(row.userid, row.externalUserid)?.status === 'normal';
        const quota = mayReceive(book.state.groupMessages, row.externalUserid, knobs.massSendPolicy, core.clock.now());
        row.status = !friends ? 2 : quota ? 1 : 3;
        message.confirmed[row.userid] = core.clock.now();
        if (row.status !== 1) continue;
        row.sendTime = book.nowSeconds();
        const body = { text: { content: message.text }, attachments: message.attachments };
        for (const part of messagesOf(body, (id) => mediaUrl(this.sim, id))) {
          const consumerKey = book.personOf(row.externalUserid)?.key;
          this.sim.sink.post({ ...part, channel: 'mass', guideUserid: row.userid, consumerKey });
        }
      }
      this.sim.touch();
      const sent = mine.filter((row) => row.status === 1).length;
      return { msgid: message.msgid, sent, failed: mine.length - sent };
    });
  }

  /** A member leaves. A self-built app learns it by `unsubscribe`; the contact-book events go elsewhere. */
  async resign(userid: string): Promise<void> {
    const member = this.sim.book.active(userid);
    member.status = 5;
    member.leftAt = this.sim.core.clock.now();
    this.sim.touch();
    void this.sim.sender.send('unsubscribe', {
      Event: 'unsubscribe',
      FromUserName: member.userid,
      AgentID: Number(this.sim.corp.agentId),
    });
  }

  async join(member: {
    userid: string;
    name: string;
    avatar?: string;
    position?: string;
    department?: number[];
  }): Promise<void> {
    this.sim.book.addMember({ ...member, status: 1 });
    this.sim.touch();
    void this.sim.sender.send('subscribe', {
      Event: 'subscribe',
      FromUserName: member.userid,
      AgentID: Number(this.sim.corp.agentId),
    });
  }

  async transferDecision(consumer: string, decision: 'accept' | 'refuse' | 'full'): Promise<void> {
    const { sim, transfers } = this;
    const open = sim.book.openTransfer(this.external(consumer)) ?? refuse(40131, 'no hand-over is waiting');
    if (decision === 'accept') await transfers.carryOut(open);
    if (decision === 'refuse') await transfers.refuse(open);
    if (decision === 'full') await transfers.full(open);
  }

  private external(consumer: string): string {
    const external = this.sim.book.externalOf(consumer);
    if (!this.sim.book.personOf(external)) refuse(40096, `no consumer ${consumer}`);
    return external;
  }

  private relation(userid: string, consumer: string): Relation {
    return this.sim.book.relation(userid, this.external(consumer)) ?? refuse(84061);
  }

  private welcomeCode(relation: Relation): string | undefined {
    const { book, core, knobs } = this.sim;
    if (knobs.adminWelcomeUserids.includes(relation.userid)) return undefined;
    const code = book.nextId('', 43);
    book.state.welcomeCodes[code] = {
      code,
      userid: relation.userid,
      externalUserid: relation.externalUserid,
      issuedAt: core.clock.now(),
      state: 'open',
      busyAnswers: knobs.welcomeBusyTimes,
    };
    return code;
  }

  private async contactEvent(
    changeType: string,
    relation: Relation,
    more: Record<string, string | undefined> = {},
  ): Promise<void> {
    this.sim.touch();
    void this.sim.sender.send(`change_external_contact/${changeType}`, {
      Event: 'change_external_contact',
      ChangeType: changeType,
      UserID: relation.userid,
      ExternalUserID: relation.externalUserid,
      ...more,
    });
  }
}
