import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { TagsModule } from '../tags/index.js';
import { Insights } from './application/insights.js';
import { insightInvariants } from './insights.invariants.js';
import { registerValueRows } from './persistence/member-rows.js';

@Module({ imports: [TagsModule], providers: [Insights], exports: [Insights] })
export class InsightsModule implements OnModuleInit {
  constructor(@Inject(Insights) private readonly insights: Insights) {}

  onModuleInit(): void {
    registerValueRows();
    registerInvariants(insightInvariants);
    registerSweep({ name: 'insights.nightly', everyMs: 60_000, run: () => this.insights.nightly() });
  }
}
