import type { Priority } from './rate-gate.js';
import type { WecomClient } from './wecom-client.js';
import { WecomError } from './wecom-error.js';

export interface CorpTag {
  id: string;
  name: string;
  order: number;
}

export interface CorpTagGroup extends CorpTag {
  tags: CorpTag[];
}

export interface MarkTagInput {
  userId: string;
  externalUserId: string;
  add?: readonly string[];
  remove?: readonly string[];
  priority?: Priority;
}

type Raw = Record<string, unknown>;
const CONFLICT = 45035;
const CONFLICT_TRIES = 3;

const readTag = (row: Raw): CorpTag => ({
  id: String(row['id'] ?? row['group_id']),
  name: String(row['name'] ?? row['group_name']),
  order: Number(row['order'] ?? 0),
});

function readGroup(row: Raw): CorpTagGroup {
  const tags = (row['tag'] as Raw[] | undefined) ?? [];
  return { ...readTag(row), tags: tags.filter((tag) => !tag['deleted']).map(readTag) };
}

/** The corp's tag library and what is marked with it (reference: wecom-miniapp 3.2). All throw WecomError. */
export class Tags {
  constructor(
    private readonly client: WecomClient,
    private readonly sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** The whole library, or some groups; what was deleted is left out. */
  async library(groupIds: readonly string[] = []): Promise<CorpTagGroup[]> {
    const body = groupIds.length > 0 ? { group_id: groupIds } : {};
    const answer = await this.client.call({ cgi: 'externalcontact/get_corp_tag_list', body, priority: 'sync' });
    return ((answer['tag_group'] as Raw[] | undefined) ?? []).filter((row) => !row['deleted']).map(readGroup);
  }

  /** Adds tags to a group, which is made if its name is new. Only our app's own tags can be changed later. */
  async add(group: { id: string } | { name: string }, names: readonly string[]): Promise<CorpTagGroup> {
    const target = 'id' in group ? { group_id: group.id } : { group_name: group.name };
    const body = { ...target, tag: names.map((name) => ({ name })) };
    return readGroup((await this.client.call({ cgi: 'externalcontact/add_corp_tag', body }))['tag_group'] as Raw);
  }

  async rename(id: string, name: string): Promise<void> {
    await this.client.call({ cgi: 'externalcontact/edit_corp_tag', body: { id, name } });
  }

  async remove(ids: { tagIds?: readonly string[]; groupIds?: readonly string[] }): Promise<void> {
    const body = { tag_id: ids.tagIds ?? [], group_id: ids.groupIds ?? [] };
    await this.client.call({ cgi: 'externalcontact/del_corp_tag', body });
  }

  /**
   * Marks one pair of guide and contact. Writes of one pair run one after the other, since two at once make WeCom
   * refuse one (45035); the same refusal caused by another node is tried three times.
   */
  async mark(input: MarkTagInput): Promise<void> {
    const add = input.add ?? [];
    const remove = input.remove ?? [];
    if (add.length === 0 && remove.length === 0) return;
    const body = { userid: input.userId, external_userid: input.externalUserId, add_tag: add, remove_tag: remove };
    const call = { cgi: 'externalcontact/mark_tag', body, priority: input.priority };
    await this.client.pairs.run(`${input.userId.toLowerCase()} ${input.externalUserId}`, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await this.client.call(call);
          return;
        } catch (error) {
          const conflict = error instanceof WecomError && error.errcode === CONFLICT;
          if (!conflict || attempt === CONFLICT_TRIES) throw error;
          await this.sleep(150 * attempt + Math.floor(Math.random() * 150));
        }
      }
    });
  }
}
