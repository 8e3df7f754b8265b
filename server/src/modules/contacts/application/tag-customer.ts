import { Inject, Injectable } from '@nestjs/common';
import type { ContactView } from '@shuke/shared/contracts';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Organization } from '../../organization/index.js';
import { type TagId, Tags } from '../../tags/index.js';
import { isReachable } from '../domain/relation.js';
import type { CustomerRow } from '../persistence/customer-rows.js';
import type { Pair } from '../persistence/tag-writes.store.js';
import { CustomerAccess } from './customer-access.js';
import { tagViews } from './customer-view.js';
import { TagWrites } from './tag-writes.js';

/** A guide notes by tag what was seen or heard of a customer, and takes it back; WeCom is told what it has as well. */
@Injectable()
export class TagCustomer {
  constructor(
    @Inject(CustomerAccess) private readonly access: CustomerAccess,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Tags) private readonly tags: Tags,
    @Inject(TagWrites) private readonly writes: TagWrites,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError NOT_FOUND, NO_MEMBER, OTHERS_CUSTOMER, TAG_NOT_MANUAL */
  async add(actor: GuideActor, externalUserId: string, tagId: TagId, evidence?: string): Promise<ContactView['tags']> {
    const { brandId, guideId } = actor;
    const row = await this.access.requireMember(actor, externalUserId);
    const { memberId } = row;
    const guideName = (await this.organization.guide(brandId, guideId))?.name ?? '导购';
    const pair = pairOf(actor, row);
    const tags = await this.unitOfWork.run('add tag', async (tx) => {
      const tag = await this.tags.addByGuide(tx, { brandId, memberId, guideId, guideName, tagId, evidence });
      if (pair) await this.writes.mark(tx, pair, tag);
      return this.tags.ofMember(tx, brandId, memberId);
    });
    return tagViews(tags, (await this.access.find(actor, externalUserId)).row.corpMarks);
  }

  /** @throws AppError NOT_FOUND, NO_MEMBER, OTHERS_CUSTOMER, TAG_NOT_MANUAL */
  async remove(actor: GuideActor, externalUserId: string, tagId: TagId): Promise<ContactView['tags']> {
    const { brandId } = actor;
    const row = await this.access.requireMember(actor, externalUserId);
    const { memberId } = row;
    const tags = await this.unitOfWork.run('remove tag', async (tx) => {
      const tag = await this.tags.removeByGuide(tx, { brandId, memberId, tagId });
      await this.writes.unmark(tx, brandId, [externalUserId], tag, pairOf(actor, row));
      return this.tags.ofMember(tx, brandId, memberId);
    });
    return tagViews(tags, (await this.access.find(actor, externalUserId)).row.corpMarks);
  }
}

/** The guide in whose list the contact stands: the reader, or for a manager the guide of the store who is the friend. */
function pairOf({ brandId }: GuideActor, { relation, externalUserId }: CustomerRow): Pair | undefined {
  if (!relation || !isReachable(relation.state)) return undefined;
  return { brandId, guideId: relation.guideId, externalUserId };
}
