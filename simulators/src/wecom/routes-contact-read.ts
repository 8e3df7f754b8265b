import type { FastifyInstance } from 'fastify';
import type { CorpBook } from './book.js';
import { refuse } from './errors.js';
import type { Relation } from './model.js';
import type { WecomPlatform } from './platform.js';
import { api, type Json, list, num, page, str } from './wire.js';

const FOLLOWERS_PER_PAGE = 500;

function commonFields(relation: Relation): Json {
  return {
    userid: relation.userid,
    remark: relation.remark,
    description: relation.description,
    createtime: relation.createtime,
    remark_corp_name: relation.remarkCorpName,
    remark_mobiles: relation.remarkMobiles,
    oper_userid: relation.operUserid,
    add_way: relation.addWay,
    ...(relation.state ? { state: relation.state } : {}),
  };
}

function tagsOf(book: CorpBook, relation: Relation): Json[] {
  const corp = relation.tagIds.flatMap((id) => {
    const found = book.tag(id);
    const tag = found?.group.tags[found.index];
    return found && tag ? [{ group_name: found.group.name, tag_name: tag.name, tag_id: id, type: 1 }] : [];
  });
  // Personal tags belong to the member alone and carry no id.
  const personal = relation.personalTags.map((name) => ({ group_name: '', tag_name: name, type: 2 }));
  return [...corp, ...personal];
}

/** get_follow_user_list, list, get and batch/get_by_user (documents 92113, 92114, 92994). */
export function registerContactReadRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;
  const stored = { storedRead: true };

  api(app, sim, 'GET', '/cgi-bin/externalcontact/get_follow_user_list', () => ({
    follow_user: book
      .members()
      .filter((member) => member.status !== 5 && member.contactEnabled !== false)
      .map((member) => member.userid),
  }));

  api(
    app,
    sim,
    'GET',
    '/cgi-bin/externalcontact/list',
    ({ query }) => {
      const member = book.serving(query.userid ?? '');
      const rows = book.relationsOf(member.userid);
      // The platform answers 84061, not an empty list, for a member without contacts.
      if (rows.length === 0) refuse(84061);
      return { external_userid: rows.map((relation) => relation.externalUserid) };
    },
    stored,
  );

  api(
    app,
    sim,
    'GET',
    '/cgi-bin/externalcontact/get',
    ({ query }) => {
      const external = query.external_userid ?? '';
      if (!book.personOf(external)) refuse(40096);
      const followers = book.followersOf(external).filter((r) => book.member(r.userid)?.status !== 5);
      if (followers.length === 0) refuse(84061);
      const cut = page(followers, `get:${external}`, query.cursor ?? '', FOLLOWERS_PER_PAGE);
      return {
        external_contact: book.externalContact(external),
        follow_user: cut.rows.map((relation) => ({ ...commonFields(relation), tags: tagsOf(book, relation) })),
        ...(cut.next ? { next_cursor: cut.next } : {}),
      };
    },
    stored,
  );

  api(
    app,
    sim,
    'POST',
    '/cgi-bin/externalcontact/batch/get_by_user',
    ({ body }) => {
      const userids = list(body.userid_list);
      if (userids.length === 0 || userids.length > 100) refuse(40058);
      const rows = userids.flatMap((userid) => book.relationsOf(book.serving(userid).userid));
      const limit = Math.min(num(body.limit, 50), 100) || 50;
      const cut = page(rows, `batch:${userids.join(',')}`, str(body.cursor), limit);
      return {
        external_contact_list: cut.rows.map((relation) => ({
          external_contact: book.externalContact(relation.externalUserid),
          follow_info: { ...commonFields(relation), tag_id: relation.tagIds.filter((id) => book.tag(id)) },
        })),
        next_cursor: cut.next,
      };
    },
    stored,
  );
}
