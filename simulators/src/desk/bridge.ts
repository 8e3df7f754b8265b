import type { Desk } from './context.js';
import { guideSays } from './window-routes.js';

export interface BridgeCall {
  /** Native name. */
  n: string;
  /** Parameters, with the verify fields that the SDK merges in. */
  p: Record<string, unknown>;
  /** URL of the page without its hash, as the client sees it. */
  url: string;
  /** One load of one document; the injected script makes it up. */
  page?: string;
}

/** Which guide sits in front of the client, and which chat is open beside the page. */
export interface ClientSeat {
  user?: string;
  chat?: string;
  entry?: string;
}

type Answer = Record<string, unknown> & { err_msg: string };

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const CONTACT_ENTRIES = new Set(['contact_profile', 'single_chat_tools', 'single_kf_tools']);
const SEND_ENTRIES = new Set(['single_chat_tools', 'group_chat_tools', 'chat_attachment', 'single_kf_tools']);

/** The native half of the JS-SDK: checks signatures against the simulator's tickets and the client's own URL. */
export class Bridge {
  private readonly configured = new Map<string, Set<string>>();
  readonly calls: { at: number; user?: string; name: string; params: unknown; answer: Answer }[] = [];
  private readonly scans: string[] = [];

  constructor(private readonly desk: Desk) {}

  handle(call: BridgeCall, seat: ClientSeat): Answer {
    const answer = this.answer(call, seat);
    this.calls.push({ at: this.desk.core.clock.now(), user: seat.user, name: call.n, params: call.p, answer });
    if (this.calls.length > 2000) this.calls.shift();
    return answer;
  }

  /** The next scanQRCode reads this text. */
  queueScan(scanned: string): void {
    this.scans.push(scanned);
  }

  private answer(call: BridgeCall, seat: ClientSeat): Answer {
    const { n: name, p: params } = call;
    const key = `${seat.user ?? ''}|${call.page ?? call.url}`;
    if (name === 'agentConfig' || name === 'preVerifyJSAPI') return this.configure(call, seat, key);
    const allowed = this.configured.get(key);
    const member = seat.user ? this.desk.wecom.book.member(seat.user) : undefined;
    // No valid signature, a guide who left, or an API that was not asked for: the client says the same thing to all.
    if (!allowed || !member || member.status === 5) return fail(name, 'no permission');
    if (!allowed.has(name)) return fail(name, 'no permission');
    switch (name) {
      case 'getContext':
        return ok(name, { entry: seat.entry ?? 'normal' });
      case 'getCurExternalContact':
        return this.currentContact(name, seat);
      case 'sendChatMessage':
        return this.send(name, params, seat);
      case 'shareToExternalContact':
        return this.share(name, params, member.userid);
      case 'scanQRCode': {
        const scanned = this.scans.shift();
        return scanned === undefined ? { err_msg: `${name}:cancel` } : ok(name, { resultStr: scanned });
      }
      case 'openUserProfile':
      case 'openEnterpriseChat':
      case 'closeWindow':
      case 'navigateToAddCustomer':
      case 'openDefaultBrowser':
      case 'previewFile':
      case 'imagePreview':
        this.desk.chats.emit({ type: 'ui', userid: member.userid, action: name, detail: params });
        return ok(name);
      default:
        return fail(name, 'not supported');
    }
  }

  private configure(call: BridgeCall, seat: ClientSeat, key: string): Answer {
    const { n: name, p } = call;
    const { corp, tokens } = this.desk.wecom;
    const agent = name === 'agentConfig';
    const corpId = text(agent ? p.corpid : p.appId);
    if (corpId !== corp.corpId) return fail(name, 'invalid corpid');
    if (agent && text(p.agentid) !== corp.agentId) return fail(name, 'invalid agentid');
    const nonce = text(agent ? p.nonceStr : p.verifyNonceStr);
    const stamp = text(agent ? p.timestamp : p.verifyTimestamp);
    const given = text(agent ? p.signature : p.verifySignature);
    const expected = tokens.jsSignature(agent ? 'agent' : 'corp', nonce, stamp, call.url);
    if (!expected || expected !== given) return fail(name, 'invalid signature');
    if (agent && !seat.user) return fail(name, 'no permission');
    if (agent) {
      const list = Array.isArray(p.jsApiList) ? p.jsApiList.map(text) : [];
      this.configured.set(key, new Set(list));
    }
    return ok(name);
  }

  private currentContact(name: string, seat: ClientSeat): Answer {
    const { book } = this.desk.wecom;
    if (!CONTACT_ENTRIES.has(seat.entry ?? 'normal') || !seat.chat) {
      return fail(name, 'without context of external contact');
    }
    if (book.member(seat.user ?? '')?.contactEnabled === false) return fail(name, 'no permission');
    const relation = book.relation(seat.user ?? '', seat.chat);
    if (!relation || relation.status === 'deleted-by-guide') return fail(name, 'without context of external contact');
    return ok(name, { userId: seat.chat });
  }

  private send(name: string, params: Record<string, unknown>, seat: ClientSeat): Answer {
    if (!SEND_ENTRIES.has(seat.entry ?? 'normal') || !seat.chat) return fail(name, 'no permission');
    const relation = this.desk.wecom.book.relation(seat.user ?? '', seat.chat);
    if (relation?.status !== 'normal') return fail(name, 'not friends');
    const content = this.content(params);
    if (typeof content === 'string') return fail(name, content);
    guideSays(this.desk, relation.userid, seat.chat, content);
    return ok(name);
  }

  /** The chat message of one msgtype, or the reason why the client refuses it. */
  private content(params: Record<string, unknown>): Parameters<typeof guideSays>[3] | string {
    const kind = text(params.msgtype);
    const part = (params[kind] ?? {}) as Record<string, unknown>;
    if (kind === 'text') return text(part.content) ? { kind: 'text', text: text(part.content) } : 'invalid content';
    if (kind === 'miniprogram') {
      const [path = ''] = text(part.page).split('?');
      if (text(part.appid) !== this.desk.core.world.miniapp.appid) return 'invalid appid';
      // Without .html WeChat would show "page not found", so the simulator refuses at once.
      if (!path.endsWith('.html')) return 'invalid page';
      if (!/^https?:\/\//.test(text(part.imgUrl))) return 'invalid imgUrl';
      return { kind: 'miniprogram', title: text(part.title), picUrl: text(part.imgUrl), page: text(part.page) };
    }
    if (kind === 'news') {
      if (!/^https?:\/\//.test(text(part.link))) return 'invalid link';
      const picUrl = text(part.imgUrl) || undefined;
      return { kind: 'link', title: text(part.title), description: text(part.desc), url: text(part.link), picUrl };
    }
    if (kind === 'image' || kind === 'video' || kind === 'file') {
      const media = this.desk.wecom.book.state.media[text(part.mediaid)];
      if (!media) return 'invalid mediaid';
      const url = `${this.desk.wecom.origin}/sim/media/${media.mediaId}`;
      return kind === 'image' ? { kind, picUrl: url } : { kind, title: media.filename, url };
    }
    return 'invalid msgtype';
  }

  private share(name: string, params: Record<string, unknown>, userid: string): Answer {
    const { book } = this.desk.wecom;
    const raw = params.externalUserIds;
    const ids = Array.isArray(raw) ? raw.map(text) : text(raw).split(';').filter(Boolean);
    const words = text((params.text as Record<string, unknown> | undefined)?.content);
    if ([...words].length > 4000) return fail(name, 'text too long');
    const attachments = Array.isArray(params.attachments) ? (params.attachments as Record<string, unknown>[]) : [];
    if (attachments.length > 9) return fail(name, 'too many attachments');
    for (const id of ids) {
      if (book.relation(userid, id)?.status !== 'normal') continue;
      if (words) guideSays(this.desk, userid, id, { kind: 'text', text: words });
      for (const item of attachments) {
        const content = this.content(item);
        if (typeof content !== 'string') guideSays(this.desk, userid, id, content);
      }
    }
    return ok(name);
  }
}

const ok = (name: string, more: Record<string, unknown> = {}): Answer => ({ err_msg: `${name}:ok`, ...more });
const fail = (name: string, why: string): Answer => ({ err_msg: `${name}:fail ${why}` });
