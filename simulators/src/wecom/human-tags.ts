import { refuse } from './errors.js';
import type { TagGroup } from './model.js';
import type { WecomPlatform } from './platform.js';
import { removeTags } from './routes-tag.js';

/** What an administrator does to the tag library in the console; these changes make events, those of the API do not. */
export class HumanTags {
  constructor(private readonly sim: WecomPlatform) {}

  async createTag(groupName: string, names: string[]): Promise<TagGroup> {
    const { book } = this.sim;
    let group = book.state.tagGroups.find((other) => other.name === groupName);
    if (!group) {
      const id = book.nextId('et', 30);
      group = { id, name: groupName, order: 0, createTime: book.nowSeconds(), createdBy: 'admin', tags: [] };
      book.state.tagGroups.push(group);
      await this.tagEvent('create', id, 'tag_group');
    }
    for (const name of names.filter((wanted) => !group.tags.some((tag) => tag.name === wanted))) {
      const tag = { id: book.nextId('et', 30), name, order: 0, createTime: book.nowSeconds() };
      group.tags.push(tag);
      await this.tagEvent('create', tag.id, 'tag');
    }
    return group;
  }

  async renameTag(id: string, name: string): Promise<void> {
    const found = this.sim.book.tag(id) ?? refuse(40068);
    const tag = found.group.tags[found.index];
    if (tag) tag.name = name;
    await this.tagEvent('update', id, 'tag');
  }

  async deleteTag(id: string): Promise<void> {
    if (!this.sim.book.tag(id)) refuse(40068);
    removeTags(this.sim, new Set([id]), new Set());
    await this.tagEvent('delete', id, 'tag');
  }

  /** One event for the group and none for its tags, as on the platform. */
  async deleteTagGroup(id: string): Promise<void> {
    if (!this.sim.book.state.tagGroups.some((group) => group.id === id)) refuse(40068);
    removeTags(this.sim, new Set(), new Set([id]));
    await this.tagEvent('delete', id, 'tag_group');
  }

  private async tagEvent(changeType: string, id: string, tagType: 'tag' | 'tag_group'): Promise<void> {
    this.sim.touch();
    void this.sim.sender.send(`change_external_tag/${changeType}`, {
      Event: 'change_external_tag',
      ChangeType: changeType,
      Id: id,
      TagType: tagType,
    });
  }
}
