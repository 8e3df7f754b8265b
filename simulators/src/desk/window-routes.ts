import type { FastifyInstance } from 'fastify';
import type { MessageContent, Relation } from '../wecom/index.js';
import { type ChatMessage, summaryOf } from './chat-store.js';
import { absolute, type Desk } from './context.js';

export const WORK_NOTICES = 'work-notices';

/** What the WeCom chat window asks for: contacts, chats, work notices, and the guide's own acts. */
export function registerWindowRoutes(app: FastifyInstance, desk: Desk): void {
  const { wecom, chats } = desk;
  type Params = { Params: { userid: string } };

  app.get<Params>('/desk/window/:userid/home', async ({ params }, reply) => {
    const member = wecom.book.member(params.userid);
    if (!member) return reply.code(404).send({ error: `no member ${params.userid}` });
    const notices = chats.find({ guide: member.userid, channel: 'app' });
    return {
      me: { ...member, avatar: absolute(desk, member.avatar) },
      nowMs: desk.core.clock.now(),
      corpName: desk.core.world.corp.name,
      miniappName: desk.core.world.miniapp.name,
      browserOrigin: desk.browserOrigin(),
      contacts: contactsOf(desk, member.userid),
      notices: {
        summary: summaryOf(notices.at(-1)),
        at: notices.at(-1)?.at,
        unread: unreadNotices(desk, member.userid),
      },
      massWaiting: wecom.book.state.groupMessages
        .filter((m) => !m.cancelled && m.rows.some((row) => row.userid === member.userid && row.status === 0))
        .map((m) => ({
          msgid: m.msgid,
          text: m.text ?? '',
          attachments: m.attachments.length,
          count: m.rows.filter((row) => row.userid === member.userid && row.status === 0).length,
        })),
    };
  });

  app.get<{ Params: { userid: string; chat: string } }>('/desk/window/:userid/chat/:chat', async ({ params }) => {
    const { userid, chat } = params;
    chats.markRead(userid.toLowerCase(), chat);
    const consumer = wecom.book.personOf(chat)?.key;
    const found =
      chat === WORK_NOTICES ? chats.find({ guide: userid, channel: 'app' }) : chats.find({ guide: userid, consumer });
    return { messages: found.map((message) => ({ ...message, picUrl: absolute(desk, message.picUrl) })) };
  });

  app.post<{ Params: { userid: string }; Body: { chat: string; text: string } }>(
    '/desk/window/:userid/send',
    async ({ params, body }) => ({
      message: guideSays(desk, params.userid, body.chat, { kind: 'text', text: body.text }),
    }),
  );
  app.post<{ Params: { userid: string }; Body: { msgid?: string } }>(
    '/desk/window/:userid/confirm-mass',
    async ({ params, body }) => ({ done: wecom.human.confirmMassSend(params.userid, body?.msgid) }),
  );
  app.post<{ Params: { userid: string }; Body: { chat: string } }>(
    '/desk/window/:userid/accept',
    async ({ params, body }) => {
      const consumer = wecom.book.personOf(body.chat)?.key ?? '';
      const relation = await wecom.human.confirmContact(params.userid, consumer);
      chats.emit({ type: 'contacts' });
      return { relation };
    },
  );
}

/** A guide sends something to the contact of a chat: it lands in the window and on the consumer's phone. */
export function guideSays(desk: Desk, userid: string, external: string, content: MessageContent): ChatMessage {
  const { book } = desk.wecom;
  const relation = book.relation(userid, external);
  if (relation) relation.lastChatAt = desk.core.clock.now();
  desk.wecom.touch();
  const guideUserid = relation?.userid ?? userid;
  const consumerKey = book.personOf(external)?.key ?? '';
  return desk.chats.add({ ...content, guideUserid, consumerKey, from: 'guide', channel: 'chat' });
}

function unreadNotices(desk: Desk, userid: string): number {
  const notices = desk.chats.find({ guide: userid, channel: 'app' });
  return desk.chats.unread(userid.toLowerCase(), WORK_NOTICES, notices, 'guide');
}

function contactsOf(desk: Desk, userid: string): unknown[] {
  const { book } = desk.wecom;
  const mine = Object.values(book.state.relations).filter(
    (r: Relation) => r.userid.toLowerCase() === userid.toLowerCase() && r.status !== 'deleted-by-guide',
  );
  return mine
    .map((relation) => {
      const person = book.personOf(relation.externalUserid);
      const messages = desk.chats.find({ guide: userid, consumer: person?.key ?? '' });
      const last = messages.at(-1);
      return {
        chat: relation.externalUserid,
        consumer: person?.key,
        name: person?.nickname ?? '微信用户',
        remark: relation.remark,
        avatar: absolute(desk, person?.avatar),
        status: relation.status,
        summary: summaryOf(last),
        at: last?.at ?? relation.createtime * 1000,
        unread: desk.chats.unread(userid.toLowerCase(), relation.externalUserid, messages, 'guide'),
      };
    })
    .sort((a, b) => b.at - a.at);
}
