import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { joinsBy, MAIN, type MemberAction, subBrandOf } from '../domain/policy.js';
import { ConsentsStore } from '../persistence/consents.store.js';
import { MemberPolicies } from './member-policies.js';

const KNOWN_MAX = 50_000;

export interface Act {
  memberId: MemberId;
  action: MemberAction;
  /** Decides the sub-brand; null for what happens at no store. */
  storeId: string | null;
}

/** Who is a member of which (sub-)brand: what the brand says makes one, the first way in stays (product.md A1). */
@Injectable()
export class Memberships {
  private readonly rows = new ConsentsStore();
  /** Who is known to be a member already, so that the hundredth payment writes nothing. */
  private readonly known = new Set<string>();

  constructor(@Inject(MemberPolicies) private readonly policies: MemberPolicies) {}

  /** Makes members of those whose act makes one. At most one statement, and none for known members. */
  async note(tx: Tx, brandId: BrandId, acts: readonly Act[]): Promise<void> {
    const policy = await this.policies.of(brandId);
    const fresh = new Map<string, { memberId: MemberId; subBrand: string; via: MemberAction }>();
    for (const { memberId, action, storeId } of acts)
      for (const subBrand of new Set([MAIN, subBrandOf(policy, storeId)])) {
        const key = `${brandId}:${memberId}:${subBrand}`;
        if (!this.known.has(key) && joinsBy(policy, subBrand, action))
          fresh.set(key, { memberId, subBrand, via: action });
      }
    if (fresh.size === 0) return;
    await this.rows.join(tx, brandId, [...fresh.values()]);
    tx.afterCommit(() => {
      if (this.known.size > KNOWN_MAX) this.known.clear();
      for (const key of fresh.keys()) this.known.add(key);
    });
  }
}
