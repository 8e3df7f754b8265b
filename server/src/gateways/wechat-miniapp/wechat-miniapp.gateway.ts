import type { Clock } from '../../platform/clock/clock.js';
import { InProcessTokenStore, type TokenStore } from '../tokens/index.js';
import { type GatewayLogger, SILENT_LOGGER } from '../transport/index.js';
import { MiniappClient } from './miniapp-client.js';
import { MiniappPush } from './push.js';
import type { ShippingBody } from './shipping.js';
import { subscribeData } from './subscribe-fields.js';
import { type SubscribeTemplate, templatesOf } from './subscribe-templates.js';
import type { MiniappConfig } from './wechat-miniapp.config.js';

export interface LoginIdentity {
  openid: string;
  unionid: string | null;
  /** Stays on the server and is not needed for long. */
  sessionKey: string;
}

export interface CodeInput {
  /** ≤ 32 of the allowed characters; put a short key here and resolve it on the server. */
  scene: string;
  /** "pages/index/index", no leading slash, no query. */
  page: string;
  env?: 'release' | 'trial' | 'develop';
  checkPath?: boolean;
  width?: number;
}

export interface SubscribeInput {
  openid: string;
  templateId: string;
  page?: string;
  /** Value by template key (thing1, time2 …); cut to what the type takes. */
  values: Readonly<Record<string, string>>;
  state?: 'developer' | 'trial' | 'formal';
}

/** Where subscribe messages go to: an error of another path means that nothing was sent. */
export const SUBSCRIBE_SEND_PATH = '/cgi-bin/message/subscribe/send';

export type ContentScene = 'profile' | 'comment' | 'forum' | 'social';
const SCENES: Readonly<Record<ContentScene, number>> = { profile: 1, comment: 2, forum: 3, social: 4 };
const SCENE_TEXT = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;

/** The mini-program platform for one appid (reference: wecom-miniapp 7). Every network method throws MiniappError. */
export class WechatMiniappGateway {
  readonly push: MiniappPush;
  private readonly client: MiniappClient;

  constructor(
    readonly config: MiniappConfig,
    clock: Clock,
    logger: GatewayLogger = SILENT_LOGGER,
    tokens: TokenStore = new InProcessTokenStore(clock),
  ) {
    this.client = new MiniappClient(config, { clock, tokens, logger });
    this.push = new MiniappPush(config, clock);
  }

  /** Exchanges a login code, which works once; kind CODE means: let the client log in again. */
  async codeToSession(code: string): Promise<LoginIdentity> {
    const { appid, secret } = this.config;
    const query = { appid, secret, js_code: code, grant_type: 'authorization_code' };
    const answer = await this.client.get('/sns/jscode2session', query);
    const unionid = typeof answer['unionid'] === 'string' && answer['unionid'] ? answer['unionid'] : null;
    return { openid: String(answer['openid']), unionid, sessionKey: String(answer['session_key']) };
  }

  /** The phone behind a getPhoneNumber code: once, within five minutes. */
  async phoneNumber(code: string): Promise<{ phone: string; countryCode: string }> {
    const answer = await this.client.call('/wxa/business/getuserphonenumber', { code });
    const info = (answer['phone_info'] ?? {}) as Record<string, unknown>;
    return { phone: String(info['purePhoneNumber']), countryCode: String(info['countryCode'] ?? '86') };
  }

  /** A mini-program code as picture bytes. @throws RangeError for a scene the platform would refuse */
  async codeUnlimited(input: CodeInput): Promise<Buffer> {
    if (!SCENE_TEXT.test(input.scene)) throw new RangeError('not a valid scene');
    return this.client.callForBytes('/wxa/getwxacodeunlimit', {
      scene: input.scene,
      page: input.page.replace(/^\/+/, ''),
      check_path: input.checkPath ?? true,
      env_version: input.env ?? 'release',
      width: input.width ?? 430,
    });
  }

  /** One accept of the person pays for one message. REFUSED (43101): nothing left, set our own count to zero. */
  async sendSubscribe(input: SubscribeInput): Promise<void> {
    await this.client.call(SUBSCRIBE_SEND_PATH, {
      touser: input.openid,
      template_id: input.templateId,
      page: input.page,
      data: subscribeData(input.values),
      miniprogram_state: input.state ?? 'formal',
      lang: 'zh_CN',
    });
  }

  /** The templates that the brand has picked in the platform's console, with their keywords. */
  async subscribeTemplates(): Promise<SubscribeTemplate[]> {
    return templatesOf((await this.client.read('/wxaapi/newtmpl/gettemplate'))['data']);
  }

  /** Checks words before they are shown. The openid must have visited in the last two hours. */
  async checkText(input: { openid: string; scene: ContentScene; content: string; nickname?: string }) {
    const content = [...input.content].slice(0, 2500).join('');
    const body = { version: 2, openid: input.openid, scene: SCENES[input.scene], content, nickname: input.nickname };
    const answer = await this.client.call('/wxa/msg_sec_check', body);
    const result = (answer['result'] ?? {}) as Record<string, unknown>;
    return {
      suggest: String(result['suggest'] ?? 'review') as 'pass' | 'review' | 'risky',
      label: Number(result['label'] ?? 0),
      traceId: String(answer['trace_id'] ?? ''),
    };
  }

  /** Asks for a picture or sound to be checked; the answer comes as the push event `media-checked`. @returns trace id */
  async checkMedia(input: { openid: string; scene: ContentScene; mediaUrl: string; kind: 'audio' | 'image' }) {
    const answer = await this.client.call('/wxa/media_check_async', {
      media_url: input.mediaUrl,
      media_type: input.kind === 'audio' ? 1 : 2,
      version: 2,
      scene: SCENES[input.scene],
      openid: input.openid,
    });
    return { traceId: String(answer['trace_id']) };
  }

  /** Without it the money of an order stays frozen. Kind RETRY (10060001) right after paying: try again in 10 s … 1 min. */
  async uploadShippingInfo(body: ShippingBody): Promise<void> {
    await this.client.call('/wxa/sec/order/upload_shipping_info', body);
  }

  /** Reminds the customer to confirm receipt: once an order, express only. @param receivedAtMs instant in ms */
  async notifyConfirmReceive(transactionId: string, receivedAtMs: number): Promise<void> {
    const received = Math.floor(receivedAtMs / 1000);
    const body = { transaction_id: transactionId, received_time: received };
    await this.client.call('/wxa/sec/order/notify_confirm_receive', body);
  }
}
