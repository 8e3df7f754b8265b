import { Inject, Injectable } from '@nestjs/common';
import type { ConsentView, MemberProfile, PersonCard } from '@shuke/shared/contracts';
import { type BrandId, type MemberId, ZERO_FEN } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { Bindings } from '../../guides/index.js';
import { Organization } from '../../organization/index.js';
import { type Consent, consentTitle, PURPOSES } from '../domain/consents.js';
import { kindText, maskIdentifier, strengthOf } from '../domain/identifiers.js';
import { MAIN, type MemberPolicy } from '../domain/policy.js';
import { MemberDeskStore } from '../persistence/desk.store.js';
import { type HintRow, type IdentifierRow, PeopleStore } from '../persistence/people.store.js';
import { Members } from './members.js';

const SOURCE_TEXT: Readonly<Record<string, string>> = {
  MINIAPP: '小程序',
  WECOM: '企业微信',
  PAYMENT: '付款时',
  POS: '门店收银',
  IMPORT: '历史资料',
  ADDRESS: '收货地址',
  TRAIL: '浏览时',
  MALL: '本人填写',
};
export const sourceText = (source: string): string => SOURCE_TEXT[source] ?? source;

export const identityView = (one: IdentifierRow | HintRow): PersonCard['identities'][number] => ({
  kind: one.kind,
  kindText: kindText(one.kind),
  valueMasked: maskIdentifier(one.kind, one.value),
  strength: strengthOf(one.kind),
  sourceText: sourceText(one.source),
  since: one.at.toISOString(),
});

/** Purposes with what the consumer answered, for each sub-brand that asks by itself. */
export function consentViews(policy: MemberPolicy, answers: readonly Consent[]): ConsentView[] {
  const brands = [MAIN, ...policy.subBrands.map((one) => one.code)];
  return PURPOSES.flatMap((one) =>
    (one.isPerSubBrand ? brands : [MAIN]).map((subBrand): ConsentView => {
      const answer = answers.find((given) => given.purpose === one.purpose && given.subBrand === subBrand);
      return {
        subBrand,
        purpose: one.purpose,
        title: consentTitle(policy, { purpose: one.purpose, subBrand }),
        text: one.text,
        version: one.version,
        agreedVersion: answer?.isGiven ? answer.version : null,
        isGiven: answer?.isGiven ?? null,
        canRefuse: one.canRefuse,
        at: answer?.at.toISOString() ?? null,
      };
    }),
  );
}

/** Members as headquarters' lists show them. */
@Injectable()
export class PeopleView {
  private readonly people = new PeopleStore();
  private readonly rows = new MemberDeskStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Cards in the order of the ids; an unknown id is left out. Six statements, however many. */
  async cards(brandId: BrandId, ids: readonly MemberId[]): Promise<PersonCard[]> {
    if (ids.length === 0) return [];
    const [profiles, statuses, identifiers, hints, figures, bindings] = await Promise.all([
      this.members.profiles(brandId, ids),
      this.people.statuses(this.database, brandId, ids),
      this.people.identifiersOf(this.database, brandId, ids),
      this.people.hintsOf(this.database, brandId, ids),
      this.rows.orderFigures(this.database, brandId, ids),
      this.bindings.bindingsOf(this.database, brandId, ids),
    ]);
    const cards: PersonCard[] = [];
    for (const id of ids) {
      const [profile, status] = [profiles.get(id), statuses.find((one) => one.id === id)];
      if (!profile || !status) continue;
      const binding = bindings.get(id);
      const orders = figures.get(id);
      const known = [...identifiers, ...hints].filter((one) => one.memberId === id);
      cards.push({
        profile,
        status: status.status,
        originText: sourceText(status.origin),
        identities: known.map(identityView),
        orderCount: orders?.count ?? 0,
        totalFen: orders?.totalFen ?? ZERO_FEN,
        lastOrderAt: orders?.lastAt?.toISOString() ?? null,
        guideName: binding ? ((await this.organization.guide(brandId, binding.guideId))?.name ?? null) : null,
      });
    }
    return cards;
  }

  profiles(brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, MemberProfile>> {
    return this.members.profiles(brandId, [...new Set(ids)]);
  }
}
