import { Inject, Injectable } from '@nestjs/common';
import type { GuideId, MemberId } from '@shuke/shared/kernel';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { type LevelScheme, Levels } from '../../levels/index.js';
import { Organization } from '../../organization/index.js';
import { CustomerStore } from '../persistence/customer.store.js';
import type { CustomerRow } from '../persistence/customer-rows.js';
import { refuseContact } from './wecom-door.js';

export interface VisibleCustomer {
  row: CustomerRow;
  /** False for another guide's exclusive customer (product.md 3) and for who does not share: orders, tags and trail stay hidden. */
  isFull: boolean;
  /** The exclusive guide is the reader. */
  isMine: boolean;
  /** The names of the brand's levels. */
  scheme: LevelScheme;
}

/** Which contacts a guide may look at, and how much of them; a manager sees those of the own store's guides. */
@Injectable()
export class CustomerAccess {
  private readonly rows = new CustomerStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(Levels) readonly levels: Levels,
  ) {}

  /** One statement. @throws AppError NOT_FOUND for a contact that is no friend and no exclusive customer of the reader. */
  async find(actor: GuideActor, externalUserId: string): Promise<VisibleCustomer> {
    const guideIds = await this.readable(actor);
    const row = await this.rows.find(this.database, actor.brandId, externalUserId, guideIds);
    const bound = row?.boundGuideId ?? null;
    const isOwn = bound !== null && guideIds.includes(bound);
    if (!row || (!row.relation && !isOwn)) throw refuse('NOT_FOUND');
    const scheme = await this.levels.scheme(actor.brandId);
    return { row, scheme, isFull: (bound === null || isOwn) && row.isShared, isMine: bound === actor.guideId };
  }

  /** As `find`, with everything to be seen. @throws AppError NOT_FOUND, OTHERS_CUSTOMER, NOT_SHARED */
  async findFull(actor: GuideActor, externalUserId: string): Promise<CustomerRow> {
    const { row, isFull } = await this.find(actor, externalUserId);
    if (!isFull) throw refuseContact(row.isShared ? 'OTHERS_CUSTOMER' : 'NOT_SHARED');
    return row;
  }

  /** @throws AppError NOT_FOUND, OTHERS_CUSTOMER, NOT_SHARED, NO_MEMBER */
  async requireMember(actor: GuideActor, externalUserId: string): Promise<CustomerRow & { memberId: MemberId }> {
    const row = await this.findFull(actor, externalUserId);
    if (!row.memberId) throw refuseContact('NO_MEMBER');
    return { ...row, memberId: row.memberId };
  }

  private async readable(actor: GuideActor): Promise<GuideId[]> {
    if (!actor.isManager) return [actor.guideId];
    const team = await this.organization.guidesOfStore(actor.brandId, actor.storeId);
    return [actor.guideId, ...team.map((one) => one.id).filter((id) => id !== actor.guideId)];
  }
}
