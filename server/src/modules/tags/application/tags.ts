import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refusals, refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import {
  type LibraryTag,
  type MemberTag,
  type NewMemberTag,
  REASON_MAX,
  type TagId,
  type TagKind,
  TagsStore,
} from '../persistence/tags.store.js';

const refuseTag = refusals({ TAG_NOT_MANUAL: [422, '这个标签由系统自动维护，不能手工添加或移除'] });

export interface TagDraft {
  groupName: string;
  name: string;
  kind: TagKind;
}

/** One computed tag of one member; the reason is shown to guides and to the member, in plain words. */
export interface ComputedTag {
  memberId: MemberId;
  name: string;
  reason: string;
  expiresAt?: Date | null;
}
export interface ComputedGroup {
  brandId: BrandId;
  groupName: string;
  /** The result of the computation; these members' earlier tags of the group and the same source are replaced. */
  rows: readonly ComputedTag[];
  /** Members who were computed and got no tag of the group. */
  cleared?: readonly MemberId[];
}

/** The door to tags: each says who gave it, why and until when (product.md C1). */
@Injectable()
export class Tags {
  private readonly rows = new TagsStore();

  constructor(
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Tags of the brand, all or of one kind, in their order. */
  library(on: Queryable, brandId: BrandId, kind?: TagKind): Promise<LibraryTag[]> {
    return this.rows.library(on, brandId, kind);
  }

  /** Tags that a member has now, each with its reason; one statement. */
  ofMember(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<MemberTag[]> {
    return this.rows.ofMember(on, brandId, memberId, this.clock.date());
  }

  /** Adds what the library lacks and answers with the library's ids of all drafts, by `group/name`. */
  async ensure(tx: Tx, brandId: BrandId, drafts: readonly TagDraft[]): Promise<Map<string, TagId>> {
    const key = (tag: { groupName: string; name: string }) => `${tag.groupName}/${tag.name}`;
    const known = new Map((await this.rows.library(tx, brandId)).map((tag) => [key(tag), tag.id]));
    const missing = drafts.filter((draft) => !known.has(key(draft)));
    if (missing.length === 0) return known;
    const from = known.size;
    await this.rows.addToLibrary(
      tx,
      brandId,
      missing.map((draft, index) => ({ ...draft, id: this.ids.next<'tag'>(), position: from + index })),
    );
    return new Map((await this.rows.library(tx, brandId)).map((tag) => [key(tag), tag.id]));
  }

  /**
   * A guide gives a tag of the library by hand.
   * @param evidence what the guide saw or heard; it becomes part of the reason
   * @returns the tag as the library has it
   * @throws AppError NOT_FOUND for an unknown tag, TAG_NOT_MANUAL for one that is computed.
   */
  async addByGuide(
    tx: Tx,
    input: {
      brandId: BrandId;
      memberId: MemberId;
      guideId: GuideId;
      guideName: string;
      tagId: TagId;
      evidence?: string;
    },
  ): Promise<LibraryTag> {
    const tag = await this.manual(tx, input.brandId, input.tagId);
    const evidence = input.evidence?.trim();
    const reason = evidence ? `${input.guideName}记录：${evidence}` : `${input.guideName}手工添加`;
    const { memberId, tagId, guideId } = input;
    await this.rows.give(tx, input.brandId, [{ memberId, tagId, source: 'MANUAL', reason, guideId, expiresAt: null }]);
    return tag;
  }

  /** @returns the tag as the library has it. @throws AppError NOT_FOUND, TAG_NOT_MANUAL */
  async removeByGuide(tx: Tx, input: { brandId: BrandId; memberId: MemberId; tagId: TagId }): Promise<LibraryTag> {
    const tag = await this.manual(tx, input.brandId, input.tagId);
    await this.rows.take(tx, input.brandId, input.memberId, input.tagId);
    return tag;
  }

  /**
   * A member takes a tag off. No computation gives it again; a guide still may, by hand and with a reason (product.md A7).
   * Emits `tag.taken-off { memberId, groupName, name }`.
   * @returns false when the member does not have it
   */
  async takeOffByMember(tx: Tx, input: { brandId: BrandId; memberId: MemberId; tagId: TagId }): Promise<boolean> {
    const { brandId, memberId, tagId } = input;
    if (!(await this.rows.take(tx, brandId, memberId, tagId))) return false;
    await this.rows.refuse(tx, brandId, memberId, tagId);
    const tag = (await this.rows.library(tx, brandId)).find((one) => one.id === tagId);
    if (tag) {
      const { groupName, name } = tag;
      tx.emit({ brandId, type: 'tag.taken-off', payload: { memberId, groupName, name } });
    }
    return true;
  }

  /** Replaces a computation's tags of one group (RFM, churn) for the members in the result. At most 5,000 rows a call. */
  putModelTags(tx: Tx, group: ComputedGroup): Promise<void> {
    return this.put(tx, group, 'MODEL');
  }

  /** The same for a declared rule's tags (viewed the same item three times …). */
  putRuleTags(tx: Tx, group: ComputedGroup): Promise<void> {
    return this.put(tx, group, 'RULE');
  }

  /**
   * Tags that were imported or seeded, with a reason each; nothing is replaced but the same tag of the same member, and
   * what a member has taken off stays off.
   */
  async putImportedTags(tx: Tx, brandId: BrandId, tags: readonly Omit<NewMemberTag, 'source'>[]): Promise<void> {
    const ids = [...new Set(tags.map((tag) => tag.tagId))];
    const members = [...new Set(tags.map((tag) => tag.memberId))];
    const refused = await this.rows.refused(tx, brandId, ids, members);
    const wanted = tags.filter((tag) => tag.guideId !== null || !refused.has(`${tag.memberId}/${tag.tagId}`));
    await this.rows.give(
      tx,
      brandId,
      wanted.map((tag) => ({ ...tag, source: tag.guideId ? 'MANUAL' : 'IMPORTED' })),
    );
  }

  dropExpired(tx: Tx): Promise<number> {
    return this.rows.dropExpired(tx);
  }

  /** Writes only what differs from what the members have, so that computing the same again writes nothing. */
  private async put(tx: Tx, group: ComputedGroup, source: 'MODEL' | 'RULE'): Promise<void> {
    const { brandId, groupName } = group;
    const names = [...new Set(group.rows.map((row) => row.name))];
    const ids = await this.ensure(
      tx,
      brandId,
      names.map((name) => ({ groupName, name, kind: source })),
    );
    const ofGroup = [...ids].filter(([key]) => key.startsWith(`${groupName}/`)).map(([, id]) => id);
    const members = [...new Set([...group.rows.map((row) => row.memberId), ...(group.cleared ?? [])])];
    const had = await this.rows.computed(tx, brandId, source, ofGroup, members);
    const refused = await this.rows.refused(tx, brandId, ofGroup, members);
    const wanted = new Map<string, NewMemberTag>();
    for (const { memberId, name, reason, expiresAt = null } of group.rows) {
      const tagId = ids.get(`${groupName}/${name}`);
      if (tagId && !refused.has(`${memberId}/${tagId}`))
        wanted.set(`${memberId}/${tagId}`, { memberId, tagId, source, reason, guideId: null, expiresAt });
    }
    const isSame = (one: NewMemberTag, other: NewMemberTag | undefined) =>
      other?.reason === one.reason.slice(0, REASON_MAX) && other.expiresAt?.getTime() === one.expiresAt?.getTime();
    await this.rows.takeAll(
      tx,
      brandId,
      [...had].filter(([key]) => !wanted.has(key)).map(([, one]) => one),
    );
    await this.rows.give(
      tx,
      brandId,
      [...wanted].filter(([key, one]) => !isSame(one, had.get(key))).map(([, one]) => one),
    );
  }

  private async manual(tx: Tx, brandId: BrandId, tagId: TagId): Promise<LibraryTag> {
    const tag = (await this.rows.library(tx, brandId)).find((one) => one.id === tagId);
    if (!tag) throw refuse('NOT_FOUND');
    if (tag.kind !== 'MANUAL') throw refuseTag('TAG_NOT_MANUAL');
    return tag;
  }
}
