import type { MemberId } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Memberships } from '../application/memberships.js';
import type { Merges } from '../application/merges.js';
import type { Identifier } from '../domain/identifiers.js';
import type { MemberAction } from '../domain/policy.js';

interface Found extends Identifier {
  memberId: MemberId;
}
const ACTION: Readonly<Record<string, MemberAction>> = {
  MINIAPP: 'ENTER',
  WECOM: 'FOLLOW',
  PAYMENT: 'PAY',
  POS: 'PAY',
};

/** Decides about pairs that identifiers connect, and makes members of those who came, followed or paid. */
export function knowPeople(merges: Merges, memberships: Memberships): void {
  registerHandler({
    name: 'members.consider-pair',
    type: 'member.merge-candidate',
    handle: async (tx, { brandId, payload }) => {
      const memberId = payload['memberId'] as MemberId;
      const found = (payload['others'] ?? []) as Found[];
      for (const other of new Set(found.map((one) => one.memberId))) {
        const seen = found.filter((one) => one.memberId === other).map(({ kind, value }) => ({ kind, value }));
        await merges.considerIn(tx, brandId, [memberId, other], seen, memberId);
      }
    },
  });
  registerHandler({
    name: 'members.join',
    type: 'member.joined',
    handle: async (tx, { brandId, payload }) => {
      const action = ACTION[String(payload['origin'])];
      if (action)
        await memberships.note(tx, brandId, [{ memberId: payload['memberId'] as MemberId, action, storeId: null }]);
    },
  });
}
