import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { registerInvariants, sqlInvariant } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { Tags } from './application/tags.js';
import { GuideTagsController } from './http/guide-tags.controller.js';
import { registerTagRows } from './persistence/member-rows.js';

const EVERY_MS = 3_600_000;

export const tagInvariants = [
  sqlInvariant(
    'inv-tag-explains-itself',
    '标签',
    '会员身上的每个标签都在标签库里，并且说得出理由',
    `SELECT mt.member_id, mt.tag_id FROM member_tag mt LEFT JOIN tag t ON t.brand_id = mt.brand_id AND t.id = mt.tag_id
     WHERE mt.brand_id = ? AND (t.id IS NULL OR mt.reason = '')`,
  ),
];

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
