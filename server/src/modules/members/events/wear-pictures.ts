import type { MemberId } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { MembersStore } from '../persistence/members.store.js';

/** A picture that a member sent of themself is worn once the platform has passed it. */
export function wearPictures(): void {
  const rows = new MembersStore();
  registerHandler({
    name: 'members.wear-picture',
    type: 'picture.checked',
    handle: async (tx, { brandId, payload }) => {
      if (payload['purpose'] !== 'AVATAR' || payload['check'] !== 'PASSED') return;
      const face = { nickname: null, avatarUrl: String(payload['url']) };
      await rows.setFace(tx, brandId, payload['memberId'] as MemberId, face);
    },
  });
}
