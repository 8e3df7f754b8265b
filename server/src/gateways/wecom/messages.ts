import { cutBytes } from './attachments.js';
import type { WecomClient } from './wecom-client.js';
import { WecomError } from './wecom-error.js';
import { toWecomPage } from './wecom-page.js';

export type AppMessage =
  | { kind: 'text'; content: string }
  | { kind: 'textcard'; title: string; description: string; url: string; button?: string }
  | {
      kind: 'miniprogramNotice';
      appid: string;
      path: string;
      query?: string;
      title: string;
      description?: string;
      items?: ReadonlyArray<{ key: string; value: string }>;
    };

export interface SendOutcome {
  messageId: string | null;
  /** The ids we asked for that WeCom did not take, in our own spelling: WeCom answers in lower case. */
  invalidUserIds: string[];
  unlicensedUserIds: string[];
}

const ALL_INVALID = 81013;
const cut = (value: string, characters: number) => [...value].slice(0, characters).join('');

function payload(message: AppMessage): object {
  switch (message.kind) {
    case 'text':
      return { msgtype: 'text', text: { content: cutBytes(message.content, 2048) } };
    case 'textcard':
      return {
        msgtype: 'textcard',
        textcard: {
          title: cut(message.title, 128),
          description: cut(message.description, 512),
          url: message.url,
          btntxt: message.button && cut(message.button, 4),
        },
      };
    case 'miniprogramNotice':
      return {
        msgtype: 'miniprogram_notice',
        miniprogram_notice: {
          appid: message.appid,
          page: toWecomPage('miniprogramNotice', message.path, message.query),
          title: cut(message.title, 12),
          description: message.description && cut(message.description, 12),
          content_item: message.items
            ?.slice(0, 10)
            .map(({ key, value }) => ({ key: cut(key, 10), value: cut(value, 30) })),
        },
      };
  }
}

/** Messages of our app to guides (reference: wecom-miniapp 4.3). */
export class Messages {
  constructor(private readonly client: WecomClient) {}

  /**
   * @param userIds at most 1,000; the same message to the same people within half an hour is delivered once
   * @throws WecomError, but not when merely nobody was valid
   */
  async send(userIds: readonly string[], message: AppMessage): Promise<SendOutcome> {
    if (userIds.length < 1 || userIds.length > 1000) throw new RangeError('1 to 1000 receivers');
    const body = {
      touser: userIds.join('|'),
      agentid: Number(this.client.config.agentId),
      ...payload(message),
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800,
    };
    try {
      const answer = await this.client.call({ cgi: 'message/send', body });
      return {
        messageId: typeof answer['msgid'] === 'string' ? answer['msgid'] : null,
        invalidUserIds: ownSpelling(userIds, answer['invaliduser']),
        unlicensedUserIds: ownSpelling(userIds, answer['unlicenseduser']),
      };
    } catch (error) {
      if (!(error instanceof WecomError) || error.errcode !== ALL_INVALID) throw error;
      return { messageId: null, invalidUserIds: [...userIds], unlicensedUserIds: [] };
    }
  }
}

function ownSpelling(userIds: readonly string[], listed: unknown): string[] {
  const lower = new Set(
    String(listed ?? '')
      .toLowerCase()
      .split('|'),
  );
  return userIds.filter((userId) => lower.has(userId.toLowerCase()));
}
