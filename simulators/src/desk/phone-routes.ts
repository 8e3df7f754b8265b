import type { FastifyInstance } from 'fastify';
import { openidOf, type WorldConsumer } from '../core/index.js';
import type { PayArgs } from './cashier.js';
import { type ChatMessage, summaryOf } from './chat-store.js';
import { listCodes, resolveScan } from './codes.js';
import { absolute, type Desk } from './context.js';

type Params = { Params: { key: string } };
const NOTICES = 'service-notices';

/** What the phone asks for: chats, codes, and the client side of the mini-program API. */
export function registerPhoneRoutes(app: FastifyInstance, desk: Desk): void {
  const person = (key: string): WorldConsumer => {
    const found = desk.core.world.consumers.find((consumer) => consumer.key === key);
    if (!found) throw Object.assign(new Error(`no consumer ${key}`), { statusCode: 404 });
    return found;
  };

  app.get<Params>('/desk/phone/:key/home', async ({ params }) => {
    const me = person(params.key);
    return {
      me: { ...me, avatar: absolute(desk, me.avatar) },
      nowMs: desk.core.clock.now(),
      corpName: desk.core.world.corp.name,
      miniapp: { name: desk.core.world.miniapp.name, h5Url: desk.core.world.miniapp.h5Url },
      threads: threadsOf(desk, me.key),
    };
  });

  app.get<{ Params: { key: string; thread: string } }>('/desk/phone/:key/thread/:thread', async ({ params }) => {
    desk.chats.markRead(params.key, params.thread);
    const notices = params.thread === NOTICES;
    const all = desk.chats.find({ consumer: params.key, guide: notices ? '' : params.thread });
    return {
      guide: notices ? undefined : guideProfile(desk, params.key, params.thread),
      messages: all.map((message) => ({ ...message, picUrl: absolute(desk, message.picUrl) })),
    };
  });

  app.post<{ Params: { key: string }; Body: { userid: string; text: string } }>(
    '/desk/phone/:key/reply',
    async ({ params, body }) => ({ message: consumerSays(desk, person(params.key).key, body.userid, body.text) }),
  );

  app.get<Params>('/desk/phone/:key/codes', async () => ({ codes: listCodes(desk.wecom, desk.miniapp) }));
  app.post<{ Params: { key: string }; Body: { text: string } }>('/desk/phone/:key/scan', async ({ body }) =>
    resolveScan(desk.wecom, desk.miniapp, body.text),
  );
  app.get<{ Params: { key: string; userid: string } }>('/desk/phone/:key/guide/:userid', async ({ params }) =>
    guideProfile(desk, params.key, params.userid),
  );
  app.post<{ Params: { key: string }; Body: { userid: string; configId?: string } }>(
    '/desk/phone/:key/add-guide',
    async ({ params, body }) => {
      const key = person(params.key).key;
      // A page names only the guide, so the newest single code of that guide says where the scan came from.
      const own = Object.values(desk.wecom.book.state.contactWays)
        .filter((way) => way.users.length === 1 && way.users[0]?.toLowerCase() === body.userid.toLowerCase())
        .sort((a, b) => b.createdAt - a.createdAt)[0];
      const configId = body.configId ?? own?.configId;
      const { added, relation } = await desk.wecom.human.addContact({ userid: body.userid, consumer: key, configId });
      desk.chats.emit({ type: 'contacts' });
      return { added, status: relation.status };
    },
  );
  registerClientApi(app, desk, person);
}

function registerClientApi(app: FastifyInstance, desk: Desk, person: (key: string) => WorldConsumer): void {
  app.post<Params>('/desk/phone/:key/login', async ({ params }) => ({
    code: desk.miniapp.codes.issue('login', person(params.key).key),
  }));
  app.post<Params>('/desk/phone/:key/phone-code', async ({ params }) => ({
    code: desk.miniapp.codes.issue('phone', person(params.key).key),
  }));
  registerSubscribeSheet(app, desk, (key) => openidOf(desk.core.world.miniapp.appid, person(key).key));
  app.post<{ Params: { key: string }; Body: PayArgs }>('/desk/phone/:key/pay/open', async ({ params, body }) =>
    desk.cashier.open(body, person(params.key).key),
  );
  app.post<{ Params: { key: string }; Body: { package: string; bankType?: string } }>(
    '/desk/phone/:key/pay/confirm',
    async ({ params, body }) => desk.cashier.confirm(body.package, person(params.key).key, body.bankType),
  );
}

/** What the sheet of subscribe messages shows, and what the person says to it. */
function registerSubscribeSheet(app: FastifyInstance, desk: Desk, openid: (key: string) => string): void {
  const { ledger } = desk.miniapp;
  const titleOf = (id: string): string =>
    desk.core.world.miniapp.templates?.find((template) => template.id === id)?.title ?? id;

  app.get<{ Params: { key: string }; Querystring: { ids: string } }>(
    '/desk/phone/:key/subscribe',
    async ({ params, query }) => ({
      templates: query.ids.split(',').map((id) => ({
        id,
        title: titleOf(id),
        kept: ledger.keptAnswer(openid(params.key), id) ?? null,
      })),
    }),
  );
  app.post<{ Params: { key: string }; Body: { accepted: string[]; refused?: string[]; isKept?: boolean } }>(
    '/desk/phone/:key/subscribe',
    async ({ params, body }) => {
      const who = openid(params.key);
      for (const id of body.accepted) ledger.accept(who, id);
      if (body.isKept) {
        for (const id of body.accepted) ledger.keep(who, id, 'accept');
        for (const id of body.refused ?? []) ledger.keep(who, id, 'reject');
      }
      desk.miniapp.touch();
      return { ok: true };
    },
  );
  app.get<Params>('/desk/phone/:key/subscribe-settings', async ({ params }) => ({
    mainSwitch: true,
    itemSettings: ledger.keptOf(openid(params.key)),
  }));
}

/** A consumer writes to a guide; the last chatter decides who a mass message goes to. */
export function consumerSays(desk: Desk, consumerKey: string, userid: string, text: string): ChatMessage {
  const relation = desk.wecom.book.relation(userid, desk.wecom.book.externalOf(consumerKey));
  if (relation) relation.lastChatAt = desk.core.clock.now();
  desk.wecom.touch();
  const guideUserid = relation?.userid ?? userid;
  return desk.chats.add({ guideUserid, consumerKey, from: 'consumer', channel: 'chat', kind: 'text', text });
}

function guideProfile(desk: Desk, consumerKey: string, userid: string): Record<string, unknown> {
  const { book } = desk.wecom;
  const member = book.member(userid);
  const relation = book.relation(userid, book.externalOf(consumerKey));
  return {
    userid: member?.userid ?? userid,
    name: member?.name ?? userid,
    position: member?.position ?? '',
    avatar: absolute(desk, member?.avatar),
    corp: desk.core.world.corp.name,
    known: Boolean(member),
    status: relation?.status ?? 'none',
  };
}

function threadsOf(desk: Desk, key: string): unknown[] {
  const { book } = desk.wecom;
  const external = book.externalOf(key);
  const messages = desk.chats.find({ consumer: key });
  const guides = new Set([
    ...book.followersOf(external).map((relation) => relation.userid),
    ...messages.filter((m) => m.guideUserid).map((m) => m.guideUserid),
  ]);
  const threads = [...guides].map((userid) => {
    const own = messages.filter((m) => m.guideUserid.toLowerCase() === userid.toLowerCase());
    const last = own.at(-1);
    const relation = book.relation(userid, external);
    return {
      id: userid,
      kind: 'guide',
      name: book.member(userid)?.name ?? userid,
      avatar: absolute(desk, book.member(userid)?.avatar),
      summary: summaryOf(last) || '你们已成为联系人，现在可以开始聊天了',
      at: last?.at ?? (relation?.createtime ?? 0) * 1000,
      unread: desk.chats.unread(key, userid, own, 'consumer'),
    };
  });
  const notices = messages.filter((m) => m.channel === 'subscribe');
  const newest = notices.at(-1);
  const service = newest
    ? [
        {
          id: NOTICES,
          kind: 'notices',
          name: '服务通知',
          summary: newest.title ?? '',
          at: newest.at,
          unread: desk.chats.unread(key, NOTICES, notices, 'consumer'),
        },
      ]
    : [];
  return [...threads, ...service].sort((a, b) => b.at - a.at);
}
