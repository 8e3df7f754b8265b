import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { WecomPlatform } from './platform.js';
import { api, list, str } from './wire.js';

const tooLong = (value: unknown, max: number): boolean => typeof value === 'string' && [...value].length > max;

/** remark and mark_tag (documents 92115, 92118). Neither makes a callback: writes through the API never do. */
export function registerContactWriteRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;

  api(app, sim, 'POST', '/cgi-bin/externalcontact/remark', ({ body }) => {
    const relation = book.liveRelation(book.serving(str(body.userid)).userid, str(body.external_userid));
    const fields = ['remark', 'description', 'remark_company', 'remark_mobiles', 'remark_pic_mediaid'];
    if (fields.every((name) => body[name] === undefined)) refuse(40063);
    if (tooLong(body.remark, 20) || tooLong(body.description, 150) || tooLong(body.remark_company, 20)) refuse(45002);
    if (typeof body.remark === 'string') relation.remark = body.remark;
    if (typeof body.description === 'string') relation.description = body.description;
    if (typeof body.remark_company === 'string') relation.remarkCorpName = body.remark_company;
    // The list overwrites the old one; a single empty text clears it.
    if (Array.isArray(body.remark_mobiles)) relation.remarkMobiles = list(body.remark_mobiles).filter((m) => m !== '');
    return {};
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/mark_tag', ({ body }) => {
    const userid = book.serving(str(body.userid)).userid;
    const external = str(body.external_userid);
    return sim.limits.pair(userid, external, async () => {
      if (sim.knobs.latencyMs > 0) await new Promise((done) => setTimeout(done, sim.knobs.latencyMs));
      const relation = book.liveRelation(userid, external);
      const add = list(body.add_tag);
      const remove = list(body.remove_tag);
      if (add.length === 0 && remove.length === 0) refuse(40063);
      for (const id of [...add, ...remove]) if (!book.tag(id)) refuse(40068);
      const next = new Set([...relation.tagIds, ...add]);
      for (const id of remove) next.delete(id);
      if (next.size > sim.knobs.contactTagLimit) refuse(40144);
      relation.tagIds = [...next];
      return {};
    });
  });
}
