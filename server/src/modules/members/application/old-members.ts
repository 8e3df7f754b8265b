import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { OldMember } from '../domain/backfill-row.js';
import { type Identifier, maskPhone, memberNoOf } from '../domain/identifiers.js';
import { BackfillStore } from '../persistence/backfill.store.js';
import { MembersStore } from '../persistence/members.store.js';
import { MemberPolicies } from './member-policies.js';
import { noteDoubt } from './people-at-tills.js';

/** An old record with whom it names; more than one owner means that its identifiers contradict each other. */
export interface FoundOldMember {
  person: OldMember;
  /** What the record names that can be kept; a phone as its salted digest. */
  identifiers: Identifier[];
  owners: MemberId[];
  /** Who has each of the identifiers. */
  holders: (MemberId | undefined)[];
}

/** What became of an old record. */
export interface WrittenOldMember {
  memberId: MemberId;
  isNew: boolean;
  /** It waits until somebody meets the person. */
  isDormant: boolean;
  /** It named more than one member. */
  isDoubtful: boolean;
}

/** Old members that a file or a till names: found by anything that they carry, made as sleeping records, taken back. */
@Injectable()
export class OldMembers {
  private readonly rows = new BackfillStore();
  private readonly members = new MembersStore();

  constructor(
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /** Makes the brand's salt, which cannot be done inside a transaction. */
  async prepare(brandId: BrandId): Promise<void> {
    await this.policies.salt(brandId);
  }

  /** Whom records name; one statement for each kind of identifier. A phone is looked up verified and as a digest. */
  async find(on: Queryable, brandId: BrandId, people: readonly OldMember[]): Promise<FoundOldMember[]> {
    const salt = await this.policies.salt(brandId);
    const found = people.map((person) => {
      const { phone } = person;
      if (phone === null) return { person, identifiers: person.identifiers, asked: person.identifiers };
      const value = createHmac('sha256', salt).update(phone).digest('hex');
      const identifiers = [...person.identifiers, { kind: 'phone_hash' as const, value }];
      return { person, identifiers, asked: [...identifiers, { kind: 'phone' as const, value: phone }] };
    });
    const known = new Map<string, MemberId>();
    for (const kind of new Set(found.flatMap((one) => one.asked.map((each) => each.kind)))) {
      const values = found.flatMap((one) => one.asked.filter((each) => each.kind === kind).map((each) => each.value));
      for (const [value, id] of await this.members.byValues(on, brandId, kind, [...new Set(values)]))
        known.set(keyOf({ kind, value }), id);
    }
    return found.map(({ person, identifiers, asked }) => ({
      person,
      identifiers,
      owners: [...new Set(asked.flatMap((one) => known.get(keyOf(one)) ?? []))],
      holders: identifiers.map((one) => known.get(keyOf(one))),
    }));
  }

  /**
   * Makes sleeping members of records that nobody has, and gives what a record adds to whom it names. A record whose
   * identifiers are different people's is the first one's, gives nobody anything, and the pair is looked at.
   * @param kept whether the middle of a phone is left out and the rest kept, or nothing of it but the digest
   * @returns the member of each record
   */
  async write(
    tx: Tx,
    brandId: BrandId,
    found: readonly FoundOldMember[],
    kept: { withMask: boolean } = { withMask: true },
  ): Promise<WrittenOldMember[]> {
    const inBatch = new Map<string, MemberId>();
    const results = found.map(({ person, identifiers, owners, holders }) => {
      const named = identifiers.map((one, at) => holders[at] ?? inBatch.get(keyOf(one)));
      const [first, ...others] = new Set([...named, ...owners].filter((id) => id !== undefined));
      const memberId = first ?? this.ids.next<'member'>();
      const isDoubtful = others.length > 0;
      if (!isDoubtful) for (const one of identifiers) if (!inBatch.has(keyOf(one))) inBatch.set(keyOf(one), memberId);
      const cardNo = identifiers.find((one) => one.kind === 'card')?.value ?? null;
      // Whoever has a WeChat account is met as soon as they come; the others sleep.
      const isDormant = !identifiers.some((one) => one.kind === 'unionid');
      return { memberId, others, cardNo, isNew: first === undefined, isDoubtful, isDormant, person };
    });
    for (const one of results) noteDoubt(tx, brandId, one);
    await this.rows.insert(
      tx,
      brandId,
      results
        .filter((one) => one.isNew)
        .map(({ memberId, person, isDormant }) => ({
          id: memberId,
          memberNo: memberNoOf(memberId),
          nickname: person.name,
          realName: person.realName,
          birthday: person.birthday,
          phoneMasked: person.phone === null || !kept.withMask ? null : maskPhone(person.phone),
          status: isDormant ? ('DORMANT' as const) : ('ACTIVE' as const),
          joinedAt: person.joinedAt ?? tx.now,
        })),
    );
    const claims = found.flatMap(({ identifiers }, at) =>
      (results[at]?.isDoubtful ? [] : identifiers).map((one) => ({
        ...one,
        memberId: results[at]?.memberId as MemberId,
        source: 'IMPORT',
        at: tx.now,
      })),
    );
    await this.members.claim(tx, brandId, claims);
    return results.map(({ memberId, isNew, isDormant, isDoubtful }) => ({ memberId, isNew, isDormant, isDoubtful }));
  }

  /**
   * Removes members whom only a file knows: still asleep, without orders, assets or anything that they did themselves.
   * @returns those that stay
   */
  async remove(tx: Tx, brandId: BrandId, ids: readonly MemberId[]): Promise<Set<MemberId>> {
    const idle = await this.rows.idle(tx, brandId, ids);
    if (idle.length > 0) await this.rows.remove(tx, brandId, idle);
    const gone = new Set(idle);
    return new Set(ids.filter((id) => !gone.has(id)));
  }
}

const keyOf = (one: Identifier): string => `${one.kind} ${one.value}`;
