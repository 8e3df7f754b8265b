import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { InvariantMonitor } from '../../../platform/invariants/monitor.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { Organization } from '../../organization/index.js';

const EVERY_MS = 5 * 60_000;

/** Checks every brand's books every five minutes, so that "are the books balanced" always has a fresh answer (S8). */
@Injectable()
export class WatchInvariants implements OnModuleInit {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(InvariantMonitor) private readonly monitor: InvariantMonitor,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'invariants.watch', everyMs: 60_000, run: () => this.run() });
  }

  private async run(): Promise<number> {
    const checked = await this.monitor.checkedAt();
    const before = this.clock.now() - EVERY_MS;
    for (const brandId of await this.organization.brandIds())
      if ((checked.get(brandId)?.getTime() ?? 0) < before) await this.monitor.run(brandId);
    // Checking is not work that leads to more work.
    return 0;
  }
}
