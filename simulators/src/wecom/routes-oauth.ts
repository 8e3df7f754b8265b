import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { WecomPlatform } from './platform.js';
import { api } from './wire.js';

/** Reads one cookie; the desk sets it for the whole host, so every port of the simulated client sees it. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...rest] = part.trim().split('=');
    if (key === name) return decodeURIComponent(rest.join('='));
  }
  return undefined;
}

/** gettoken, JS tickets, callback addresses and the OAuth page of the simulated client. */
export function registerOauthRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const ticket = (kind: 'corp' | 'agent'): { ticket: string; expires_in: number } => {
    const made = sim.tokens.ticket(kind);
    sim.touch();
    return made;
  };
  api(
    app,
    sim,
    'GET',
    '/cgi-bin/gettoken',
    ({ query }) => sim.tokens.issue(query.corpid ?? '', query.corpsecret ?? ''),
    { noToken: true },
  );
  api(app, sim, 'GET', '/cgi-bin/get_jsapi_ticket', () => ticket('corp'));
  api(app, sim, 'GET', '/cgi-bin/ticket/get', ({ query }) => {
    if (query.type !== 'agent_config') refuse(91040);
    return ticket('agent');
  });
  api(app, sim, 'GET', '/cgi-bin/getcallbackip', () => ({ ip_list: ['127.0.0.1'] }));
  registerAuthorizePage(app, sim);
  api(
    app,
    sim,
    'GET',
    '/cgi-bin/auth/getuserinfo',
    ({ query }) => {
      const who = sim.tokens.useCode(query.code ?? '');
      if (who.userid) return { userid: who.userid };
      const known = who.external && sim.book.followersOf(who.external).length > 0;
      return { openid: who.openid, ...(known ? { external_userid: who.external } : {}) };
    },
    { noLimit: true },
  );
}

function registerAuthorizePage(app: FastifyInstance, sim: WecomPlatform): void {
  app.get<{ Querystring: Record<string, string | undefined> }>('/connect/oauth2/authorize', async (request, reply) => {
    const { appid, redirect_uri: redirect = '', state = '', sim_user: asked } = request.query;
    const page = (text: string) =>
      reply.code(400).type('text/html; charset=utf-8').send(`<!doctype html><meta charset="utf-8"><p>${text}</p>`);
    if (appid !== sim.corp.corpId) return page('企业不存在：appid 不是这个企业的 CorpID。');
    if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) return page('state 只能是 128 个以内的字母和数字。');
    let target: URL;
    try {
      target = new URL(redirect);
    } catch {
      return page('redirect_uri 不是完整的网址。');
    }
    if (sim.knobs.trustedHosts && !sim.knobs.trustedHosts.includes(target.host)) {
      return page('50001：redirect_uri 与可信域名不一致，请检查域名和端口。');
    }
    const userid = asked ?? cookieOf(request.headers.cookie, 'sim_wecom_user');
    const member = userid ? sim.book.member(userid) : undefined;
    if (!member || member.status === 5) return page('请先在企业微信窗口里选择一位导购，再打开这个页面。');
    target.searchParams.set('code', sim.tokens.newCode({ userid: member.userid }));
    target.searchParams.set('state', state);
    return reply.redirect(target.toString(), 302);
  });
}
