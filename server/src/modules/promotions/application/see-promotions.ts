import { Inject, Injectable } from '@nestjs/common';
import type {
  ConsolePromotion,
  consoleRoutes,
  PromotionDetail,
  PromotionRun,
  QueryOf,
  ResponseOf,
} from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization, type Store } from '../../organization/index.js';
import { type Promotion, reaches } from '../domain/promotion.js';
import { EffectStore } from '../persistence/effect.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { promotionDetail, promotionView } from './promotion-views.js';
import { PromotionTools } from './tools.js';

/** Promotions as a desk sees them: headquarters all, a franchisee its own and what reaches its stores. */
@Injectable()
export class SeePromotions {
  private readonly rows = new PromotionStore();
  private readonly effects = new EffectStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Newest first. */
  async list(
    actor: Desk,
    query: QueryOf<typeof consoleRoutes.promotions>,
  ): Promise<ResponseOf<typeof consoleRoutes.promotions>> {
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const limit = query.limit ?? 20;
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : null;
    const store = query.storeId ? await this.organization.requireStore(actor, query.storeId as StoreId) : null;
    const { kind, state, q } = query;
    const now = this.tools.clock.date();
    const mine = await this.ownStores(actor);
    const found = await this.rows.list(
      this.tools.database,
      actor.brandId,
      { kind, state, q, franchiseeId },
      now,
      before,
      limit + 1,
    );
    // A page may show fewer than asked when a promotion reaches none of the stores that are looked at.
    const isSeen = (one: Promotion) =>
      store
        ? reaches(one, store)
        : mine === 'ALL' || one.franchiseeId !== null || mine.some((own) => reaches(one, own));
    const page = pageOf(
      found,
      limit,
      (one) => one,
      (one) => makeCursor(one.id),
    );
    return { ...page, items: await this.views(actor, page.items.filter(isSeen), now) };
  }

  /** @throws AppError NOT_FOUND unless the actor may look at it */
  async one(actor: Desk, id: Id): Promise<PromotionDetail> {
    return this.detail(actor, await this.visible(actor, id));
  }

  /** @throws AppError NOT_FOUND unless the actor may look at it */
  async visible(actor: Desk, id: Id): Promise<Promotion> {
    const promotion = await this.rows.one(this.tools.database, actor.brandId, id);
    if (!promotion) throw refuse('NOT_FOUND');
    if (actor.kind === 'hq' || promotion.franchiseeId === actor.franchiseeId) return promotion;
    const mine = await this.ownStores(actor);
    // A store that has opted out still sees what it opted out of.
    const isOffered = mine !== 'ALL' && mine.some((store) => reaches({ ...promotion, optedOut: [] }, store));
    if (promotion.franchiseeId !== null || promotion.state === 'DRAFT' || !isOffered) throw refuse('NOT_FOUND');
    return promotion;
  }

  /** A promotion that the actor may change: headquarters all, a franchisee its own. */
  async own(actor: Desk, id: Id): Promise<Promotion> {
    const promotion = await this.visible(actor, id);
    if (actor.kind === 'franchisee' && promotion.franchiseeId !== actor.franchiseeId) throw refuse('NOT_FOUND');
    return promotion;
  }

  private async ownStores(actor: Desk): Promise<readonly Store[] | 'ALL'> {
    if (actor.kind === 'hq') return 'ALL';
    return (await this.organization.stores(actor.brandId)).filter((store) => store.franchiseeId === actor.franchiseeId);
  }

  private async detail(actor: Desk, promotion: Promotion): Promise<PromotionDetail> {
    const { database, clock } = this.tools;
    const [[view], run] = await Promise.all([
      this.views(actor, [promotion], clock.date()),
      this.rows.lastRun<PromotionRun>(database, promotion.brandId, promotion.id),
    ]);
    const lastRun = run ? { ...run.result, isCurrent: run.version === promotion.version } : null;
    const problems = promotion.state === 'DRAFT' ? publishProblems(promotion, lastRun, clock.date()) : [];
    return promotionDetail(view as ConsolePromotion, promotion, lastRun, problems);
  }

  /** As rows of the desk's list, with the totals of the stores that the actor may see. */
  async views(actor: Desk, promotions: readonly Promotion[], now: Date): Promise<ConsolePromotion[]> {
    const scope = await this.organization.scopeOf(actor);
    const totals = await this.effects.totals(
      this.tools.database,
      actor.brandId,
      promotions.map((one) => one.id),
      scope,
    );
    return Promise.all(
      promotions.map(async (one) => {
        const owner = one.franchiseeId ? await this.organization.franchisee(actor.brandId, one.franchiseeId) : null;
        const isOwn = actor.kind === 'hq' || one.franchiseeId === actor.franchiseeId;
        const view = promotionView(one, now, owner?.name ?? '总部', totals.get(one.id), isOwn && one.state === 'DRAFT');
        // Which foreign stores have opted out is headquarters' business.
        return scope === 'ALL'
          ? view
          : { ...view, optedOutStoreIds: view.optedOutStoreIds.filter((id) => scope.includes(id as StoreId)) };
      }),
    );
  }
}

function publishProblems(promotion: Promotion, run: PromotionRun | null, now: Date): string[] {
  const problems: string[] = [];
  if (promotion.endsAt <= now) problems.push('结束时间已经过了');
  if (!run) problems.push('还没有用过去的订单试算');
  else if (!run.isCurrent) problems.push('内容改过了，请重新试算');
  if (run?.isCurrent && run.check.belowFloorCount > 0) problems.push(`有 ${run.check.belowFloorCount} 个价格低于底价`);
  if (run?.isCurrent && run.check.dishonestCount > 0)
    problems.push(`有 ${run.check.dishonestCount} 个价格不低于七天内的最低价`);
  return problems;
}
