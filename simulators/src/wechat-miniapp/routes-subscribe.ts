import type { FastifyInstance } from 'fastify';
import { consumerByOpenid, type WorldTemplate } from '../core/index.js';
import { refuse } from './errors.js';
import type { MiniappPlatform } from './platform.js';
import { checkTemplateData } from './subscribe.js';
import { api, str } from './wire.js';

/** Subscribe messages: the brand's templates, and sending one message for one accept. */
export function registerSubscribeRoutes(app: FastifyInstance, sim: MiniappPlatform): void {
  const { miniapp } = sim.core.world;

  api(app, sim, 'GET', '/wxaapi/newtmpl/gettemplate', () => ({ data: (miniapp.templates ?? []).map(listed) }));

  api(app, sim, 'POST', '/cgi-bin/message/subscribe/send', ({ body }) => {
    const openid = str(body.touser);
    const person = consumerByOpenid(sim.core.world, miniapp.appid, openid) ?? refuse(40003);
    const templateId = str(body.template_id);
    const known = sim.knobs.templates ?? miniapp.templates?.map(({ id }) => id);
    if (!templateId || (known && !known.includes(templateId))) refuse(40037);
    const page = str(body.page).replace(/\?.*$/, '');
    if (page && sim.knobs.publishedPages && !sim.knobs.publishedPages.includes(page)) refuse(41030);
    const template = miniapp.templates?.find(({ id }) => id === templateId);
    const values = checkTemplateData(
      body.data,
      template?.keywords.map(({ key }) => key),
    );
    sim.ledger.spend(openid, templateId, template?.type === 3);
    const labels = new Map(template?.keywords.map(({ key, label }) => [key, label]));
    const order = template?.keywords.map(({ key }) => key) ?? Object.keys(values);
    sim.onSubscribeMessage?.({
      consumerKey: person.key,
      templateId,
      title: template?.title,
      page: str(body.page) || undefined,
      items: order.map((key) => ({ key: labels.get(key) ?? key, value: values[key] ?? '' })),
    });
    return {};
  });
}

/** The way the platform lists a template of one's own: its keywords are lines of one text. */
const listed = ({ id, title, keywords, type }: WorldTemplate) => ({
  priTmplId: id,
  title,
  content: keywords.map(({ key, label }) => `${label}:{{${key}.DATA}}\n`).join(''),
  example: keywords.map(({ label, example }) => `${label}:${example}\n`).join(''),
  type: type ?? 2,
});
