import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { OutgoingMessage } from './message-sink.js';
import type { WecomPlatform } from './platform.js';
import { api, bytes, type Json, num, objects, str } from './wire.js';

type Content = Omit<OutgoingMessage, 'guideUserid' | 'channel'>;

/** message/send to members (document 90236): partly wrong receivers are named in lower case, all wrong gives 81013. */
export function registerMessageRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;
  const sentBefore = new Map<string, number>();
  const perMember = new Map<string, number[]>();

  /** More than 30 a minute or 1,000 an hour to one member are dropped without a word. */
  const mayReach = (userid: string): boolean => {
    const now = sim.core.clock.now();
    const recent = (perMember.get(userid) ?? []).filter((at) => now - at < 3_600_000);
    const inMinute = recent.filter((at) => now - at < 60_000).length;
    const ok = inMinute < 30 && recent.length < 1000;
    if (ok) recent.push(now);
    perMember.set(userid, recent);
    return ok;
  };

  const duplicate = (body: Json): boolean => {
    if (num(body.enable_duplicate_check, 0) !== 1) return false;
    const key = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const interval = Math.min(num(body.duplicate_check_interval, 1800), 14_400) * 1000;
    const before = sentBefore.get(key);
    const now = sim.core.clock.now();
    if (before !== undefined && now - before < interval) return true;
    sentBefore.set(key, now);
    return false;
  };

  api(
    app,
    sim,
    'POST',
    '/cgi-bin/message/send',
    ({ body }) => {
      if (String(body.agentid) !== sim.corp.agentId) refuse(301002);
      const content = contentOf(sim, body);
      const asked = str(body.touser) === '@all' ? book.members().map((m) => m.userid) : str(body.touser).split('|');
      if (asked.length > 1000) refuse(40031);
      const valid = asked.filter((userid) => book.member(userid) && book.member(userid)?.status !== 5);
      const invalid = asked.filter((userid) => userid && !valid.includes(userid)).map((userid) => userid.toLowerCase());
      if (valid.length === 0) refuse(81013);
      if (!duplicate(body)) {
        for (const userid of valid) {
          const member = book.member(userid);
          if (member && mayReach(member.userid)) {
            sim.sink.post({ ...content, channel: 'app', guideUserid: member.userid });
          }
        }
      }
      return {
        ...(invalid.length > 0 ? { invaliduser: invalid.join('|') } : {}),
        msgid: book.nextId('', 64),
        ...(str(body.msgtype) === 'template_card' ? { response_code: book.nextId('', 64) } : {}),
      };
    },
    { noLimit: true },
  );
}

const cut = (text: string, max: number): string =>
  bytes(text) <= max ? text : Buffer.from(text).subarray(0, max).toString();

function contentOf(sim: WecomPlatform, body: Json): Content {
  const kind = str(body.msgtype);
  const part = (body[kind] ?? refuse(40063, `${kind} is missing`)) as Json;
  if (kind === 'text' || kind === 'markdown') return { kind: 'text', text: cut(str(part.content), 2048) };
  if (kind === 'textcard') {
    if (!str(part.title) || !str(part.url)) refuse(40063);
    return {
      kind: 'card',
      title: cut(str(part.title), 128),
      // The description may hold <div class="gray|highlight|normal">; a chat bubble shows the words alone.
      description: str(part.description)
        .replace(/<br\s*\/?>|<\/div>/g, '\n')
        .replace(/<[^>]+>/g, '')
        .trim(),
      url: str(part.url),
      buttonText: str(part.btntxt) || '详情',
    };
  }
  if (kind === 'news') {
    const first = objects(part.articles)[0] ?? refuse(40063);
    return {
      kind: 'link',
      title: str(first.title),
      description: str(first.description),
      url: str(first.url),
      picUrl: str(first.picurl) || undefined,
    };
  }
  if (kind === 'miniprogram_notice') return noticeOf(sim, part);
  if (kind === 'template_card') return templateCard(part);
  return refuse(40058, `msgtype ${kind} is not served here`);
}

function noticeOf(sim: WecomPlatform, part: Json): Content {
  if (str(part.appid) !== sim.core.world.miniapp.appid) refuse(48002);
  const items = objects(part.content_item).map((item) => ({ key: str(item.key), value: str(item.value) }));
  if (items.length > 10) refuse(40058);
  return { kind: 'card', title: str(part.title), description: str(part.description), page: str(part.page), items };
}

function templateCard(part: Json): Content {
  const main = (part.main_title ?? {}) as Json;
  const action = part.card_action as Json | undefined;
  if (!action && str(part.card_type).endsWith('_notice')) refuse(40063, 'card_action is missing');
  const items = objects(part.horizontal_content_list).map((item) => ({
    key: str(item.keyname),
    value: str(item.value),
  }));
  if (items.length > 6) refuse(40058);
  const emphasis = (part.emphasis_content ?? {}) as Json;
  const words = [
    str(main.desc),
    [str(emphasis.title), str(emphasis.desc)].filter(Boolean).join(' '),
    str(part.sub_title_text),
  ];
  return {
    kind: 'card',
    title: str(main.title),
    description: words.filter(Boolean).join('\n'),
    url: str(action?.url) || undefined,
    page: str(action?.pagepath) || undefined,
    items,
    buttonText: '查看详情',
  };
}
