import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { GroupMessage, GroupMessageRow, Relation } from './model.js';
import type { WecomPlatform } from './platform.js';
import { checkContent } from './routes-welcome.js';
import { api, type Json, list, num, objects, page, str } from './wire.js';

const DAY_MS = 86_400_000;

/** Mass messages: created by the app, sent only once each member confirms in the client (documents 92135, 93338). */
export function registerMassRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;
  const known = (msgid: unknown): GroupMessage =>
    book.state.groupMessages.find((message) => message.msgid === msgid) ?? refuse(41047);
  const ready = (message: GroupMessage): GroupMessage =>
    sim.core.clock.now() < message.readyAt ? refuse(41063) : message;

  api(app, sim, 'POST', '/cgi-bin/externalcontact/add_msg_template', ({ body }) => create(sim, body));

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_groupmsg_list_v2', ({ body }) => {
    const from = num(body.start_time, 0);
    const to = num(body.end_time, 0);
    if (to < from || to - from > 31 * 86_400) refuse(40058, 'start and end are more than a month apart');
    const rows = book.state.groupMessages.filter((m) => {
      const at = Math.floor(m.createdAt / 1000);
      return m.chatType === str(body.chat_type) && at >= from && at <= to;
    });
    const cut = page(rows, `list:${from}:${to}`, str(body.cursor), Math.min(num(body.limit, 50), 100));
    return {
      group_msg_list: cut.rows.map((m) => ({
        msgid: m.msgid,
        create_time: String(Math.floor(m.createdAt / 1000)),
        create_type: 0,
        text: { content: m.text ?? '' },
        attachments: m.attachments,
      })),
      next_cursor: cut.next,
    };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_groupmsg_task', ({ body }) => {
    const message = ready(known(body.msgid));
    const userids = [...new Set(message.rows.map((row) => row.userid))];
    const cut = page(userids, `task:${message.msgid}`, str(body.cursor), Math.min(num(body.limit, 500), 1000));
    return {
      task_list: cut.rows.map((userid) => {
        const sent = message.confirmed[userid];
        return { userid, status: sent ? 2 : 0, ...(sent ? { send_time: Math.floor(sent / 1000) } : {}) };
      }),
      next_cursor: cut.next,
    };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_groupmsg_send_result', ({ body }) => {
    const message = ready(known(body.msgid));
    const lower = str(body.userid).toLowerCase();
    const rows = message.rows.filter((row) => row.userid.toLowerCase() === lower);
    const cut = page(rows, `result:${message.msgid}:${lower}`, str(body.cursor), Math.min(num(body.limit, 500), 1000));
    return {
      send_list: cut.rows.map((row) => ({
        external_userid: row.externalUserid,
        userid: row.userid,
        status: row.status,
        ...(row.sendTime ? { send_time: row.sendTime } : {}),
      })),
      next_cursor: cut.next,
    };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/remind_groupmsg_send', ({ body }) => {
    const message = ready(known(body.msgid));
    if (message.cancelled) refuse(41093);
    const now = sim.core.clock.now();
    message.remindedAt = message.remindedAt.filter((at) => now - at < DAY_MS);
    if (message.remindedAt.length >= 3) refuse(41094);
    message.remindedAt.push(now);
    for (const userid of new Set(message.rows.map((row) => row.userid))) {
      if (!message.confirmed[userid]) {
        sim.sink.post({
          guideUserid: userid,
          channel: 'app',
          kind: 'text',
          text: '你有一条群发消息还没有发送，请尽快处理。',
        });
      }
    }
    return {};
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/cancel_groupmsg_send', ({ body }) => {
    const message = ready(known(body.msgid));
    if (message.cancelled) refuse(41093);
    message.cancelled = true;
    return {};
  });
}

function create(sim: WecomPlatform, body: Json): Json {
  const { book } = sim;
  if ((str(body.chat_type) || 'single') !== 'single') refuse(40058, 'this simulator serves single chats only');
  checkContent(sim, body);
  const sender = str(body.sender);
  const wanted = list(body.external_userid);
  if (wanted.length > 10_000) refuse(40058);
  const groups = objects((body.tag_filter as Json | undefined)?.group_list).map((group) => list(group.tag_list));
  if (groups.some((group) => group.length > 100)) refuse(40058, 'more than 100 tags in one group');
  if (!sender && wanted.length === 0 && groups.length === 0) refuse(40063);
  if (sender) book.serving(sender);
  const rows: GroupMessageRow[] = [];
  const fail: string[] = [];
  for (const external of targets(sim, sender, wanted, groups)) {
    const relation = routeTo(sim, sender, external);
    if (relation) rows.push({ userid: relation.userid, externalUserid: external, status: 0 });
    else fail.push(external);
  }
  if (rows.length === 0) refuse(41048);
  const now = sim.core.clock.now();
  const message: GroupMessage = {
    msgid: book.nextId('msg', 29),
    chatType: 'single',
    createdAt: now,
    text: str((body.text as Json | undefined)?.content) || undefined,
    attachments: objects(body.attachments),
    cancelled: false,
    remindedAt: [],
    rows,
    confirmed: {},
    readyAt: now + sim.knobs.dispatchMs,
  };
  book.state.groupMessages.push(message);
  return { fail_list: fail, msgid: message.msgid };
}

/** external_userid wins over the tag filter; a sender alone means all of the sender's contacts. */
function targets(sim: WecomPlatform, sender: string, wanted: string[], groups: string[][]): string[] {
  if (wanted.length > 0) return [...new Set(wanted)];
  const relations = Object.values(sim.book.state.relations).filter(
    (r) => r.status === 'normal' && (!sender || r.userid.toLowerCase() === sender.toLowerCase()),
  );
  const hit = relations.filter((r) => groups.every((group) => group.some((id) => r.tagIds.includes(id))));
  return [...new Set(hit.map((r) => r.externalUserid))];
}

/** Without a sender each contact goes to the member who chatted with them last. */
function routeTo(sim: WecomPlatform, sender: string, external: string): Relation | undefined {
  const followers = sim.book
    .followersOf(external)
    .filter((r) => r.status === 'normal' && sim.book.member(r.userid)?.status !== 5);
  if (sender) return followers.find((r) => r.userid.toLowerCase() === sender.toLowerCase());
  return followers.sort((a, b) => b.lastChatAt - a.lastChatAt)[0];
}
