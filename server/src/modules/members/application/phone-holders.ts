import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS, type MemberId } from '@shuke/shared/kernel';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Identifier, maskPhone } from '../domain/identifiers.js';
import { MembersStore } from '../persistence/members.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';
import { Members } from './members.js';
import { Memberships } from './memberships.js';
import { Merges } from './merges.js';

/** Who gets a phone number that its owner has just verified. */
@Injectable()
export class PhoneHolders {
  private readonly rows = new MembersStore();
  private readonly people = new PeopleStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Members) private readonly members: Members,
    @Inject(Memberships) private readonly memberships: Memberships,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /**
   * Gives a number that was just verified to its owner. A record that has the number and nothing against it becomes the
   * same person at once; a record of somebody else who has long been silent loses it, because operators give numbers
   * out again; else the pair waits for a person and the number stays where it is.
   * @returns false when the number stays with another member for now
   */
  async take(brandId: BrandId, memberId: MemberId, phone: string): Promise<boolean> {
    const hash = await this.policies.phoneHash(brandId, phone);
    const policy = await this.policies.of(brandId);
    const number: Identifier = { kind: 'phone', value: phone };
    return this.unitOfWork.run('verify phone', async (tx) => {
      const [holder] = await this.members.identify(tx, {
        brandId,
        memberId,
        identifiers: [number],
        source: 'MINIAPP',
      });
      const dormant = await this.members.byIdentifier(tx, brandId, 'phone_hash', hash);
      if (dormant && dormant !== memberId)
        await this.merges.considerIn(tx, brandId, [memberId, dormant], [{ kind: 'phone_hash', value: hash }], memberId);
      if (holder) {
        const { outcome } = await this.merges.considerIn(tx, brandId, [memberId, holder], [number], memberId);
        if (outcome !== 'MERGED' && !(await this.isRecycled(tx, brandId, holder, policy.recycleIdleDays))) return false;
        if (outcome !== 'MERGED') await this.reassign(tx, brandId, number, holder, memberId);
      }
      await this.rows.setPhone(tx, brandId, memberId, maskPhone(phone));
      await this.note(tx, brandId, memberId, 'PHONE', `验证了手机号 ${maskPhone(phone)}`);
      await this.memberships.note(tx, brandId, [{ memberId, action: 'REGISTER', storeId: null }]);
      return true;
    });
  }

  /** Silent for so long that the operator may have given the number to somebody else. */
  private async isRecycled(tx: Tx, brandId: BrandId, holder: MemberId, idleDays: number): Promise<boolean> {
    const [row] = await this.people.statuses(tx, brandId, [holder]);
    if (!row || row.status !== 'ACTIVE') return false;
    const last = (await this.people.lastOrderAt(tx, brandId, holder)) ?? row.joinedAt;
    return tx.now.getTime() - Math.max(last.getTime(), row.joinedAt.getTime()) > idleDays * DAY_MS;
  }

  private async reassign(tx: Tx, brandId: BrandId, number: Identifier, from: MemberId, to: MemberId): Promise<void> {
    const masked = maskPhone(number.value);
    await this.people.detach(tx, brandId, number, from);
    await this.rows.claim(tx, brandId, [{ ...number, memberId: to, source: 'MINIAPP', at: tx.now }]);
    await this.rows.clearPhone(tx, brandId, from, masked);
    await this.note(tx, brandId, from, 'PHONE_GONE', `手机号 ${masked} 由新的机主验证，已不再属于这个会员`);
  }

  private note(tx: Tx, brandId: BrandId, memberId: MemberId, kind: string, text: string): Promise<void> {
    return this.people.note(tx, brandId, [{ id: this.ids.next(), memberId, kind, text, by: 'system', at: tx.now }]);
  }
}
