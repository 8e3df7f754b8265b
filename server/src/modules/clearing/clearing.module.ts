import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { OrganizationModule } from '../organization/index.js';
import { Clearing } from './application/clearing.js';
import { ClearingDesk } from './application/clearing-desk.js';
import { CloseDays } from './application/close-days.js';
import { CrossStoreCosts } from './application/cross-store-costs.js';
import { clearingInvariants } from './clearing.invariants.js';
import { ConsoleClearingController } from './http/console-clearing.controller.js';

const EVERY_MS = 10 * 60_000;

@Module({
  imports: [OrganizationModule],
  controllers: [ConsoleClearingController],
  providers: [Clearing, ClearingDesk, CloseDays, CrossStoreCosts],
  exports: [Clearing, CloseDays, CrossStoreCosts],
})
export class ClearingModule implements OnModuleInit {
  constructor(@Inject(CloseDays) private readonly closeDays: CloseDays) {}

  onModuleInit(): void {
    registerInvariants(clearingInvariants);
    registerSweep({ name: 'clearing.close-days', everyMs: EVERY_MS, run: () => this.closeDays.run() });
  }
}
