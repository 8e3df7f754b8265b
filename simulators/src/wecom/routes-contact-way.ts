import type { FastifyInstance } from 'fastify';
import { drawCode } from './draw-code.js';
import { refuse } from './errors.js';
import { hexId } from './identity.js';
import type { ContactWay } from './model.js';
import type { WecomPlatform } from './platform.js';
import { api, type Json, list, num, page, str } from './wire.js';

const DAY = 86_400;
const LIMIT = 500_000;

/** The text inside the QR picture of a contact way; the phone's scanner understands it. */
export const contactWayText = (configId: string): string => `https://work.weixin.qq.com/ca/${configId}`;

/** add/get/update/del/list_contact_way (document 92228) and the QR picture itself. */
export function registerContactWayRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;
  const qrOf = (configId: string): string => `${sim.origin}/wework_admin/contact_way/${configId}.png`;
  const known = (configId: unknown): ContactWay => book.contactWay(str(configId)) ?? refuse(41039);

  api(app, sim, 'POST', '/cgi-bin/externalcontact/add_contact_way', ({ body }) => {
    if (Object.keys(book.state.contactWays).length >= LIMIT) refuse(41045);
    const way = checkedWay(sim, body);
    book.state.contactWays[way.configId] = way;
    return { config_id: way.configId, ...(way.scene === 2 ? { qr_code: qrOf(way.configId) } : {}) };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_contact_way', ({ body }) => {
    const way = known(body.config_id);
    return {
      contact_way: {
        config_id: way.configId,
        type: way.type,
        scene: way.scene,
        remark: way.remark,
        skip_verify: way.skipVerify,
        state: way.state,
        qr_code: way.scene === 2 ? qrOf(way.configId) : undefined,
        user: way.users,
        party: way.parties,
        is_temp: way.isTemp,
      },
    };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/update_contact_way', ({ body }) => {
    const way = known(body.config_id);
    if (typeof body.remark === 'string') way.remark = body.remark;
    if (typeof body.skip_verify === 'boolean') way.skipVerify = body.skip_verify;
    if (typeof body.state === 'string') way.state = checkedState(body.state);
    if (body.user !== undefined) way.users = checkedUsers(sim, list(body.user), way.type);
    return {};
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/del_contact_way', ({ body }) => {
    delete book.state.contactWays[known(body.config_id).configId];
    return {};
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/list_contact_way', ({ body }) => {
    const from = num(body.start_time, 0);
    const to = num(body.end_time, Number.MAX_SAFE_INTEGER);
    const rows = Object.values(book.state.contactWays).filter((way) => way.createdAt >= from && way.createdAt <= to);
    const cut = page(rows, `ways:${from}:${to}`, str(body.cursor), Math.min(num(body.limit, 100), 1000));
    return { contact_way: cut.rows.map((way) => ({ config_id: way.configId })), next_cursor: cut.next };
  });

  app.get<{ Params: { name: string } }>('/wework_admin/contact_way/:name', async (request, reply) => {
    const configId = request.params.name.replace(/\.png$/, '');
    if (!book.contactWay(configId)) return reply.code(404).send('not found');
    const picture = drawCode(contactWayText(configId), { width: 430 });
    return reply.type('image/png').header('access-control-allow-origin', '*').send(picture);
  });
}

function checkedState(state: string): string {
  if ([...state].length > 30) refuse(40058, 'state is longer than 30 characters');
  return state;
}

function checkedUsers(sim: WecomPlatform, users: string[], type: number): string[] {
  if (users.length > 100) refuse(41041);
  if (type === 1 && users.length !== 1) refuse(40058, 'a single contact way has exactly one user');
  for (const userid of users) {
    const member = sim.book.active(userid);
    if (member.contactEnabled === false) refuse(41054);
  }
  return users;
}

function checkedWay(sim: WecomPlatform, body: Json): ContactWay {
  const type = num(body.type, 0);
  const scene = num(body.scene, 0);
  if (![1, 2].includes(type) || ![1, 2].includes(scene)) refuse(40058);
  if ([...str(body.remark)].length > 30) refuse(40058, 'remark is longer than 30 characters');
  const users = checkedUsers(sim, list(body.user), type);
  const parties = Array.isArray(body.party) ? (body.party as number[]) : [];
  if (users.length === 0 && parties.length === 0) refuse(41044);
  const isTemp = body.is_temp === true;
  const expires = num(body.expires_in, 7 * DAY);
  if (isTemp && expires > 14 * DAY) refuse(40058);
  const now = sim.book.nowSeconds();
  return {
    configId: hexId(sim.book.nextId('way', 20)),
    type,
    scene,
    remark: str(body.remark),
    skipVerify: body.skip_verify !== false,
    state: checkedState(str(body.state)),
    users,
    parties,
    style: num(body.style, 1),
    isTemp,
    expiresAt: isTemp ? now + expires : undefined,
    createdAt: now,
  };
}
