import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import { messagesOf } from './message-sink.js';
import type { WecomPlatform } from './platform.js';
import { mediaUrl, usableMedia } from './routes-media.js';
import { api, bytes, type Json, objects, str } from './wire.js';

/** A welcome code dies 20 seconds after its event (document 92137). */
export const WELCOME_MS = 20_000;

/** Checks text and attachments of a welcome or mass message; both share the same limits. */
export function checkContent(sim: WecomPlatform, body: Json): void {
  const text = str((body.text as Json | undefined)?.content);
  const attachments = objects(body.attachments);
  if (text === '' && attachments.length === 0) refuse(40063);
  if (bytes(text) > 4000) refuse(45002);
  if (attachments.length > 9) refuse(40058, 'more than 9 attachments');
  for (const item of attachments) checkAttachment(sim, item);
}

function checkAttachment(sim: WecomPlatform, item: Json): void {
  const kind = str(item.msgtype);
  const part = (item[kind] ?? refuse(40058, `attachment ${kind} has no body`)) as Json;
  const limit = (name: string, max: number): void => {
    if (bytes(str(part[name])) > max) refuse(45002, `${kind}.${name} is longer than ${max} bytes`);
  };
  if (kind === 'link') {
    limit('title', 128);
    limit('desc', 512);
    limit('url', 2048);
    if (!str(part.title) || !/^https?:\/\//.test(str(part.url))) refuse(40058);
  } else if (kind === 'miniprogram') {
    limit('title', 64);
    if (!str(part.title) || !str(part.page)) refuse(40058);
    if (str(part.appid) !== sim.core.world.miniapp.appid) refuse(301002, 'the mini-program is not bound to the corp');
    usableMedia(sim, str(part.pic_media_id));
  } else if (kind === 'image') {
    if (!str(part.pic_url)) usableMedia(sim, str(part.media_id));
  } else if (kind === 'video' || kind === 'file') {
    usableMedia(sim, str(part.media_id));
  } else {
    refuse(40058, `unknown attachment ${kind}`);
  }
}

export function registerWelcomeRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  api(app, sim, 'POST', '/cgi-bin/externalcontact/send_welcome_msg', ({ body }) => {
    const held = sim.book.state.welcomeCodes[str(body.welcome_code)];
    if (!held) refuse(41050);
    if (held.state === 'sent') refuse(41051);
    if (sim.core.clock.now() - held.issuedAt > WELCOME_MS) refuse(41050);
    if (held.busyAnswers > 0) {
      held.busyAnswers -= 1;
      refuse(41096);
    }
    checkContent(sim, body);
    held.state = 'sent';
    const consumerKey = sim.book.personOf(held.externalUserid)?.key;
    for (const message of messagesOf(body, (id) => mediaUrl(sim, id))) {
      sim.sink.post({ ...message, channel: 'welcome', guideUserid: held.userid, consumerKey });
    }
    return {};
  });
}
