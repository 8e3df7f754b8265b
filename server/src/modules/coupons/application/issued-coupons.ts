import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { couponStateText } from '../domain/coupon-state.js';
import type { CouponId, CouponState } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { CouponEventStore } from '../persistence/coupon-event.store.js';
import { HoldingStore } from '../persistence/holding.store.js';

type DeskRow = Awaited<ReturnType<HoldingStore['deskPage']>>[number];

export interface DeskQuery {
  templateId?: string;
  memberId?: string;
  storeId?: string;
  state?: CouponState;
  code?: string;
  cursor?: string;
  limit?: number;
}

/** Single coupons as the desks look them up: where they are, and what has happened to them. */
@Injectable()
export class IssuedCoupons {
  private readonly coupons = new CouponStore();
  private readonly events = new CouponEventStore();
  private readonly holdings = new HoldingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  async list(actor: Desk, query: DeskQuery): Promise<ResponseOf<typeof consoleRoutes.issuedCoupons>> {
    const scope = await this.organization.scopeOf(actor);
    const wanted = query.storeId ? [(await this.organization.requireStore(actor, query.storeId as StoreId)).id] : null;
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 30;
    const rows = await this.holdings.deskPage(this.database, actor.brandId, {
      templateId: query.templateId ?? null,
      memberId: query.memberId ?? null,
      storeIds: wanted ?? (scope === 'ALL' ? null : scope),
      state: query.state ?? null,
      code: query.code?.toUpperCase() || null,
      before: before ?? null,
      limit,
    });
    const views = new Map<string, Awaited<ReturnType<IssuedCoupons['view']>>>();
    for (const row of rows) views.set(row.id, await this.view(actor, row));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as never,
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND, also for coupons of stores that are not the franchisee's */
  async one(actor: Desk, id: CouponId): Promise<ResponseOf<typeof consoleRoutes.issuedCoupon>> {
    const row = await this.coupons.find(this.database, actor.brandId, id);
    const scope = await this.organization.scopeOf(actor);
    const isOwn =
      row && (scope === 'ALL' || [row.useStoreId, row.storeId].some((store) => store && scope.includes(store)));
    if (!row || !isOwn) throw refuse('NOT_FOUND');
    const [listed] = await this.holdings.deskPage(this.database, actor.brandId, {
      templateId: row.templateId,
      memberId: null,
      storeIds: null,
      state: null,
      code: row.code,
      before: null,
      limit: 1,
    });
    const history = await this.events.history(this.database, actor.brandId, id);
    return {
      coupon: await this.view(actor, listed ?? { ...row, memberName: null }),
      history: history.map((step) => ({ at: step.at.toISOString(), text: step.note })),
    };
  }

  private async view({ brandId }: Desk, row: DeskRow) {
    const guide = row.guideId ? await this.organization.guide(brandId, row.guideId) : null;
    const store = row.useStoreId ? await this.organization.store(brandId, row.useStoreId) : null;
    return {
      id: row.id,
      code: row.code,
      templateId: row.templateId,
      version: row.version,
      name: row.name,
      memberId: row.memberId,
      memberName: row.memberName,
      state: row.state,
      stateText: couponStateText(row.state),
      source: row.source,
      guideName: guide?.name ?? null,
      validUntil: row.validUntil.toISOString(),
      usedAt: row.usedAt?.toISOString() ?? null,
      usedStoreName: store?.name ?? null,
      discountFen: row.useFen,
      orderId: row.orderId,
      revokeReason: row.revokeReason,
      at: row.issuedAt.toISOString(),
    };
  }
}
