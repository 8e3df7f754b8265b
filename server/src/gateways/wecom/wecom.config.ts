/** One self-built app of one corp. */
export interface WecomConfig {
  corpId: string;
  agentId: string;
  secret: string;
  /** https://qyapi.weixin.qq.com */
  baseUrl: string;
  /** https://open.weixin.qq.com, for OAuth */
  openBaseUrl: string;
  /** Token and EncodingAESKey of the app's 接收消息 settings. */
  callbackToken: string;
  callbackAesKey: string;
  timeoutMs?: number;
}
