import { Inject, Injectable } from '@nestjs/common';
import type { ContactView } from '@shuke/shared/contracts';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Organization } from '../../organization/index.js';
import { type TagId, Tags } from '../../tags/index.js';
import { CustomerAccess } from './customer-access.js';
import { tagViews } from './customer-view.js';

/** A guide notes by tag what was seen or heard of a customer, and takes it back. */
@Injectable()
export class TagCustomer {
  constructor(
    @Inject(CustomerAccess) private readonly access: CustomerAccess,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Tags) private readonly tags: Tags,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError NOT_FOUND, NO_MEMBER, OTHERS_CUSTOMER, TAG_NOT_MANUAL */
  async add(actor: GuideActor, externalUserId: string, tagId: TagId, evidence?: string): Promise<ContactView['tags']> {
    const { brandId, guideId } = actor;
    const memberId = await this.access.requireMember(actor, externalUserId);
    const guideName = (await this.organization.guide(brandId, guideId))?.name ?? '导购';
    return this.unitOfWork.run('add tag', async (tx) => {
      await this.tags.addByGuide(tx, { brandId, memberId, guideId, guideName, tagId, evidence });
      return tagViews(await this.tags.ofMember(tx, brandId, memberId));
    });
  }

  /** @throws AppError NOT_FOUND, NO_MEMBER, OTHERS_CUSTOMER, TAG_NOT_MANUAL */
  async remove(actor: GuideActor, externalUserId: string, tagId: TagId): Promise<ContactView['tags']> {
    const { brandId } = actor;
    const memberId = await this.access.requireMember(actor, externalUserId);
    return this.unitOfWork.run('remove tag', async (tx) => {
      await this.tags.removeByGuide(tx, { brandId, memberId, tagId });
      return tagViews(await this.tags.ofMember(tx, brandId, memberId));
    });
  }
}
