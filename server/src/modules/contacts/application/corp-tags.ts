import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { type Guide, Organization } from '../../organization/index.js';
import { CorpTagsStore } from '../persistence/corp-tags.store.js';
import { TagWritesStore } from '../persistence/tag-writes.store.js';
import type { WecomDoors } from './wecom-door.js';

/** More pages than this for one guide is a cursor that goes round. */
const PAGES_MAX = 200;
const NONE: ReadonlySet<string> = new Set();

/**
 * Mirrors WeCom's tags (product.md C1). Events say only that something changed, the deletion of a group does not name its
 * tags, and what other apps mark makes no event at all: so the library is pulled whole, and every guide's contacts are
 * pulled in batches each night. The last look wins, except over a wish of ours that is just under way (reference:
 * wecom-miniapp 10, rows 13 and 14).
 */
@Injectable()
export class CorpTags {
  private readonly rows = new CorpTagsStore();
  private readonly writes = new TagWritesStore();

  constructor(
    @Inject(WecomGateways) private readonly wecom: Pick<WecomDoors, 'of'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Pulls the whole library. @throws WecomError */
  async pullLibrary(brandId: BrandId): Promise<void> {
    const { corpId } = await this.organization.brand(brandId);
    const groups = await this.wecom.of(corpId).tags.library();
    const tags = groups.flatMap((group) =>
      group.tags.map((tag) => ({ id: tag.id, name: tag.name, groupId: group.id, groupName: group.name })),
    );
    await this.unitOfWork.run('mirror corp tags', async (tx) => {
      await this.rows.putLibrary(tx, brandId, tags);
      await this.writes.forgetGone(tx, brandId);
    });
  }

  /** Pulls what one guide's contacts are marked with. @returns how many contacts differed from our copy. @throws WecomError */
  async pullMarks(guide: Guide): Promise<number> {
    const { corpId } = await this.organization.brand(guide.brandId);
    let cursor = '';
    let changed = 0;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const readAt = this.clock.date();
      const { contacts, nextCursor } = await this.wecom.of(corpId).contacts.batchGetByUser([guide.wecomUserid], cursor);
      changed += await this.unitOfWork.run('mirror marks', async (tx) => {
        let differed = 0;
        const ids = contacts.map(({ contact }) => contact.externalUserId);
        const held = await this.writes.unsettled(tx, guide.brandId, guide.id, ids, readAt);
        for (const { contact, follow } of contacts) {
          const { externalUserId: id } = contact;
          if (await this.rows.putMarks(tx, guide.brandId, guide.id, id, follow.tagIds, held.get(id) ?? NONE))
            differed += 1;
        }
        return differed;
      });
      if (nextCursor === '') return changed;
      cursor = nextCursor;
    }
    log.warn({ guide: guide.id }, 'the contacts of a guide have too many pages');
    return changed;
  }

  /** What a look at one relation showed. @param readAt an instant before the look */
  async mark(tx: Tx, guide: Guide, externalUserId: string, tagIds: readonly string[], readAt: Date): Promise<void> {
    const held = await this.writes.unsettled(tx, guide.brandId, guide.id, [externalUserId], readAt);
    await this.rows.putMarks(tx, guide.brandId, guide.id, externalUserId, tagIds, held.get(externalUserId) ?? NONE);
  }

  /** The tags of a contact in WeCom, from all its guides, with the names of today. */
  async ofContact(brandId: BrandId, externalUserId: string): Promise<{ groupName: string; name: string }[]> {
    const marks = await this.rows.marksOf(this.database, brandId, externalUserId);
    return marks.map(({ groupName, name }) => ({ groupName, name }));
  }
}
