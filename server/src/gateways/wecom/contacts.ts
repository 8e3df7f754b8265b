import type { Priority } from './rate-gate.js';
import type { WecomClient } from './wecom-client.js';
import { WecomError } from './wecom-error.js';

export interface ExternalContact {
  externalUserId: string;
  name: string;
  avatar: string | null;
  /** 1 a WeChat user, 2 a WeCom user. */
  type: number;
  gender: number;
  /** Only for WeChat users, and only when the corp has bound a developer id. */
  unionid: string | null;
}

export interface Follow {
  userId: string;
  remark: string;
  description: string;
  /** Instant in ms. */
  createdAtMs: number;
  /** Ids of corp tags and rule-group tags; personal tags have none. */
  tagIds: string[];
  remarkMobiles: string[];
  addWay: number | null;
  state: string | null;
}

export interface ContactPage {
  contacts: Array<{ contact: ExternalContact; follow: Follow }>;
  nextCursor: string;
  unlicensedUserIds: string[];
}

export interface RemarkInput {
  userId: string;
  externalUserId: string;
  remark?: string;
  description?: string;
  /** Replaces all; an empty list clears. */
  remarkMobiles?: string[];
}

type Raw = Record<string, unknown>;
const raw = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {});
const rows = (value: unknown): Raw[] => (Array.isArray(value) ? value.map(raw) : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const orNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const readContact = (source: Raw): ExternalContact => ({
  externalUserId: String(source['external_userid']),
  name: String(source['name'] ?? ''),
  avatar: orNull(source['avatar']),
  type: Number(source['type'] ?? 1),
  gender: Number(source['gender'] ?? 0),
  unionid: orNull(source['unionid']),
});

/** The two reading calls name tags differently: objects in `tags`, ids in `tag_id`. */
const readFollow = (source: Raw): Follow => ({
  userId: String(source['userid']),
  remark: String(source['remark'] ?? ''),
  description: String(source['description'] ?? ''),
  createdAtMs: Number(source['createtime'] ?? 0) * 1000,
  tagIds: [...texts(source['tag_id']), ...rows(source['tags']).flatMap((tag) => orNull(tag['tag_id']) ?? [])],
  remarkMobiles: texts(source['remark_mobiles']),
  addWay: source['add_way'] === undefined ? null : Number(source['add_way']),
  state: orNull(source['state']),
});

/** Who follows whom, and what they wrote down (reference: wecom-miniapp 3.1, 3.2). All throw WecomError. */
export class Contacts {
  constructor(private readonly client: WecomClient) {}

  /** Members who have the customer-contact right. */
  async followUsers(priority: Priority = 'sync'): Promise<string[]> {
    return texts((await this.client.call({ cgi: 'externalcontact/get_follow_user_list', priority }))['follow_user']);
  }

  /** All contacts of a member, unpaged; a member without any (84061) has an empty list. */
  async list(userId: string, priority: Priority = 'sync'): Promise<string[]> {
    try {
      const call = { cgi: 'externalcontact/list', query: { userid: userId }, priority };
      return texts((await this.client.call(call))['external_userid']);
    } catch (error) {
      if (error instanceof WecomError && error.errcode === 84061) return [];
      throw error;
    }
  }

  /** One contact with all its followers; followers beyond 500 come by cursor and are read too. */
  async get(externalUserId: string, priority: Priority = 'sidebar') {
    const follows: Follow[] = [];
    let cursor = '';
    for (;;) {
      const query = { external_userid: externalUserId, ...(cursor && { cursor }) };
      const answer = await this.client.call({ cgi: 'externalcontact/get', query, priority });
      follows.push(...rows(answer['follow_user']).map(readFollow));
      cursor = String(answer['next_cursor'] ?? '');
      if (cursor === '') return { contact: readContact(raw(answer['external_contact'])), follows };
    }
  }

  /** One page of the contacts of up to 100 members. Keep the cursor: a broken pull goes on from it. */
  async batchGetByUser(userIds: readonly string[], cursor = '', limit = 100): Promise<ContactPage> {
    const answer = await this.client.call({
      cgi: 'externalcontact/batch/get_by_user',
      body: { userid_list: userIds, cursor, limit },
      priority: 'sync',
    });
    return {
      contacts: rows(answer['external_contact_list']).map((row) => ({
        contact: readContact(raw(row['external_contact'])),
        follow: readFollow(raw(row['follow_info'])),
      })),
      nextCursor: String(answer['next_cursor'] ?? ''),
      unlicensedUserIds: texts(raw(answer['fail_info'])['unlicensed_userid_list']),
    };
  }

  /** Overwrites what is given of a guide's notes. */
  async remark(input: RemarkInput): Promise<void> {
    const body = {
      userid: input.userId,
      external_userid: input.externalUserId,
      remark: input.remark?.slice(0, 20),
      description: input.description?.slice(0, 150),
      remark_mobiles: input.remarkMobiles && (input.remarkMobiles.length > 0 ? input.remarkMobiles : ['']),
    };
    await this.client.call({ cgi: 'externalcontact/remark', body, priority: 'sidebar' });
  }

  /** Hands contacts of a leaver (resigned) or a colleague over; 0 in a row means accepted, done after 24 h. */
  async transfer(input: {
    resigned: boolean;
    from: string;
    to: string;
    externalUserIds: readonly string[];
    message?: string;
  }): Promise<Array<{ externalUserId: string; errcode: number }>> {
    const cgi = input.resigned ? 'externalcontact/resigned/transfer_customer' : 'externalcontact/transfer_customer';
    const message = input.resigned ? {} : { transfer_success_msg: input.message?.slice(0, 200) };
    const body = {
      handover_userid: input.from,
      takeover_userid: input.to,
      external_userid: input.externalUserIds,
      ...message,
    };
    const answer = await this.client.call({ cgi, body });
    return rows(answer['customer']).map((row) => ({
      externalUserId: String(row['external_userid']),
      errcode: Number(row['errcode'] ?? 0),
    }));
  }

  /** One page of hand-over outcomes: 1 done, 2 waiting, 3 refused by the contact, 4 the taker is full. */
  async transferResult(input: { resigned: boolean; from: string; to: string; cursor?: string }) {
    const cgi = input.resigned ? 'externalcontact/resigned/transfer_result' : 'externalcontact/transfer_result';
    const body = { handover_userid: input.from, takeover_userid: input.to, cursor: input.cursor ?? '' };
    const answer = await this.client.call({ cgi, body, priority: 'sync' });
    const outcomes = rows(answer['customer']).map((row) => ({
      externalUserId: String(row['external_userid']),
      status: Number(row['status']),
      takeoverAtMs: Number(row['takeover_time'] ?? 0) * 1000,
    }));
    return { outcomes, nextCursor: String(answer['next_cursor'] ?? '') };
  }
}
