import type { FastifyInstance } from 'fastify';
import type { WorldConsumer, WorldMember } from '../core/index.js';
import { registerMiniappControl } from '../wechat-miniapp/index.js';
import { registerWecomControl } from '../wecom/index.js';
import { Bridge } from './bridge.js';
import { ClientBrowser } from './client-browser.js';
import { listCodes } from './codes.js';
import type { Desk } from './context.js';
import { registerPages } from './pages.js';
import { consumerSays, registerPhoneRoutes } from './phone-routes.js';
import { guideSays, registerWindowRoutes } from './window-routes.js';

/** Adds phone, chat window, their live updates and the control routes of both platforms to the desk's server. */
export function installDesk(app: FastifyInstance, desk: Desk): { bridge: Bridge; browser: ClientBrowser } {
  const bridge = new Bridge(desk);
  const browser = new ClientBrowser(desk.appOrigin, bridge);
  registerWecomControl(app, desk.wecom);
  registerMiniappControl(app, desk.miniapp);
  registerChatControl(app, desk, bridge);
  registerPages(app);
  registerPhoneRoutes(app, desk);
  registerWindowRoutes(app, desk);
  registerEvents(app, desk);

  desk.miniapp.onSubscribeMessage = ({ consumerKey, templateId, title, page, items }) => {
    desk.chats.add({
      guideUserid: '',
      consumerKey,
      from: 'system',
      channel: 'subscribe',
      kind: 'card',
      title: title ?? desk.core.world.miniapp.name,
      description: templateId,
      page,
      items,
    });
  };
  return { bridge, browser };
}

/** Server-sent events: every message, every change of contacts, and what pages ask of the client. */
function registerEvents(app: FastifyInstance, desk: Desk): void {
  app.get('/desk/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    reply.raw.write(': ready\n\n');
    const stop = desk.chats.listen((event) => reply.raw.write(`data: ${JSON.stringify(event)}\n\n`));
    request.raw.on('close', stop);
  });
}

function registerChatControl(app: FastifyInstance, desk: Desk, bridge: Bridge): void {
  const { book } = desk.wecom;
  app.get<{ Querystring: { userid?: string; consumer?: string; channel?: string } }>(
    '/control/chat/messages',
    async ({ query }) => ({
      messages: desk.chats.find({ guide: query.userid, consumer: query.consumer, channel: query.channel }),
    }),
  );
  app.post<{ Body: { from: 'guide' | 'consumer'; userid: string; consumer: string; text: string } }>(
    '/control/chat/messages',
    async ({ body }) => ({
      message:
        body.from === 'consumer'
          ? consumerSays(desk, body.consumer, body.userid, body.text)
          : guideSays(desk, body.userid, book.externalOf(body.consumer), { kind: 'text', text: body.text }),
    }),
  );
  app.get('/control/desk/codes', async () => ({ codes: listCodes(desk.wecom, desk.miniapp) }));
  app.get('/control/desk/personas', async () => ({
    consumers: desk.core.world.consumers
      .filter((c) => !c.staff)
      .map((c) => ({ ...c, externalUserid: book.externalOf(c.key) })),
    members: book.members(),
  }));
  /** Adds people to the running world; who is known already stays as is. */
  app.post<{ Body: { consumers?: WorldConsumer[]; members?: WorldMember[] } }>(
    '/control/desk/personas',
    async ({ body }) => {
      const { world } = desk.core;
      for (const consumer of body.consumers ?? []) {
        if (!world.consumers.some(({ key }) => key === consumer.key)) world.consumers.push(consumer);
        book.addConsumer(consumer);
      }
      for (const member of body.members ?? []) {
        if (!world.members.some(({ userid }) => userid === member.userid)) world.members.push(member);
        book.addMember(member);
      }
      desk.wecom.touch();
      return { consumers: world.consumers.length, members: world.members.length };
    },
  );
  app.get('/control/wecom/bridge-calls', async () => ({ calls: bridge.calls }));
  app.post<{ Body: { text: string } }>('/control/wecom/scan', async ({ body }) => {
    bridge.queueScan(body.text);
    return { ok: true };
  });
}
