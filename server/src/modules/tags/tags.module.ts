import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { Tags } from './application/tags.js';
import { GuideTagsController } from './http/guide-tags.controller.js';
import { registerTagRows } from './persistence/member-rows.js';
import { tagInvariants } from './tags.invariants.js';

const EVERY_MS = 3_600_000;

@Module({ controllers: [GuideTagsController], providers: [Tags], exports: [Tags] })
export class TagsModule implements OnModuleInit {
  constructor(
    @Inject(Tags) private readonly tags: Tags,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    registerTagRows();
    registerInvariants(tagInvariants);
    const run = () => this.unitOfWork.run('drop expired tags', (tx) => this.tags.dropExpired(tx));
    registerSweep({ name: 'tags.expire', everyMs: EVERY_MS, run });
  }
}
