import { Inject, Injectable } from '@nestjs/common';
import type { GuideWork as GuideWorkView } from '@shuke/shared/contracts';
import { businessDay, DAY_MS, type GuideId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { GuideWorkStore } from '../persistence/guide-work.store.js';
import { ItemsStore } from '../persistence/items.store.js';

/** As far as the effect of sends is counted. */
const SENDS_DAYS = 30;

/** A guide's work at the desks of headquarters and franchisees; looking builds no pack. */
@Injectable()
export class GuideWork {
  private readonly rows = new GuideWorkStore();
  private readonly items = new ItemsStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** @throws AppError NOT_FOUND for a guide of a store outside the scope */
  async of(actor: Desk, guideId: GuideId): Promise<GuideWorkView> {
    const { brandId } = actor;
    const guide = await this.organization.guide(brandId, guideId);
    if (!guide) throw refuse('NOT_FOUND');
    await this.organization.requireStore(actor, guide.storeId);
    const now = this.clock.now();
    const day = businessDay(now);
    const [pack, today, sends] = await Promise.all([
      this.items.pack(this.database, brandId, guideId, day),
      this.rows.byTitle(this.database, brandId, guideId, day),
      this.rows.sendsSince(this.database, brandId, guideId, now - SENDS_DAYS * DAY_MS),
    ]);
    return {
      day,
      pack: pack && {
        minutes: Math.ceil(pack.seconds / 60),
        budgetMinutes: pack.budgetMinutes,
        leftOutText: pack.leftOutText,
      },
      today,
      sends: { days: SENDS_DAYS, ...sends },
    };
  }
}
