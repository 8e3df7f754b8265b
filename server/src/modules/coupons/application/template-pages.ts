import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf, TemplateInput } from '@shuke/shared/contracts';
import { type BrandId, type GuideId, type StoreId, WHOLE_BP, ZERO_FEN } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { bearerText, type Face } from '../domain/face.js';
import type { CouponKind, TemplateId, TemplateStatus } from '../domain/types.js';
import { validityText } from '../domain/validity.js';
import { HoldingStore, type StoreCounts } from '../persistence/holding.store.js';
import type { Template } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { CouponViews } from './coupon-views.js';

export type TemplateView = ResponseOf<typeof consoleRoutes.joinCouponTemplate>;
type Counts = Pick<
  TemplateView,
  'totalCount' | 'issuedCount' | 'reservedCount' | 'usedCount' | 'useRateBp' | 'budgetFen' | 'committedFen' | 'spentFen'
>;
type Detail = ResponseOf<typeof consoleRoutes.couponTemplate>;
const NOTHING: StoreCounts = { issued: 0, issuedUsed: 0, used: 0, spentFen: ZERO_FEN, committedFen: ZERO_FEN };
const rateBp = (used: number, issued: number): number | null =>
  issued === 0 ? null : Math.floor((used * WHOLE_BP) / issued);

/** Coupon templates as the desks read them: how they run, at headquarters with the budget, at a franchisee for its stores. */
@Injectable()
export class TemplatePages {
  private readonly rows = new TemplateStore();
  private readonly holdings = new HoldingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CouponViews) private readonly coupons: CouponViews,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** The newest first; drafts are headquarters' own. */
  async list(
    actor: Desk,
    query: { q?: string; status?: TemplateStatus; kind?: CouponKind; cursor?: string; limit?: number },
  ): Promise<ResponseOf<typeof consoleRoutes.couponTemplates>> {
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 20;
    const rows = await this.rows.list(this.database, actor.brandId, {
      q: query.q || null,
      status: query.status ?? null,
      kind: query.kind ?? null,
      before: before ?? null,
      limit,
      isDraftShown: actor.kind === 'hq',
    });
    const views = new Map((await this.views(actor, rows)).map((view) => [view.id, view]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as TemplateView,
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND; a franchisee sees published templates with the figures of its own stores */
  async detail(actor: Desk, id: TemplateId): Promise<Detail> {
    const { brandId } = actor;
    const template = await this.rows.find(this.database, brandId, id);
    if (!template || (actor.kind !== 'hq' && template.status === 'DRAFT')) throw refuse('NOT_FOUND');
    const scope = await this.organization.scopeOf(actor);
    const [[view], figures, versions] = await Promise.all([
      this.views(actor, [template]),
      this.holdings.figures(this.database, brandId, id, scope === 'ALL' ? null : scope),
      this.holdings.versions(this.database, brandId, id),
    ]);
    const isHq = scope === 'ALL';
    const countOf = new Map(figures.byVersion.map((row) => [row.version, Number(row.issued)]));
    const stores = await this.organization.storesByIds(
      brandId,
      figures.byStore.map((row) => row.use_store_id),
    );
    const shownStores = figures.byStore.filter((row) => isHq || scope.includes(row.use_store_id));
    return {
      ...(view as TemplateView),
      input: { ...(template.content as TemplateInput), ...(isHq ? {} : { budgetFen: null }) },
      versions: versions.map((row) => ({
        version: row.version,
        at: row.created_at.toISOString(),
        by: row.made_by.startsWith('hq') ? '总部' : '系统',
        couponCount: countOf.get(row.version) ?? 0,
      })),
      bySource: figures.bySource.map((row) => ({
        source: row.source,
        issued: Number(row.issued),
        used: Number(row.used),
      })),
      byStore: shownStores.map((row) => ({
        storeId: row.use_store_id,
        storeName: stores.get(row.use_store_id as StoreId)?.name ?? '',
        used: Number(row.used),
        discountFen: Number(row.fen),
      })),
      byGuide: await this.guideFigures(actor, scope, figures.byGuide),
    };
  }

  private async guideFigures(
    { brandId }: Desk,
    scope: StoreId[] | 'ALL',
    rows: readonly { guide_id: GuideId; issued: string; used: string }[],
  ): Promise<Detail['byGuide']> {
    const shown: Detail['byGuide'] = [];
    for (const row of rows) {
      const guide = await this.organization.guide(brandId, row.guide_id);
      if (!guide || (scope !== 'ALL' && !scope.includes(guide.storeId))) continue;
      shown.push({ guideId: row.guide_id, guideName: guide.name, issued: Number(row.issued), used: Number(row.used) });
    }
    return shown;
  }

  /** Templates as the desk that looks sees them. */
  async views(actor: Desk, list: readonly Template[]): Promise<TemplateView[]> {
    const { brandId } = actor;
    const faces = await this.coupons.faces(
      brandId,
      list.map(({ content }) => content),
    );
    const joined = await this.joinedOf(brandId);
    const counts = await this.countsOf(actor, list);
    return list.map((one, at) => {
      const needsJoin = actor.kind === 'franchisee' && one.content.terms.stores.franchise === 'OPT_IN';
      return {
        id: one.id,
        code: one.code,
        version: one.version,
        status: one.status,
        face: faces[at] as Face,
        validText: validityText(one.content.terms),
        purpose: one.content.purpose,
        bearerText: bearerText(one.content.terms.bearers),
        ...counts(one),
        isPublic: one.content.take.isPublic,
        forGuides: one.content.take.forGuides,
        hasOptedIn: needsJoin ? joined.has(`${one.id}/${actor.franchiseeId}`) : null,
        createdAt: one.createdAt.toISOString(),
      };
    });
  }

  /** Headquarters sees the template's counters, a franchisee what its stores gave out and took in, without the budget. */
  private async countsOf(actor: Desk, list: readonly Template[]): Promise<(one: Template) => Counts> {
    const scope = await this.organization.scopeOf(actor);
    if (scope === 'ALL')
      return (one) => ({
        totalCount: one.totalCount,
        issuedCount: one.issuedCount,
        reservedCount: one.reservedCount,
        usedCount: one.usedCount,
        useRateBp: rateBp(one.usedCount, one.issuedCount),
        budgetFen: one.budgetFen,
        committedFen: one.committedFen,
        spentFen: one.spentFen,
      });
    const ids = list.map((one) => one.id);
    const own = await this.holdings.countsOf(this.database, actor.brandId, ids, scope);
    return ({ id, totalCount }) => {
      const { issued, issuedUsed, used, spentFen, committedFen } = own.get(id) ?? NOTHING;
      return {
        totalCount,
        issuedCount: issued,
        reservedCount: 0,
        usedCount: used,
        useRateBp: rateBp(issuedUsed, issued),
        budgetFen: null,
        committedFen,
        spentFen,
      };
    };
  }

  private async joinedOf(brandId: BrandId): Promise<Set<string>> {
    const rows = await this.rows.joins(this.database, brandId);
    return new Set(rows.map((row) => `${row.template_id}/${row.franchisee_id}`));
  }
}
