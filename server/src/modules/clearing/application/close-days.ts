import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type BusinessDay, businessDay, sumFen } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { netDebts } from '../domain/netting.js';
import { ClearingStore } from '../persistence/clearing.store.js';

/** A transaction that began before midnight may still be committing; no day is closed before these are over. */
const AFTER_MIDNIGHT_MS = 10 * 60_000;

/** Closes each day that is over: its debts are set off against each other and what remains is written down (A8). */
@Injectable()
export class CloseDays {
  private readonly rows = new ClearingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Returns how many days of brands were closed. */
  async run(only: BrandId | null = null): Promise<number> {
    const today = businessDay(this.clock.now() - AFTER_MIDNIGHT_MS);
    const due = await this.rows.openDays(this.database, today, only);
    return eachAlone(
      'close a day of the clearing',
      due,
      (one) => `${one.brandId}/${one.day}`,
      ({ brandId, day }) => this.close(brandId, day),
    );
  }

  /** False when somebody else was faster. */
  private close(brandId: BrandId, day: BusinessDay): Promise<boolean> {
    return this.unitOfWork.run('clearing.close-day', async (tx) => {
      const debts = await this.rows.debts(tx, brandId, day, day, null);
      const nets = netDebts(debts);
      const figures = {
        day,
        isClosed: true,
        entryCount: await this.rows.countEntries(tx, brandId, day),
        grossFen: sumFen(debts.map((debt) => debt.fen)),
        nettedFen: sumFen(nets.map((net) => net.fen)),
      };
      return this.rows.closeDay(tx, brandId, figures, nets);
    });
  }
}
