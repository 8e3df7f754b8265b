import type { FastifyInstance } from 'fastify';
import { refuse } from './errors.js';
import type { TagGroup } from './model.js';
import type { WecomPlatform } from './platform.js';
import { api, type Json, list, num, objects, str } from './wire.js';

export const groupView = (group: TagGroup, only?: Set<string>): Json => ({
  group_id: group.id,
  group_name: group.name,
  create_time: group.createTime,
  order: group.order,
  tag: group.tags
    .filter((tag) => !only || only.has(tag.id))
    .map((tag) => ({ id: tag.id, name: tag.name, create_time: tag.createTime, order: tag.order })),
});

function checkName(name: string): string {
  if (name === '' || [...name].length > 30) refuse(40058);
  return name;
}

/** The corp tag library (document 92117): the app edits and deletes only tags that it made itself. */
export function registerTagRoutes(app: FastifyInstance, sim: WecomPlatform): void {
  const { book } = sim;
  const { state } = book;

  api(app, sim, 'POST', '/cgi-bin/externalcontact/get_corp_tag_list', ({ body }) => {
    const groupIds = new Set(list(body.group_id));
    const tagIds = new Set(list(body.tag_id));
    const sorted = [...state.tagGroups].sort((a, b) => b.order - a.order);
    if (groupIds.size > 0) return { tag_group: sorted.filter((g) => groupIds.has(g.id)).map((g) => groupView(g)) };
    if (tagIds.size > 0) {
      const holding = sorted.filter((group) => group.tags.some((tag) => tagIds.has(tag.id)));
      return { tag_group: holding.map((group) => groupView(group, tagIds)) };
    }
    return { tag_group: sorted.map((group) => groupView(group)) };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/add_corp_tag', ({ body }) => {
    const wanted = objects(body.tag);
    if (wanted.length === 0) refuse(40063);
    const names = [...new Set(wanted.map((tag) => checkName(str(tag.name))))];
    const total = state.tagGroups.reduce((sum, group) => sum + group.tags.length, 0);
    if (total + names.length > sim.knobs.corpTagLimit) refuse(40126);
    let group = body.group_id
      ? (state.tagGroups.find((g) => g.id === body.group_id) ?? refuse(40068))
      : state.tagGroups.find((g) => g.name === body.group_name);
    if (group?.createdBy === 'admin') refuse(48002, 'the tag group was not created by this app');
    if (group?.tags.some((tag) => names.includes(tag.name))) refuse(40071);
    if (!group) {
      group = {
        id: book.nextId('et', 30),
        name: checkName(str(body.group_name)),
        order: num(body.order, 0),
        createTime: book.nowSeconds(),
        createdBy: 'app',
        tags: [],
      };
      state.tagGroups.push(group);
    }
    const made = names.map((name) => ({
      id: book.nextId('et', 30),
      name,
      order: num(wanted.find((tag) => tag.name === name)?.order, 0),
      createTime: book.nowSeconds(),
    }));
    group.tags.push(...made);
    return { tag_group: groupView(group, new Set(made.map((tag) => tag.id))) };
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/edit_corp_tag', ({ body }) => {
    const id = str(body.id);
    const group = state.tagGroups.find((g) => g.id === id);
    const found = book.tag(id);
    const owner = group ?? found?.group ?? refuse(40068);
    if (owner.createdBy === 'admin') refuse(48002, 'the tag was not created by this app');
    const item = group ?? found?.group.tags[found.index];
    if (!item) refuse(40068);
    const siblings = group ? state.tagGroups : (found?.group.tags ?? []);
    const name = str(body.name);
    if (name && siblings.some((other) => other !== item && other.name === name)) refuse(40071);
    if (name) item.name = checkName(name);
    item.order = num(body.order, item.order);
    return {};
  });

  api(app, sim, 'POST', '/cgi-bin/externalcontact/del_corp_tag', ({ body }) => {
    const groups = list(body.group_id).map((id) => state.tagGroups.find((g) => g.id === id) ?? refuse(40068));
    const tags = list(body.tag_id).map((id) => book.tag(id) ?? refuse(40068));
    if (groups.length === 0 && tags.length === 0) refuse(40063);
    for (const owner of [...groups, ...tags.map((found) => found.group)]) {
      if (owner.createdBy === 'admin') refuse(48002, 'the tag was not created by this app');
    }
    removeTags(sim, new Set(list(body.tag_id)), new Set(groups.map((group) => group.id)));
    return {};
  });
}

/** Takes tags and groups out of the library and off every relation; a group without tags disappears. */
export function removeTags(sim: WecomPlatform, tagIds: Set<string>, groupIds: Set<string>): void {
  const { state } = sim.book;
  const gone = new Set(tagIds);
  for (const group of state.tagGroups) {
    if (groupIds.has(group.id)) for (const tag of group.tags) gone.add(tag.id);
    group.tags = group.tags.filter((tag) => !gone.has(tag.id));
  }
  state.tagGroups = state.tagGroups.filter((group) => group.tags.length > 0);
  for (const relation of Object.values(state.relations)) {
    relation.tagIds = relation.tagIds.filter((id) => !gone.has(id));
  }
}
