import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, type MemberId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { PeopleStore } from '../persistence/people.store.js';

/** What somebody looked at. */
export type Look = 'CUSTOMER' | 'MEMBER' | 'EXPORT' | 'RECEIVER';

/** Notes who looked at whose data; the member reads it in “谁看过我”. */
@Injectable()
export class Accesses {
  private readonly rows = new PeopleStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** One statement; a failure is logged and keeps nobody from working. */
  async note(actor: Actor, memberId: MemberId, what: Look): Promise<void> {
    const viewer = await this.viewer(actor);
    if (!viewer) return;
    try {
      await this.unitOfWork.run('note a look', (tx) =>
        this.rows.noteAccess(tx, actor.brandId, {
          ...viewer,
          id: this.ids.next<'dataAccess'>(),
          memberId,
          what,
          day: businessDay(tx.now.getTime()),
        }),
      );
    } catch (error) {
      log.error({ error: (error as Error).message }, 'a look at a member was not noted');
    }
  }

  private async viewer(actor: Actor): Promise<{ viewer: string; who: string } | null> {
    if (actor.kind === 'guide') return this.guide(actor.brandId, actor.guideId);
    if (actor.kind === 'hq') return { viewer: `hq:${actor.userId}`, who: `${actor.name} · 总部` };
    if (actor.kind === 'franchisee') return { viewer: `franchisee:${actor.userId}`, who: `${actor.name} · 加盟商` };
    return null;
  }

  private async guide(brandId: BrandId, guideId: Extract<Actor, { kind: 'guide' }>['guideId']) {
    const guide = await this.organization.guide(brandId, guideId);
    return { viewer: `guide:${guideId}`, who: guide ? `${guide.name} · ${guide.storeName}导购` : '导购' };
  }
}
