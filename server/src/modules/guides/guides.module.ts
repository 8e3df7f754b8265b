import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { OrganizationModule } from '../organization/index.js';
import { Bindings } from './application/bindings.js';
import { GuideCodes } from './application/guide-codes.js';
import { guideInvariants } from './guides.invariants.js';
import { registerGuideRows } from './persistence/member-rows.js';

const EVERY_MS = 60_000;

@Module({ imports: [OrganizationModule], providers: [Bindings, GuideCodes], exports: [Bindings, GuideCodes] })
export class GuidesModule implements OnModuleInit {
  constructor(@Inject(GuideCodes) private readonly codes: GuideCodes) {}

  onModuleInit(): void {
    registerGuideRows();
    registerInvariants(guideInvariants);
    registerSweep({ name: 'guides.contact-ways', everyMs: EVERY_MS, run: () => this.codes.ensureAll() });
  }
}
