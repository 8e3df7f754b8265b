import { type Attachment, attachmentBodies, cutBytes } from './attachments.js';
import type { WecomClient } from './wecom-client.js';

export interface MassSendInput {
  /** The member who has to confirm; without one each contact goes to whoever chatted last. */
  sender?: string;
  externalUserIds?: readonly string[];
  text: string;
  attachments?: readonly Attachment[];
}

/** UNSENT not confirmed yet · SENT · NOT_FRIENDS · OVER_QUOTA the contact got other mass-sends already. */
export type MassSendStatus = 'UNSENT' | 'SENT' | 'NOT_FRIENDS' | 'OVER_QUOTA';
const STATUSES: readonly MassSendStatus[] = ['UNSENT', 'SENT', 'NOT_FRIENDS', 'OVER_QUOTA'];

type Raw = Record<string, unknown>;
const rows = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const sentAt = (row: Raw): number | null => (row['send_time'] ? Number(row['send_time']) * 1000 : null);

/** 企业群发 (reference: wecom-miniapp 4.1): a created task is not a send, members confirm each. All throw WecomError. */
export class MassSend {
  constructor(private readonly client: WecomClient) {}

  /** @throws RangeError when neither sender nor receivers are named: that would address everybody */
  async create(input: MassSendInput): Promise<{ messageId: string; failedExternalUserIds: string[] }> {
    const receivers = input.externalUserIds ?? [];
    if (receivers.length === 0 && !input.sender) throw new RangeError('a mass-send needs a sender or receivers');
    if (receivers.length > 10_000) throw new RangeError('a mass-send takes 10,000 receivers');
    const attachments = attachmentBodies(input.attachments ?? []);
    const body = {
      chat_type: 'single',
      ...(receivers.length > 0 && { external_userid: receivers }),
      sender: input.sender,
      text: { content: cutBytes(input.text, 4000) },
      ...(attachments.length > 0 && { attachments }),
    };
    const answer = await this.client.call({ cgi: 'externalcontact/add_msg_template', body });
    const failed = Array.isArray(answer['fail_list']) ? answer['fail_list'].map(String) : [];
    return { messageId: String(answer['msgid']), failedExternalUserIds: failed };
  }

  /** One page of who has confirmed. Wait a minute after creating (41063). */
  async tasks(messageId: string, cursor = '') {
    const body = { msgid: messageId, limit: 1000, cursor };
    const answer = await this.client.call({ cgi: 'externalcontact/get_groupmsg_task', body, priority: 'sync' });
    const tasks = rows(answer['task_list']).map((row) => ({
      userId: String(row['userid']),
      confirmed: Number(row['status']) === 2,
      sentAtMs: sentAt(row),
    }));
    return { tasks, nextCursor: String(answer['next_cursor'] ?? '') };
  }

  /** One page of what reached whom by one member. Only SENT counts as sent. */
  async results(messageId: string, userId: string, cursor = '') {
    const body = { msgid: messageId, userid: userId, limit: 1000, cursor };
    const answer = await this.client.call({ cgi: 'externalcontact/get_groupmsg_send_result', body, priority: 'sync' });
    const results = rows(answer['send_list']).map((row) => ({
      externalUserId: String(row['external_userid']),
      status: STATUSES[Number(row['status'])] ?? ('UNSENT' as const),
      sentAtMs: sentAt(row),
    }));
    return { results, nextCursor: String(answer['next_cursor'] ?? '') };
  }

  /** At most three times in 24 h (41094). */
  async remind(messageId: string): Promise<void> {
    await this.client.call({ cgi: 'externalcontact/remind_groupmsg_send', body: { msgid: messageId } });
  }

  async cancel(messageId: string): Promise<void> {
    await this.client.call({ cgi: 'externalcontact/cancel_groupmsg_send', body: { msgid: messageId } });
  }
}
