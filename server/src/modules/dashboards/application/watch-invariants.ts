import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { InvariantMonitor } from '../../../platform/invariants/monitor.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';

const EVERY_MS = 5 * 60_000;

/** Checks every brand's books every five minutes, so that "are the books balanced" always has a fresh answer (S8). */
@Injectable()
export class WatchInvariants implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InvariantMonitor) private readonly monitor: InvariantMonitor,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'invariants.watch', everyMs: 60_000, run: () => this.run() });
  }

  private async run(): Promise<number> {
    const brands = await this.database.query<{ id: BrandId }>(
      `SELECT b.id FROM brand b LEFT JOIN (SELECT brand_id, MIN(checked_at) AS at FROM invariant_run GROUP BY brand_id) r ON r.brand_id = b.id
       WHERE r.at IS NULL OR r.at < ?`,
      [new Date(this.clock.now() - EVERY_MS)],
    );
    for (const { id } of brands) await this.monitor.run(id);
    // Checking is not work that leads to more work.
    return 0;
  }
}
