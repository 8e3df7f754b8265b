import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { type Blocker, blockersOf, type PersonFacts } from '../domain/merge-rules.js';
import { PeopleStore } from '../persistence/people.store.js';
import type { MemberPolicies } from './member-policies.js';

/** Two records side by side, and what stands against making them one. */
export class PairView {
  private readonly people = new PeopleStore();

  constructor(private readonly policies: Pick<MemberPolicies, 'of'>) {}

  /** @returns undefined for a record that the brand does not have; then nothing is weighed */
  async look(
    on: Queryable,
    brandId: BrandId,
    [first, second]: readonly [MemberId, MemberId],
    isLocked = false,
  ): Promise<{ a: PersonFacts | undefined; b: PersonFacts | undefined; blockers: Blocker[] }> {
    const policy = await this.policies.of(brandId);
    const facts = await this.people.facts(on, brandId, [first, second], isLocked);
    const [a, b] = [facts.get(first), facts.get(second)];
    if (!a || !b) return { a, b, blockers: [] };
    const phones = [...a.identifiers, ...b.identifiers, ...a.hints, ...b.hints]
      .filter((one) => one.kind === 'phone' || one.kind === 'typed_phone')
      .map((one) => one.value);
    const sharedPhones = await this.people.sharedPhones(on, brandId, [...new Set(phones)], policy.sharedPhoneLimit);
    return { a, b, blockers: blockersOf(a, b, { maxIdentifiers: policy.maxIdentifiers, sharedPhones }) };
  }
}
