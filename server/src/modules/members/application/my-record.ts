import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ConsentView, MyData } from '@shuke/shared/contracts';
import { type BrandId, DAY_MS, type MemberId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { consentTitle, PURPOSES } from '../domain/consents.js';
import { maskName } from '../domain/identifiers.js';
import { MAIN, type MemberPolicy } from '../domain/policy.js';
import { ConsentsStore } from '../persistence/consents.store.js';
import { MergesStore } from '../persistence/merges.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';
import { consentViews, identityView } from './people-view.js';
import { WatchPeople } from './watch-people.js';

type Mine = Pick<
  MyData,
  'memberNo' | 'phoneMasked' | 'birthday' | 'identities' | 'isPersonalised' | 'consents' | 'memberships' | 'combined'
> & { policy: MemberPolicy };

/** The consumer's own record: identities, consents, memberships, real name. */
@Injectable()
export class MyRecord {
  private readonly people = new PeopleStore();
  private readonly rows = new ConsentsStore();
  private readonly merges = new MergesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Members) private readonly members: Members,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
    @Inject(WatchPeople) private readonly watch: WatchPeople,
  ) {}

  /** @throws AppError NOT_FOUND */
  async of(brandId: BrandId, memberId: MemberId): Promise<Mine> {
    const policy = await this.policies.of(brandId);
    const [profile, [status], identifiers, consents, memberships, merges] = await Promise.all([
      this.members.profile(brandId, memberId),
      this.people.statuses(this.database, brandId, [memberId]),
      this.people.identifiersOf(this.database, brandId, [memberId]),
      this.rows.of(this.database, brandId, memberId),
      this.rows.memberships(this.database, brandId, memberId),
      this.merges.list(this.database, brandId, { memberId, isUndone: false, limit: 20 }),
    ]);
    if (!profile || !status) throw refuse('NOT_FOUND');
    return {
      policy,
      memberNo: profile.memberNo,
      phoneMasked: profile.phoneMasked,
      birthday: status.birthday,
      identities: identifiers.map(identityView),
      isPersonalised: status.isPersonalised,
      consents: consentViews(policy, consents),
      memberships: [{ code: MAIN, name: '品牌会员' }, ...policy.subBrands].map(({ code, name }) => {
        const found = memberships.find((one) => one.subBrand === code);
        return {
          subBrand: code,
          name,
          isMember: found !== undefined,
          via: found?.via ?? null,
          joinedAt: found?.joinedAt.toISOString() ?? null,
        };
      }),
      combined: merges
        .filter((one) => one.into === memberId)
        .map((one) => ({ at: one.mergedAt.toISOString(), text: '我们发现你还有一份会员记录，已经合到一起，资产都在' })),
    };
  }

  /**
   * Gives or takes back consent for the version that was shown.
   * @throws AppError CONSENT_NEEDED for what no account is without, CONSENT_OLD for a text that is no longer the present one
   */
  async setConsent(
    { brandId, memberId }: Consumer,
    answer: { purpose: ConsentView['purpose']; isGiven: boolean; version: string; subBrand?: string | undefined },
  ): Promise<ConsentView[]> {
    const text = PURPOSES.find((one) => one.purpose === answer.purpose);
    if (!text || text.version !== answer.version) throw refuseMember('CONSENT_OLD');
    if (!answer.isGiven && !text.canRefuse) throw refuseMember('CONSENT_NEEDED');
    const policy = await this.policies.of(brandId);
    const subBrand = text.isPerSubBrand ? (answer.subBrand ?? MAIN) : MAIN;
    if (subBrand !== MAIN && !policy.subBrands.some((one) => one.code === subBrand)) throw refuse('NOT_FOUND');
    await this.unitOfWork.run('set consent', async (tx) => {
      const { purpose, isGiven, version } = answer;
      await this.rows.answer(tx, brandId, memberId, { subBrand, purpose, version, isGiven, source: 'MALL' });
      if (purpose === 'PERSONALISATION') await this.rows.setPersonalised(tx, brandId, memberId, isGiven);
      const title = consentTitle(policy, { purpose, subBrand });
      await this.note(tx, brandId, memberId, 'CONSENT', `${isGiven ? '同意' : '不同意'}：${title} ${version}`);
    });
    return consentViews(policy, await this.rows.of(this.database, brandId, memberId));
  }

  /** Personalised recommendation and marketing on or off; the same as consent to the purpose. */
  async setPersonalised(actor: Consumer, isOn: boolean): Promise<void> {
    const version = PURPOSES.find((one) => one.purpose === 'PERSONALISATION')?.version ?? '';
    await this.setConsent(actor, { purpose: 'PERSONALISATION', isGiven: isOn, version });
  }

  /**
   * Real name and birthday as the person tells them; a pair of both is a hint to other records of the person. What a
   * birthday brings comes once a year, so it is not moved from day to day.
   * @throws AppError NOT_FOUND, BIRTHDAY
   */
  async setPerson(
    { brandId, memberId }: Consumer,
    wish: { realName?: string | null | undefined; birthday?: string | null | undefined },
  ): Promise<{ realNameMasked: string | null; birthday: string | null }> {
    const person = await this.unitOfWork.run('tell my name', async (tx) => {
      const [present] = await this.people.statuses(tx, brandId, [memberId], true);
      if (!present) throw refuse('NOT_FOUND');
      const isNewDay = wish.birthday !== undefined && wish.birthday !== present.birthday;
      const yearAgo = new Date(tx.now.getTime() - 365 * DAY_MS);
      const isMoved = isNewDay && present.birthday !== null;
      if (isMoved && (await this.people.hasToldBirthday(tx, brandId, memberId, yearAgo)))
        throw refuseMember('BIRTHDAY');
      const next = {
        realName: wish.realName === undefined ? present.realName : wish.realName?.trim() || null,
        birthday: wish.birthday === undefined ? present.birthday : wish.birthday,
      };
      await this.rows.writeRealName(tx, brandId, memberId, next);
      if (next.realName !== present.realName) await this.note(tx, brandId, memberId, 'PERSON', '更新了姓名');
      if (isNewDay) await this.note(tx, brandId, memberId, 'BIRTHDAY', '更新了生日');
      return next;
    });
    if (person.realName && person.birthday) {
      const value = createHash('sha256').update(`${brandId} ${person.realName} ${person.birthday}`).digest('hex');
      await this.watch.hint(brandId, memberId, [{ kind: 'name_birthday', value }], 'MALL');
    }
    return { realNameMasked: person.realName ? maskName(person.realName) : null, birthday: person.birthday };
  }

  private note(tx: Tx, brandId: BrandId, memberId: MemberId, kind: string, text: string): Promise<void> {
    return this.people.note(tx, brandId, [{ id: this.ids.next(), memberId, kind, text, by: '本人', at: tx.now }]);
  }
}
