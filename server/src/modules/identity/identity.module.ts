import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { SessionEnds } from '../../platform/access/session-ends.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { OrganizationModule } from '../organization/index.js';
import { DeskPeople } from './application/desk-people.js';
import { BrandDirectory } from './application/directory.js';
import { EndSessions } from './application/end-sessions.js';
import { LogIn } from './application/log-in.js';
import { ConsoleSessionController } from './http/console-session.controller.js';
import { TriesStore } from './persistence/tries.store.js';

/** Injection token of the platform's `Directory`. */
export const DIRECTORY = Symbol('directory');

@Module({
  imports: [OrganizationModule],
  controllers: [ConsoleSessionController],
  providers: [LogIn, EndSessions, DeskPeople, { provide: DIRECTORY, useClass: BrandDirectory }],
  exports: [DIRECTORY, DeskPeople],
})
export class IdentityModule implements OnModuleInit {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
  ) {}

  onModuleInit(): void {
    const tries = new TriesStore();
    registerSweep({
      name: 'identity.forget',
      everyMs: 3_600_000,
      run: () =>
        this.unitOfWork.run('forget old tries', async (tx) => (await tries.forget(tx)) + (await this.ends.forget(tx))),
    });
  }
}
