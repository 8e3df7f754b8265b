import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { drawCode } from '../wecom/draw-code.js';
import { refuse } from './errors.js';
import type { MiniappPlatform } from './platform.js';
import { api, type Json, str } from './wire.js';

const SCENE = /^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const MAX_DAYS = 30;

/** The text inside a mini-program code; the phone's scanner understands it. */
export const wxacodeText = (appid: string, page: string, scene: string): string =>
  `wxacode:${appid}:${page}?scene=${encodeURIComponent(scene)}`;

/** Mini-program codes, URL links and schemes. */
export function registerCodeRoutes(app: FastifyInstance, sim: MiniappPlatform): void {
  const { appid } = sim.core.world.miniapp;

  api(app, sim, 'POST', '/wxa/getwxacodeunlimit', ({ body }) => {
    const scene = str(body.scene);
    const page = str(body.page) || 'pages/home/index';
    if (!SCENE.test(scene)) refuse(40129);
    if (page.startsWith('/') || page.includes('?')) refuse(41030);
    if (body.check_path !== false && sim.knobs.publishedPages && !sim.knobs.publishedPages.includes(page))
      refuse(41030);
    const width = typeof body.width === 'number' ? Math.max(280, Math.min(1280, body.width)) : 430;
    const text = wxacodeText(appid, page, scene);
    sim.rememberCode({ text, page, scene, at: sim.core.clock.now() });
    const color = body.line_color as Json | undefined;
    const part = (name: string): number => Number(color?.[name] ?? 0) & 255;
    return drawCode(text, {
      width,
      round: true,
      dark: [part('r'), part('g'), part('b')],
      transparent: body.is_hyaline === true,
      level: 'H',
    });
  });

  app.get<{ Params: { id: string } }>('/sim/link/:id', async ({ params }, reply) => {
    const target = sim.state.links[params.id];
    if (!target || !sim.phoneUrl) return reply.code(404).type('text/plain; charset=utf-8').send('链接已失效');
    return reply.redirect(sim.phoneUrl(target.query ? `${target.path}?${target.query}` : target.path));
  });

  const link = (body: Json, prefix: string): string => {
    const path = str(body.path).replace(/^\//, '');
    const query = str(body.query);
    if (path.includes('?') || query.length > 1024) refuse(41030);
    checkExpiry(sim, body);
    const id = randomBytes(8).toString('base64url');
    sim.state.links[id] = { path, query, at: sim.core.clock.now() };
    return prefix + id;
  };
  api(app, sim, 'POST', '/wxa/generate_urllink', ({ body }) => ({ url_link: link(body, `${sim.origin}/sim/link/`) }));
  api(app, sim, 'POST', '/wxa/generatescheme', ({ body }) => {
    const target = (body.jump_wxa ?? {}) as Json;
    return { openlink: link({ ...body, ...target }, 'weixin://dl/business/?t=') };
  });
}

/** No link lives longer than 30 days, by interval or by time. */
function checkExpiry(sim: MiniappPlatform, body: Json): void {
  const now = Math.floor(sim.core.clock.now() / 1000);
  if (body.expire_type === 1 && Number(body.expire_interval ?? 0) > MAX_DAYS)
    refuse(85401, 'expire_interval out of range');
  if (body.expire_type === 0 && Number(body.expire_time ?? 0) > now + MAX_DAYS * 86_400) {
    refuse(85401, 'expire_time out of range');
  }
}
