import * as ww from '@wecom/jssdk';
import { browser } from './browser';
import { toWecomProblem, WecomProblem } from './wecom-problem';

export interface SignatureAnswer {
  timestamp: string;
  nonceStr: string;
  signature: string;
  corpId: string;
  agentId: string;
}
/** Asks the server to sign a page's address for the application (AGENT) or the corp (CORP). */
export type Signer = (url: string, kind: 'AGENT' | 'CORP') => Promise<SignatureAnswer>;

export interface MiniProgramCard {
  appid: string;
  title: string;
  imgUrl: string;
  page: string;
}
export type Delivered = 'SENT' | 'CANCELLED';

/** Everything the app asks of the WeCom client. Every method may throw WecomProblem and ends within a bounded time. */
export interface WecomClient {
  readonly isInside: boolean;
  /** Starts the SDK for the present address. Call it only when the address is final (after login). */
  start(sign: Signer): void;
  /** Where the page was opened from, e.g. `single_chat_tools` or `normal` (workbench). */
  entry(): Promise<string>;
  currentContact(): Promise<string>;
  sendText(words: string): Promise<Delivered>;
  sendCard(card: MiniProgramCard): Promise<Delivered>;
  openContactChat(externalUserId: string): Promise<Delivered>;
  openMemberChat(userid: string): Promise<Delivered>;
  /** Hands words and card to the mass-send assistant for one customer (at most once per customer and day). */
  shareToContact(externalUserId: string, words: string, card: MiniProgramCard | null): Promise<Delivered>;
  scanCode(): Promise<string | null>;
}

const READ_MS = 8_000;
/** The client asks the guide to confirm before a message leaves, so this one waits for a person. */
const PERSON_MS = 90_000;
const JS_APIS = [
  'getContext',
  'getCurExternalContact',
  'sendChatMessage',
  'openEnterpriseChat',
  'shareToExternalContact',
  'openUserProfile',
  'scanQRCode',
] as const;

function within<T>(api: string, ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new WecomProblem('TIMEOUT', api, `${api}:no answer in ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

let signer: Signer | null = null;
let registered: Promise<void> | null = null;

/**
 * `register` wants the corp id at once, and only the server knows it: the first signature brings it and is then handed to
 * the SDK as the answer of its first question, so that one request does both.
 */
async function register(sign: Signer): Promise<void> {
  const url = browser.pageUrl();
  const first = await sign(url, 'AGENT');
  let unused: SignatureAnswer | null = first;
  ww.register({
    corpId: first.corpId,
    agentId: first.agentId,
    jsApiList: [...JS_APIS],
    getConfigSignature: (asked: string) => sign(asked, 'CORP'),
    getAgentConfigSignature: (asked: string) => {
      const ready = asked === url ? unused : null;
      unused = null;
      return ready ?? sign(asked, 'AGENT');
    },
  });
}

function ready(api: string): Promise<void> {
  if (!ww.env.isWeCom) throw new WecomProblem('OUTSIDE', api, `${api}:not in WeCom`);
  if (!signer) throw new WecomProblem('SIGNATURE', api, `${api}:not started`);
  registered ??= register(signer).catch((error: unknown) => {
    // Forget the failed start, so that the guide's "retry" asks for a new signature.
    registered = null;
    throw error;
  });
  return registered;
}

async function call<T>(api: string, run: () => Promise<T>, ms = READ_MS): Promise<T> {
  const attempt = async () => {
    await ready(api);
    return run();
  };
  try {
    return await within(api, ms, attempt()).catch((error: unknown) => {
      // The SDK gives up a call when the address changed under it; the next call is signed for the new address.
      if (String((error as Error)?.message).includes('Aborted')) return within(api, ms, attempt());
      throw error;
    });
  } catch (error) {
    throw toWecomProblem(api, error);
  }
}

async function unlessCancelled(work: Promise<unknown>): Promise<Delivered> {
  try {
    await work;
    return 'SENT';
  } catch (error) {
    if (error instanceof WecomProblem && error.kind === 'CANCELLED') return 'CANCELLED';
    throw error;
  }
}

// The SDK passes our objects through untouched, so each message is built field by field: nothing else may leak into it.
const cardMessage = (card: MiniProgramCard) => ({
  appid: card.appid,
  title: card.title,
  imgUrl: card.imgUrl,
  page: card.page,
});

/** The WeCom client behind `@wecom/jssdk`; the only place of the app that knows `ww`. */
export const wecomClient: WecomClient = {
  isInside: ww.env.isWeCom,
  start(sign) {
    signer = sign;
    if (ww.env.isWeCom) void Promise.resolve(ready('register')).catch(() => undefined);
  },
  entry: async () => (await call('getContext', () => ww.getContext())).entry,
  currentContact: async () => (await call('getCurExternalContact', () => ww.getCurExternalContact())).userId,
  sendText: (words) =>
    unlessCancelled(
      call('sendChatMessage', () => ww.sendChatMessage({ msgtype: 'text', text: { content: words } }), PERSON_MS),
    ),
  sendCard: (card) =>
    unlessCancelled(
      call(
        'sendChatMessage',
        () => ww.sendChatMessage({ msgtype: 'miniprogram', miniprogram: cardMessage(card) }),
        PERSON_MS,
      ),
    ),
  openContactChat: (externalUserId) =>
    unlessCancelled(
      call('openEnterpriseChat', () => ww.openEnterpriseChat({ groupName: '', externalUserIds: [externalUserId] })),
    ),
  openMemberChat: (userid) =>
    unlessCancelled(call('openEnterpriseChat', () => ww.openEnterpriseChat({ groupName: '', userIds: [userid] }))),
  shareToContact: (externalUserId, words, card) =>
    unlessCancelled(
      call(
        'shareToExternalContact',
        () =>
          ww.shareToExternalContact({
            externalUserIds: [externalUserId],
            text: { content: words },
            attachments: card ? [{ msgtype: 'miniprogram', miniprogram: cardMessage(card) }] : [],
          }),
        PERSON_MS,
      ),
    ),
  async scanCode() {
    const answer = await call('scanQRCode', () => ww.scanQRCode({ needResult: true }), PERSON_MS).catch((error) => {
      if (error instanceof WecomProblem && error.kind === 'CANCELLED') return null;
      throw error;
    });
    return (answer as { resultStr?: string } | null)?.resultStr ?? null;
  },
};
