import type { WecomClient } from './wecom-client.js';

export type OauthIdentity =
  | { kind: 'member'; userId: string; userTicket: string | null }
  | { kind: 'outsider'; openid: string; externalUserId: string | null };

/** Who opened the page (reference: wecom-miniapp 1.3). */
export class Oauth {
  constructor(private readonly client: WecomClient) {}

  /** Pure. @param state letters and digits, ≤ 128 bytes. @throws RangeError for another state */
  authorizeUrl(
    redirectUri: string,
    state: string,
    scope: 'snsapi_base' | 'snsapi_privateinfo' = 'snsapi_base',
  ): string {
    if (!/^[0-9A-Za-z]{1,128}$/.test(state)) throw new RangeError('state takes letters and digits only');
    const { corpId, agentId, openBaseUrl } = this.client.config;
    const query = new URLSearchParams({
      appid: corpId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      state,
      agentid: agentId,
    });
    return `${openBaseUrl}/connect/oauth2/authorize?${query}#wechat_redirect`;
  }

  /** Exchanges a code, which works once and for five minutes; a refused code is never tried again. @throws WecomError */
  async getUserInfo(code: string): Promise<OauthIdentity> {
    const answer = await this.client.call({ cgi: 'auth/getuserinfo', query: { code }, priority: 'sidebar' });
    const userId = answer['userid'] ?? answer['UserId'];
    if (typeof userId === 'string' && userId !== '') {
      const userTicket = typeof answer['user_ticket'] === 'string' ? answer['user_ticket'] : null;
      return { kind: 'member', userId, userTicket };
    }
    const external = answer['external_userid'];
    return {
      kind: 'outsider',
      openid: String(answer['openid'] ?? answer['OpenId'] ?? ''),
      externalUserId: typeof external === 'string' ? external : null,
    };
  }
}
