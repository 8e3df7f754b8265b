import { Inject, Injectable } from '@nestjs/common';
import type { MemberProfile, MyHome } from '@shuke/shared/contracts';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Bindings } from '../../guides/index.js';
import { Organization } from '../../organization/index.js';
import { shownAvatar } from '../domain/avatar.js';
import { MembersStore } from '../persistence/members.store.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';

// Control characters and the marks that turn the reading direction would break every list that shows the name.
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The consumer's own card: profile, guide, order counts; and changing name and picture. */
@Injectable()
export class MyHomePage {
  private readonly rows = new MembersStore();

  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Three statements. @throws AppError NOT_FOUND */
  async read({ brandId, memberId }: Consumer): Promise<MyHome> {
    const [profile, binding, counts] = await Promise.all([
      this.members.profile(brandId, memberId),
      this.bindings.bindingOf(this.database, brandId, memberId),
      this.rows.orderCounts(this.database, brandId, memberId),
    ]);
    if (!profile) throw refuse('NOT_FOUND');
    const guide = binding && (await this.organization.guide(brandId, binding.guideId));
    const count = (...states: string[]) =>
      counts.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.count, 0);
    return {
      profile,
      guide: guide?.status === 'ACTIVE' ? this.organization.guideCard(guide) : null,
      orderCounts: {
        pendingPay: count('PENDING_PAY'),
        toShip: count('TO_SHIP'),
        toReceive: count('SHIPPED'),
        toPickup: count('TO_PICKUP'),
        all: counts.reduce((sum, one) => sum + one.count, 0),
      },
    };
  }

  /** @throws AppError NICKNAME, NOT_FOUND */
  async update(
    { brandId, memberId }: Consumer,
    wish: { nickname?: string; avatarUrl?: string },
  ): Promise<MemberProfile> {
    const nickname = wish.nickname?.trim() ?? null;
    if (nickname !== null && (nickname === '' || UNPRINTABLE.test(nickname))) throw refuseMember('NICKNAME');
    return this.unitOfWork.run('update my profile', async (tx) => {
      await this.rows.setFace(tx, brandId, memberId, { nickname, avatarUrl: shownAvatar(wish.avatarUrl) });
      const profile = await this.members.profile(brandId, memberId, tx);
      if (!profile) throw refuse('NOT_FOUND');
      return profile;
    });
  }
}
