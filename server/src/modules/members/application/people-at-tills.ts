import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { maskIdentifier } from '../domain/identifiers.js';
import { Members } from './members.js';
import { PeopleByPhone } from './people-by-phone.js';

/** What a till knows of a customer: whom it had looked up, the card that was shown, the phone that was said. */
export interface ToldPerson {
  memberId?: string | undefined;
  cardNo?: string | undefined;
  phone?: string | undefined;
}

/** Whose a purchase is. */
export interface TillPerson {
  memberId: MemberId;
  /** Whom else the till named: the card or the phone is theirs. */
  others: MemberId[];
  cardNo: string | null;
  /** The till had looked them up before. */
  isChosen: boolean;
}

/** Tells the till of a purchase that named two members; null where it named one. */
export function doubtText({ others, isChosen }: TillPerson): string | null {
  if (others.length === 0) return null;
  return isChosen
    ? '卡号或手机号是另一位会员的，已记在收银时选的会员名下，请核对'
    : '会员卡和手机号不是同一位会员的，已按会员卡记，请核对';
}

/**
 * Says that two records were named as one person, and leaves the judgement to whoever looks at pairs. What connects them
 * is the card, which is weak: a phone that somebody only said at a till is no proof and must never merge anybody by itself
 * (product.md A1: weak pairs queue for review).
 */
export function noteDoubt(tx: Tx, brandId: BrandId, person: Omit<TillPerson, 'isChosen'>): void {
  const { memberId, others, cardNo } = person;
  if (cardNo === null || others.length === 0) return;
  const value = maskIdentifier('card', cardNo);
  const seen = others.map((other) => ({ memberId: other, kind: 'card', value }));
  tx.emit({ brandId, type: 'member.merge-candidate', payload: { memberId, others: seen } });
}

/** Whose purchases are that a till or a connector names by card and phone. */
@Injectable()
export class PeopleAtTills {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(PeopleByPhone) private readonly byPhone: PeopleByPhone,
  ) {}

  /** Makes the brand's salt, which cannot be done inside a transaction. */
  prepare(brandId: BrandId): Promise<void> {
    return this.byPhone.prepare(brandId);
  }

  /**
   * Five statements for any number. Whom the till had looked up comes first, then the card: it was there, while a phone is
   * heard and typed. A sale is never refused for a contradiction; nobody could repair that at the till afterwards.
   * @returns for each who it is, or null for nobody known
   */
  async find(on: Queryable, brandId: BrandId, told: readonly ToldPerson[]): Promise<(TillPerson | null)[]> {
    const cardNos = present(told.map((one) => one.cardNo));
    const named = present(told.map((one) => one.memberId)) as MemberId[];
    const cards =
      cardNos.length > 0 ? await this.members.byIdentifiers(on, brandId, 'card', cardNos) : new Map<string, MemberId>();
    const phones = await this.byPhone.find(on, brandId, present(told.map((one) => one.phone)));
    const known = named.length > 0 ? await this.members.profiles(brandId, named) : new Map<MemberId, unknown>();
    return told.map((one) => {
      const own = known.has(one.memberId as MemberId) ? (one.memberId as MemberId) : undefined;
      const found = [own, cards.get(one.cardNo ?? ''), phones.get(one.phone ?? '')];
      const [memberId, ...others] = new Set(found.filter((id) => id !== undefined));
      const isChosen = own !== undefined;
      return memberId === undefined ? null : { memberId, others, cardNo: one.cardNo ?? null, isChosen };
    });
  }
}

const present = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((one) => one !== undefined)),
];
