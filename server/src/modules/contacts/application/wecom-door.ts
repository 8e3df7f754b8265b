import type { WecomGateway } from '../../../gateways/wecom/index.js';
import { refusals } from '../../../platform/errors/app-error.js';

/** What this module needs of WeCom for one corporation. */
export interface WecomDoor {
  config: Pick<WecomGateway['config'], 'corpId' | 'agentId'>;
  contacts: Pick<WecomGateway['contacts'], 'get' | 'list' | 'batchGetByUser'>;
  tags: Pick<WecomGateway['tags'], 'library' | 'mark'>;
  welcome: Pick<WecomGateway['welcome'], 'send'>;
  media: Pick<WecomGateway['media'], 'upload'>;
  oauth: Pick<WecomGateway['oauth'], 'authorizeUrl' | 'getUserInfo'>;
  jsSdk: Pick<WecomGateway['jsSdk'], 'sign'>;
  callback: Pick<WecomGateway['callback'], 'open' | 'verifyUrl'>;
}
export interface WecomDoors {
  of(corpId: string): WecomDoor;
  all(): readonly WecomDoor[];
}

/** Refusals of this area. */
export const refuseContact = refusals({
  UNTRUSTED_PAGE: [403, '这个页面的域名没有登记，请联系管理员'],
  OAUTH_STATE: [401, '登录已过期，请重新打开页面'],
  OAUTH_CODE: [401, '登录凭证失效了，请重新打开页面'],
  NOT_A_GUIDE: [403, '你还没有开通导购身份，请联系店长'],
  NO_MEMBER: [422, '对方还不是会员，先邀请入会再打标签'],
  // 404 as for every row outside the reader's scope; the words may say whose it is, since the sidebar shows that anyway.
  OTHERS_CUSTOMER: [404, '这是其他导购的专属顾客'],
  NOT_SHARED: [403, '顾客选择不与门店共享等级、尺码和购买'],
  WECOM_BUSY: [503, '企业微信那边有点忙，请稍后再试'],
});
