import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { Organization, OrganizationModule } from '../organization/index.js';
import { TagsModule } from '../tags/index.js';
import { Insights } from './application/insights.js';
import { insightInvariants } from './insights.invariants.js';
import { registerValueRows } from './persistence/member-rows.js';

@Module({ imports: [OrganizationModule, TagsModule], providers: [Insights], exports: [Insights] })
export class InsightsModule implements OnModuleInit {
  constructor(
    @Inject(Insights) private readonly insights: Insights,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  onModuleInit(): void {
    registerValueRows();
    registerInvariants(insightInvariants);
    registerSweep({ name: 'insights.nightly', everyMs: 60_000, run: () => this.night() });
  }

  private async night(): Promise<number> {
    return this.insights.nightly(await this.organization.brandIds());
  }
}
