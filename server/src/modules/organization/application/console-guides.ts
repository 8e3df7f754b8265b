import { Inject, Injectable } from '@nestjs/common';
import type { ConsoleGuide } from '@shuke/shared/contracts';
import { businessDay, type GuideId, type StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import type { Guide } from '../domain/types.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { Organization } from './organization.js';

const LIMIT = 50;

/** Guides as headquarters and franchisees see them, in the actor's scope, in the order of their ids. */
@Injectable()
export class ConsoleGuides {
  private readonly rows = new OrganizationStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND when a store outside the scope is asked for. */
  async list(
    actor: Desk,
    query: { q?: string; storeId?: string; cursor?: string; limit?: number },
  ): Promise<{ items: ConsoleGuide[]; nextCursor: string | null }> {
    if (query.storeId) await this.organization.requireStore(actor, query.storeId as StoreId);
    const scope = await this.organization.scopeOf(actor);
    const after = BigInt(readCursor(query.cursor, [DIGITS])?.[0] ?? '0');
    const limit = query.limit ?? LIMIT;
    const word = query.q?.trim().toLowerCase() ?? '';
    const guides = (await this.organization.guides(actor.brandId))
      .filter(
        (guide) =>
          (scope === 'ALL' || scope.includes(guide.storeId)) &&
          (!query.storeId || guide.storeId === query.storeId) &&
          (word === '' || [guide.name, guide.wecomUserid].some((text) => text.toLowerCase().includes(word))) &&
          BigInt(guide.id) > after,
      )
      .slice(0, limit + 1);
    const view = await this.views(actor, guides);
    return pageOf(guides, limit, view, (guide) => makeCursor(guide.id));
  }

  /** @throws AppError NOT_FOUND for a guide of a store outside the scope */
  async one(actor: Desk, id: GuideId): Promise<ConsoleGuide> {
    const guide = await this.organization.guide(actor.brandId, id);
    if (!guide) throw refuse('NOT_FOUND');
    await this.organization.requireStore(actor, guide.storeId);
    return (await this.views(actor, [guide]))(guide);
  }

  /** How each of some guides looks at the desk; one statement counts for all of them. */
  private async views(actor: Desk, guides: readonly Guide[]): Promise<(guide: Guide) => ConsoleGuide> {
    const ids = guides.map((guide) => guide.id);
    const counts = await this.rows.guideCounts(this.database, actor.brandId, ids, businessDay(this.clock.now()));
    return (guide) => ({
      id: guide.id,
      name: guide.name,
      avatarUrl: guide.avatarUrl,
      role: guide.role,
      wecomUserid: guide.wecomUserid,
      storeId: guide.storeId,
      storeName: guide.storeName,
      status: guide.status,
      contactCount: counts.get(guide.id)?.contacts ?? 0,
      boundMemberCount: counts.get(guide.id)?.members ?? 0,
      openTaskCount: counts.get(guide.id)?.tasks ?? 0,
      code: guide.code,
      qrUrl: guide.qrUrl,
      receiverState: guide.receiverState,
    });
  }
}
