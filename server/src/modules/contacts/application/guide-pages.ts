import { Inject, Injectable } from '@nestjs/common';
import type { guideRoutes, ResponseOf } from '@shuke/shared/contracts';
import { businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Analytics } from '../../analytics/index.js';
import { levelAt } from '../../levels/index.js';
import { OrderQueries } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { CustomerStore } from '../persistence/customer.store.js';
import { GuideFiguresStore } from '../persistence/guide-figures.store.js';
import { CustomerAccess } from './customer-access.js';
import { trailViews } from './customer-view.js';

interface PageQuery {
  cursor?: string;
  limit?: number;
}
const PAGE = 20;
const EXTERNAL = /^[0-9A-Za-z_-]{1,64}$/;

/** The guide's own page and lists: me, my customers, their orders and trail. */
@Injectable()
export class GuidePages {
  private readonly rows = new CustomerStore();
  private readonly figures = new GuideFiguresStore();

  constructor(
    @Inject(CustomerAccess) private readonly access: CustomerAccess,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(OrderQueries) private readonly orders: OrderQueries,
    @Inject(Analytics) private readonly analytics: Analytics,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One statement. @throws AppError NOT_FOUND */
  async me({ brandId, guideId }: GuideActor): Promise<ResponseOf<typeof guideRoutes.me>> {
    const guide = await this.organization.guide(brandId, guideId);
    if (guide?.status !== 'ACTIVE') throw refuse('NOT_FOUND');
    const day = businessDay(this.clock.now());
    const figures = await this.figures.of(this.database, brandId, guideId, {
      day,
      dayStart: new Date(startOfBusinessDay(day)),
      monthStart: new Date(startOfBusinessDay(`${day.slice(0, 7)}-01`)),
    });
    const { taskTotal, taskDone, mayEarnFen } = figures;
    const minutes = Math.ceil(figures.packSeconds / 60);
    const { undoMinutes } = await this.organization.brand(brandId);
    return {
      undoMinutes,
      guide: this.organization.guideCard(guide),
      role: guide.role,
      today: { taskTotal, taskDone, minutes, mayEarnFen, ...figures.today },
      month: figures.month,
    };
  }

  /** The guide's friends, newest first; one statement. */
  async contacts(
    { brandId, guideId }: GuideActor,
    query: PageQuery & { q?: string },
  ): Promise<ResponseOf<typeof guideRoutes.contacts>> {
    const limit = query.limit ?? PAGE;
    const cursor = readCursor(query.cursor, [DIGITS, EXTERNAL]);
    const after = cursor && { addedAt: new Date(Number(cursor[0])), externalUserId: cursor[1] ?? '' };
    const q = query.q?.trim() || null;
    const rows = await this.rows.friends(this.database, brandId, guideId, { q, after, limit: limit + 1 });
    const scheme = await this.access.levels.scheme(brandId);
    return pageOf(
      rows,
      limit,
      (row) => {
        // The customer of another guide is named, but what they bought stays between them and that guide.
        const isAnothers = row.boundGuideId !== null && row.boundGuideId !== guideId;
        const isHidden = isAnothers || !row.isShared;
        return {
          externalUserId: row.externalUserId,
          name: row.name,
          avatarUrl: row.avatarUrl,
          memberId: row.memberId,
          isMine: row.boundGuideId === guideId,
          levelName: row.level === null || isHidden ? null : levelAt(scheme, row.level).name,
          lastOrderAt: isHidden ? null : (row.lastOrderAt?.toISOString() ?? null),
          totalFen: isHidden ? 0 : row.totalFen,
          addedAt: row.addedAt.toISOString(),
        };
      },
      (row) => makeCursor(row.addedAt.getTime(), row.externalUserId),
    );
  }

  /** Orders of all channels of one customer. @throws AppError NOT_FOUND, OTHERS_CUSTOMER, NOT_SHARED */
  async ordersOf(
    actor: GuideActor,
    externalUserId: string,
    query: PageQuery,
  ): Promise<ResponseOf<typeof guideRoutes.contactOrders>> {
    const memberId = await this.visibleMember(actor, externalUserId);
    if (!memberId) return { items: [], nextCursor: null };
    return this.orders.list({ brandId: actor.brandId, memberId }, query.cursor, query.limit ?? PAGE);
  }

  /** @throws AppError NOT_FOUND, OTHERS_CUSTOMER, NOT_SHARED */
  async trail(
    actor: GuideActor,
    externalUserId: string,
    query: PageQuery,
  ): Promise<ResponseOf<typeof guideRoutes.contactTrail>> {
    const { brandId } = actor;
    const memberId = await this.visibleMember(actor, externalUserId);
    if (!memberId) return { items: [], nextCursor: null };
    const limit = query.limit ?? PAGE;
    const cursor = readCursor(query.cursor, [DIGITS, DIGITS]);
    const before = cursor && { at: new Date(Number(cursor[0])), id: cursor[1] ?? '' };
    const rows = await this.analytics.trail(this.database, brandId, memberId, { limit: limit + 1, before });
    const storeNames = new Map((await this.organization.stores(brandId)).map((one) => [one.id as string, one.name]));
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      (row) => makeCursor(row.lastAt.getTime(), row.lastId),
    );
    return { items: trailViews(page.items, storeNames), nextCursor: page.nextCursor };
  }

  private async visibleMember(actor: GuideActor, externalUserId: string) {
    return (await this.access.findFull(actor, externalUserId)).memberId;
  }
}
