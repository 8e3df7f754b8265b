import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { BulkWriter } from '../../platform/database/bulk-writer.js';
import { Database } from '../../platform/database/database.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { SettlementModule } from '../settlement/index.js';
import { EarningEstimate } from './application/earning-estimate.js';
import { registerTaskHandlers } from './application/follow-sends.js';
import { GuidePack } from './application/guide-pack.js';
import { GuideWork } from './application/guide-work.js';
import { MorningDispatch } from './application/morning-dispatch.js';
import { Sends } from './application/sends.js';
import { TaskDesk } from './application/task-desk.js';
import { ConsoleTasksController } from './http/console-tasks.controller.js';
import { GuideTasksController } from './http/guide-tasks.controller.js';
import { registerTaskRows } from './persistence/member-rows.js';
import { taskInvariants } from './tasks.invariants.js';

const EVERY_MS = 60_000;

@Module({
  imports: [OrganizationModule, CatalogModule, SettlementModule],
  controllers: [GuideTasksController, ConsoleTasksController],
  providers: [
    { provide: BulkWriter, inject: [Database], useFactory: (database: Database) => new BulkWriter(database) },
    EarningEstimate,
    MorningDispatch,
    GuidePack,
    GuideWork,
    Sends,
    TaskDesk,
  ],
  exports: [MorningDispatch, GuidePack, Sends, TaskDesk],
})
export class TasksModule implements OnModuleInit {
  constructor(@Inject(MorningDispatch) private readonly dispatch: MorningDispatch) {}

  onModuleInit(): void {
    registerTaskRows();
    registerInvariants(taskInvariants);
    registerTaskHandlers();
    registerSweep({ name: 'tasks.morning', everyMs: EVERY_MS, run: () => this.dispatch.morning() });
  }
}
