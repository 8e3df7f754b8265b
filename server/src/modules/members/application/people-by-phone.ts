import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { MembersStore } from '../persistence/members.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';

/** Whose numbers are that somebody told a till: verified by their owners, or known from an old file as a digest. */
@Injectable()
export class PeopleByPhone {
  private readonly members = new MembersStore();
  private readonly people = new PeopleStore();

  constructor(@Inject(MemberPolicies) private readonly policies: MemberPolicies) {}

  /** Makes the brand's salt, which cannot be done inside a transaction. */
  async prepare(brandId: BrandId): Promise<void> {
    await this.policies.salt(brandId);
  }

  /**
   * Three statements for any number of phones.
   * @returns members by phone; nobody for a number that is an employee's, a store's or too many people's
   */
  async find(on: Queryable, brandId: BrandId, phones: readonly string[]): Promise<Map<string, MemberId>> {
    const asked = [...new Set(phones)];
    if (asked.length === 0) return new Map();
    const { sharedPhoneLimit } = await this.policies.of(brandId);
    const shared = await this.people.sharedPhones(on, brandId, asked, sharedPhoneLimit);
    const own = asked.filter((phone) => !shared.has(phone));
    if (own.length === 0) return new Map();
    const hashes = await Promise.all(own.map((phone) => this.policies.phoneHash(brandId, phone)));
    const verified = await this.members.byValues(on, brandId, 'phone', own);
    const old = await this.members.byValues(on, brandId, 'phone_hash', hashes);
    return new Map(
      own.flatMap((phone, at) => {
        const id = verified.get(phone) ?? old.get(hashes[at] ?? '');
        return id ? [[phone, id] as const] : [];
      }),
    );
  }
}
