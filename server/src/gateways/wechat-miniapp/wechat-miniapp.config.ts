/** One mini-program. */
export interface MiniappConfig {
  appid: string;
  secret: string;
  /** https://api.weixin.qq.com */
  baseUrl: string;
  /** Token and EncodingAESKey of 消息推送. */
  pushToken: string;
  pushAesKey: string;
  timeoutMs?: number;
}
