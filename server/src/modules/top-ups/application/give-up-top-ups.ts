import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Payments } from '../../payments/index.js';
import { TopUpStore } from '../persistence/top-up.store.js';

export const TOP_UP = 'TOP_UP';

/** Gives up top-ups that nobody has paid, first at WeChat and then here: one that was paid meanwhile is credited instead. */
@Injectable()
export class GiveUpTopUps {
  private readonly rows = new TopUpStore();

  constructor(
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @returns true when it is not waiting for money any more; false: not now, come again */
  one(brandId: BrandId, id: Id): Promise<boolean> {
    return this.payments.giveUp({ brandId, subject: TOP_UP, subjectId: id }, async (tx) => {
      const topUp = await this.rows.find(tx, brandId, id, true);
      return topUp !== null && (await this.rows.move(tx, topUp, 'CREATED', 'CLOSED'));
    });
  }

  /**
   * Those of a member that could still be paid.
   * @param before an id made when the wish for another came: what began later is no leftover
   * @returns whether there were any
   */
  async ofMember(brandId: BrandId, memberId: MemberId, before: Id): Promise<boolean> {
    const waiting = await this.rows.waiting(this.database, brandId, memberId, this.clock.date(), before);
    for (const id of waiting) await this.one(brandId, id);
    return waiting.length > 0;
  }
}
