interface EventBase {
  /** CreateTime as ms: one second fine, and never a key. */
  createdAtMs: number;
}

interface PairEvent extends EventBase {
  userId: string;
  externalUserId: string;
}

/** What WeCom tells us (reference: wecom-miniapp 2.3). Order is not guaranteed: handlers read the state again. */
export type WecomEvent =
  | (PairEvent & { kind: 'contact-added' | 'contact-half-added'; state: string | null; welcomeCode: string | null })
  | (PairEvent & { kind: 'contact-edited' })
  /** The guide removed the contact; by a hand-over it is no loss. */
  | (PairEvent & { kind: 'contact-removed-by-guide'; byTransfer: boolean })
  /** The contact removed the guide. */
  | (PairEvent & { kind: 'guide-removed-by-contact' })
  | (PairEvent & { kind: 'transfer-failed'; failReason: string })
  | (PairEvent & { kind: 'audit-approved'; welcomeCode: string | null })
  | (EventBase & {
      kind: 'group-chat-changed';
      change: string;
      chatId: string;
      updateDetail: string | null;
      lastMemberVersion: string | null;
      currentMemberVersion: string | null;
    })
  /** Deleting a group tells of the group only, its tags go silently: pull the library again. */
  | (EventBase & { kind: 'tag-changed'; change: string; id: string | null; tagType: string | null })
  | (EventBase & { kind: 'member-changed'; change: string; userId: string | null; newUserId: string | null })
  /** A member entered or left the app's visible range. */
  | (EventBase & { kind: 'app-subscribed' | 'app-unsubscribed'; userId: string })
  | (EventBase & { kind: 'card-clicked'; userId: string; key: string; taskId: string; responseCode: string })
  | (EventBase & { kind: 'other'; messageType: string; event: string | null; change: string | null });

type Fields = Record<string, unknown>;
const text = (fields: Fields, name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
const orNull = (fields: Fields, name: string): string | null => text(fields, name) || null;

/** Reads the decrypted fields; whatever is not known to us comes out as `other`, so that it can be stored. */
export function readWecomEvent(fields: Fields): WecomEvent {
  const base = { createdAtMs: Number(text(fields, 'CreateTime')) * 1000 };
  const change = text(fields, 'ChangeType');
  switch (text(fields, 'Event')) {
    case 'change_external_contact':
      return contactEvent(fields, change, base);
    case 'change_external_chat':
      return {
        ...base,
        kind: 'group-chat-changed',
        change,
        chatId: text(fields, 'ChatId'),
        updateDetail: orNull(fields, 'UpdateDetail'),
        lastMemberVersion: orNull(fields, 'LastMemVer'),
        currentMemberVersion: orNull(fields, 'CurMemVer'),
      };
    case 'change_external_tag':
      return { ...base, kind: 'tag-changed', change, id: orNull(fields, 'Id'), tagType: orNull(fields, 'TagType') };
    case 'change_contact': {
      const newUserId = orNull(fields, 'NewUserID');
      return { ...base, kind: 'member-changed', change, userId: orNull(fields, 'UserID'), newUserId };
    }
    case 'subscribe':
      return { ...base, kind: 'app-subscribed', userId: text(fields, 'FromUserName') };
    case 'unsubscribe':
      return { ...base, kind: 'app-unsubscribed', userId: text(fields, 'FromUserName') };
    case 'template_card_event':
      return {
        ...base,
        kind: 'card-clicked',
        userId: text(fields, 'FromUserName'),
        key: text(fields, 'EventKey'),
        taskId: text(fields, 'TaskId'),
        responseCode: text(fields, 'ResponseCode'),
      };
    default:
      return other(fields, base);
  }
}

function contactEvent(fields: Fields, change: string, base: EventBase): WecomEvent {
  const pair = { ...base, userId: text(fields, 'UserID'), externalUserId: text(fields, 'ExternalUserID') };
  const welcomeCode = orNull(fields, 'WelcomeCode');
  switch (change) {
    case 'add_external_contact':
      return { ...pair, kind: 'contact-added', state: orNull(fields, 'State'), welcomeCode };
    case 'add_half_external_contact':
      return { ...pair, kind: 'contact-half-added', state: orNull(fields, 'State'), welcomeCode };
    case 'edit_external_contact':
      return { ...pair, kind: 'contact-edited' };
    case 'del_external_contact':
      return { ...pair, kind: 'contact-removed-by-guide', byTransfer: text(fields, 'Source') === 'DELETE_BY_TRANSFER' };
    case 'del_follow_user':
      return { ...pair, kind: 'guide-removed-by-contact' };
    case 'transfer_fail':
      return { ...pair, kind: 'transfer-failed', failReason: text(fields, 'FailReason') };
    case 'msg_audit_approved':
      return { ...pair, kind: 'audit-approved', welcomeCode };
    default:
      return other(fields, base);
  }
}

const other = (fields: Fields, base: EventBase): WecomEvent => ({
  ...base,
  kind: 'other',
  messageType: text(fields, 'MsgType'),
  event: orNull(fields, 'Event'),
  change: orNull(fields, 'ChangeType'),
});
