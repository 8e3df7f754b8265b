import { Inject, Injectable } from '@nestjs/common';
import type { MemberProfile } from '@shuke/shared/contracts';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Database, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { DEFAULT_SCHEME, type LevelScheme, Levels, levelFor, levelView } from '../../levels/index.js';
import {
  chooseMember,
  type Identifier,
  type IdentifierKind,
  maskIdentifier,
  memberNoOf,
  openidIdentifier,
  strengthOf,
} from '../domain/identifiers.js';
import { type FoundIdentifier, type MemberRow, MembersStore, type NewMember } from '../persistence/members.store.js';
import { PeopleStore } from '../persistence/people.store.js';

/** How the person came in; shown to headquarters and never changed. */
export type Origin = 'MINIAPP' | 'WECOM' | 'PAYMENT' | 'POS' | 'IMPORT';

export interface PersonInput {
  brandId: BrandId;
  /** At least one; the strong ones decide who it is. */
  identifiers: readonly Identifier[];
  source: Origin;
  /** What a new member starts with. */
  nickname?: string | null;
  avatarUrl?: string | null;
}

export interface PersonOutcome {
  memberId: MemberId;
  isNew: boolean;
  /** Other members whom the same identifiers name; both stay, and the pair is noted as a merge candidate. */
  others: MemberId[];
}

/** A member of an import or of seeds. */
export interface MemberDraft extends Partial<Omit<NewMember, 'id' | 'level'>> {
  id: MemberId;
  nickname: string;
  origin: Origin;
  identifiers: readonly Identifier[];
}

/** No picture: the front ends show the first letter of the name instead. */
export const DEFAULT_AVATAR = '';

export function profileOf(row: MemberRow, scheme: LevelScheme): MemberProfile {
  return {
    id: row.id,
    memberNo: row.member_no,
    nickname: row.nickname,
    avatarUrl: row.avatar_url,
    phoneMasked: row.phone_masked,
    ...levelView(scheme, row.level),
    growth: row.growth,
    joinedAt: row.joined_at.toISOString(),
  };
}

/** The door to members: one record per person (product.md A1). */
@Injectable()
export class Members {
  private readonly rows = new MembersStore();
  private readonly people = new PeopleStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Levels) private readonly levels: Levels,
  ) {}

  /**
   * Finds the member whom identifiers name, or makes one; unknown identifiers are attached. The unique key of an
   * identifier decides between callers at the same instant, so one person never becomes two members. Emits
   * `member.joined`, and `member.merge-candidate` when strong identifiers name several members.
   */
  async findOrCreate(tx: Tx, input: PersonInput): Promise<PersonOutcome> {
    const { brandId, identifiers, source } = input;
    const id = this.ids.next<'member'>();
    await this.rows.claim(
      tx,
      brandId,
      identifiers.map((one) => ({ ...one, memberId: id, source, at: tx.now })),
    );
    const found = await this.rows.identifiers(tx, brandId, identifiers);
    const known = found.filter((one) => one.memberId !== id);
    const memberId = chooseMember(known);
    if (memberId === null) {
      await this.rows.insert(tx, brandId, [this.fresh(tx, id, input)]);
      tx.emit({ brandId, type: 'member.joined', payload: { memberId: id, origin: source } });
      return { memberId: id, isNew: true, others: [] };
    }
    if (known.length < found.length) await this.rows.handOver(tx, brandId, id, memberId);
    const others = [...new Set(known.map((one) => one.memberId))].filter((one) => one !== memberId);
    this.noteCandidate(tx, brandId, memberId, known);
    return { memberId, isNew: false, others };
  }

  /**
   * Attaches identifiers to a known member; one that another member has stays there and the pair is noted.
   * @returns the other members found, if any
   */
  async identify(
    tx: Tx,
    input: { brandId: BrandId; memberId: MemberId; identifiers: readonly Identifier[]; source: Origin },
  ): Promise<MemberId[]> {
    const { brandId, memberId, identifiers, source } = input;
    await this.rows.claim(
      tx,
      brandId,
      identifiers.map((one) => ({ ...one, memberId, source, at: tx.now })),
    );
    const found = await this.rows.identifiers(tx, brandId, identifiers);
    this.noteCandidate(tx, brandId, memberId, found);
    const strong = found.filter((one) => one.memberId !== memberId && strengthOf(one.kind) === 'STRONG');
    return [...new Set(strong.map((one) => one.memberId))];
  }

  /**
   * 支付即会员 (product.md A2): finds or makes the member of a payment's openid. Idempotent, and a payment without openid
   * is nobody's: it never stands in the way of the payment.
   */
  async memberByPayment(
    tx: Tx,
    brandId: BrandId,
    appid: string,
    openid: string | null | undefined,
  ): Promise<MemberId | null> {
    if (!openid || openid.length > 64) return null;
    const identifiers = [openidIdentifier(appid, openid)];
    const { memberId } = await this.findOrCreate(tx, { brandId, identifiers, source: 'PAYMENT' });
    return memberId;
  }

  /** A record of an old file whose owner has come by themselves is a live one from now on. */
  async wake(tx: Tx, brandId: BrandId, memberId: MemberId, text: string): Promise<void> {
    const [row] = await this.people.statuses(tx, brandId, [memberId]);
    // Looked at first: whoever is awake, and that is nearly everybody, costs no lock.
    if (row?.status !== 'DORMANT' || !(await this.rows.wake(tx, brandId, memberId))) return;
    const event = { id: this.ids.next<'memberEvent'>(), memberId, kind: 'WOKEN', text, by: 'system', at: tx.now };
    await this.people.note(tx, brandId, [event]);
  }

  async profile(brandId: BrandId, memberId: MemberId, on: Queryable = this.database): Promise<MemberProfile | null> {
    const [row] = await this.rows.find(on, brandId, [memberId]);
    return row ? profileOf(row, await this.levels.scheme(brandId, on)) : null;
  }

  /** Profiles by member id; an unknown id is left out. */
  async profiles(brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, MemberProfile>> {
    const rows = ids.length > 0 ? await this.rows.find(this.database, brandId, ids) : [];
    const scheme = await this.levels.scheme(brandId);
    return new Map(rows.map((row) => [row.id, profileOf(row, scheme)]));
  }

  async byIdentifier(on: Queryable, brandId: BrandId, kind: IdentifierKind, value: string): Promise<MemberId | null> {
    return (await this.rows.byValues(on, brandId, kind, [value])).get(value) ?? null;
  }

  /** Members by the values of one kind of identifier, in one statement; for imports. */
  byIdentifiers(on: Queryable, brandId: BrandId, kind: IdentifierKind, values: readonly string[]) {
    return this.rows.byValues(on, brandId, kind, values);
  }

  /** The member's openid in one mini-program, or null. */
  async openidOf(on: Queryable, brandId: BrandId, memberId: MemberId, appid: string): Promise<string | null> {
    const found = (await this.rows.identifiersOf(on, brandId, memberId)).find(
      (one) => one.kind === 'openid' && one.value.startsWith(`${appid}:`),
    );
    return found?.value.slice(appid.length + 1) ?? null;
  }

  /** The member shows a picture that the platform has passed. */
  async wearPicture(tx: Tx, brandId: BrandId, memberId: MemberId, avatarUrl: string): Promise<void> {
    await this.rows.setFace(tx, brandId, memberId, { nickname: null, avatarUrl });
  }

  /** Computes growth and level anew from paid orders; safe to repeat, for order events and after imports. */
  async refreshGrowth(tx: Tx, brandId: BrandId, memberIds: readonly MemberId[]): Promise<void> {
    await this.levels.refresh(tx, brandId, memberIds);
  }

  /**
   * Writes many members with their identifiers under prepared ids; for seeds and imports, which look up known
   * identifiers first (`byIdentifiers`). An identifier that another member has stays there.
   */
  async createMembers(tx: Tx, brandId: BrandId, drafts: readonly MemberDraft[]): Promise<void> {
    const scheme = await this.levels.scheme(brandId, tx);
    await this.rows.insert(
      tx,
      brandId,
      drafts.map((draft) => ({
        id: draft.id,
        memberNo: draft.memberNo ?? memberNoOf(draft.id),
        nickname: draft.nickname.slice(0, 60),
        avatarUrl: draft.avatarUrl ?? DEFAULT_AVATAR,
        phoneMasked: draft.phoneMasked ?? null,
        growth: draft.growth ?? 0,
        level: levelFor(scheme, draft.growth ?? 0).level,
        origin: draft.origin,
        joinedAt: draft.joinedAt ?? tx.now,
      })),
    );
    await this.rows.claim(
      tx,
      brandId,
      drafts.flatMap((draft) =>
        draft.identifiers.map((one) => ({ ...one, memberId: draft.id, source: draft.origin, at: tx.now })),
      ),
    );
    await this.levels.grant(
      tx,
      brandId,
      drafts.map((draft) => ({
        memberId: draft.id,
        growth: draft.growth ?? 0,
        ref: `OPENING:${draft.id}`,
        title: '导入的成长值',
        originId: draft.id,
      })),
    );
  }

  private fresh(tx: Tx, id: MemberId, input: PersonInput): NewMember {
    return {
      id,
      memberNo: memberNoOf(id),
      nickname: (input.nickname || '微信用户').slice(0, 60),
      avatarUrl: input.avatarUrl || DEFAULT_AVATAR,
      phoneMasked: null,
      level: DEFAULT_SCHEME.levels[0]?.level ?? 1,
      growth: 0,
      origin: input.source,
      joinedAt: tx.now,
    };
  }

  /** Whoever decides about the pair reads what connects them, masked: events are kept longer than anybody needs a phone. */
  private noteCandidate(tx: Tx, brandId: BrandId, kept: MemberId, found: readonly FoundIdentifier[]): void {
    const others = found
      .filter((one) => one.memberId !== kept)
      .map(({ memberId, kind, value }) => ({ memberId, kind, value: maskIdentifier(kind, value) }));
    if (others.length === 0) return;
    tx.emit({ brandId, type: 'member.merge-candidate', payload: { memberId: kept, others } });
  }
}
