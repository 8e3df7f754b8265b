import type { MemberId } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Members } from '../application/members.js';

/** A picture that a member sent of themself is worn once the platform has passed it. */
export function wearPictures(members: Members): void {
  registerHandler({
    name: 'members.wear-picture',
    type: 'picture.checked',
    handle: async (tx, { brandId, payload }) => {
      if (payload['purpose'] !== 'AVATAR' || payload['check'] !== 'PASSED') return;
      await members.wearPicture(tx, brandId, payload['memberId'] as MemberId, String(payload['url']));
    },
  });
}
