import type { MemberId } from '@shuke/shared/kernel';
import type { EventHandler } from '../../../platform/outbox/registry.js';
import type { TagWrites } from '../application/tag-writes.js';

/** What a member has taken off goes from WeCom too, wherever we have marked it. */
export const onTagTakenOff = (writes: TagWrites): EventHandler => ({
  name: 'contacts.unmark-taken-off',
  type: 'tag.taken-off',
  handle: (tx, { brandId, payload }) => {
    const { memberId, groupName, name } = payload as { memberId: MemberId; groupName: string; name: string };
    return writes.unmarkMember(tx, brandId, memberId, { groupName, name });
  },
});
