import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Contract, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Tags } from '../application/tags.js';

/** The library of tags that guides may give. */
@Controller()
export class GuideTagsController {
  constructor(
    @Inject(Tags) private readonly tags: Tags,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Contract(guideRoutes.tagLibrary)
  async library(@Who() actor: Actor): Out<typeof guideRoutes.tagLibrary> {
    const groups = new Map<string, { id: string; name: string }[]>();
    for (const { groupName, id, name } of await this.tags.library(this.database, actor.brandId, 'MANUAL'))
      groups.set(groupName, [...(groups.get(groupName) ?? []), { id, name }]);
    return [...groups].map(([groupName, tags]) => ({ groupName, tags }));
  }
}
