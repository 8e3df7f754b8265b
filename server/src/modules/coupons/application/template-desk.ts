import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf, TemplateInput } from '@shuke/shared/contracts';
import { type BrandId, type GuideId, type StoreId, WHOLE_BP, ZERO_FEN } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { worstFen } from '../domain/discount.js';
import { bearerText, type Face } from '../domain/face.js';
import { checkTemplate, type TemplateVerdict } from '../domain/template-check.js';
import type { CouponKind, TemplateId, TemplateStatus } from '../domain/types.js';
import { validityText } from '../domain/validity.js';
import { HoldingStore, type StoreCounts } from '../persistence/holding.store.js';
import type { Template, TemplateContent } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { CouponViews } from './coupon-views.js';
import { TemplateBook } from './template-book.js';

type View = ResponseOf<typeof consoleRoutes.joinCouponTemplate>;
type Counts = Pick<
  View,
  'totalCount' | 'issuedCount' | 'reservedCount' | 'usedCount' | 'useRateBp' | 'budgetFen' | 'committedFen' | 'spentFen'
>;
type Detail = ResponseOf<typeof consoleRoutes.couponTemplate>;
const MAY_BECOME: Record<TemplateStatus, readonly TemplateStatus[]> = {
  DRAFT: ['ACTIVE', 'ENDED'],
  ACTIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['ACTIVE', 'ENDED'],
  ENDED: [],
};
const NOTHING: StoreCounts = { issued: 0, issuedUsed: 0, used: 0, spentFen: ZERO_FEN, committedFen: ZERO_FEN };
const rateBp = (used: number, issued: number): number | null =>
  issued === 0 ? null : Math.floor((used * WHOLE_BP) / issued);

/** Coupon templates at the desks: draft, check, publish, change by versions, a franchisee's joining. */
@Injectable()
export class TemplateDesk {
  private readonly rows = new TemplateStore();
  private readonly holdings = new HoldingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(CouponViews) private readonly views: CouponViews,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  check(input: TemplateInput): TemplateVerdict & { isPublishable: boolean } {
    const verdict = checkTemplate(input as TemplateContent, this.clock.date());
    return { ...verdict, isPublishable: verdict.problems.length === 0 };
  }

  async create(actor: Desk, input: TemplateInput): Promise<TemplateId> {
    const id = this.journal.ids.next<'coupon-template'>();
    const content = input as TemplateContent;
    const code = `Q${id.slice(-9)}`;
    await this.unitOfWork.run('coupons.create-template', (tx) =>
      this.rows.insert(tx, {
        brandId: actor.brandId,
        id,
        code,
        content,
        worstFen: worstFen(content.terms),
        by: actorLabel(actor),
      }),
    );
    return id;
  }

  /**
   * Changes a template. Once coupons are out, a change of what they are worth is a new version; they keep theirs.
   * @throws AppError NOT_FOUND, TEMPLATE_STATE when it has ended, TEMPLATE_PROBLEM when budget or count fall below what is out
   */
  async update(actor: Desk, id: TemplateId, input: TemplateInput): Promise<void> {
    const { brandId } = actor;
    const content = input as TemplateContent;
    await this.unitOfWork.run('coupons.update-template', async (tx) => {
      const template = await this.rows.lock(tx, brandId, id);
      if (!template) throw refuse('NOT_FOUND');
      if (template.status === 'ENDED') throw refuseCoupon('TEMPLATE_STATE');
      const problems = this.check(input).problems;
      if (template.status !== 'DRAFT' && problems.length > 0)
        throw refuseCoupon('TEMPLATE_PROBLEM', { problems }, problems[0]?.text);
      if (content.totalCount !== null && content.totalCount < template.issuedCount + template.reservedCount)
        throw refuseCoupon('TEMPLATE_PROBLEM', undefined, '总张数不能少于已经发出的张数');
      if (content.budgetFen !== null && content.budgetFen < template.spentFen + template.committedFen)
        throw refuseCoupon('TEMPLATE_PROBLEM', undefined, '预算不能少于已经发出的券可能花费的金额');
      const isOut = template.issuedCount + template.reservedCount > 0;
      const version = isOut ? template.version + 1 : template.version;
      await this.rows.addVersion(tx, {
        brandId,
        id,
        version,
        content,
        worstFen: worstFen(content.terms),
        by: actorLabel(actor),
      });
      await this.rows.update(tx, brandId, id, version, content);
    });
    this.book.forget(brandId);
  }

  /** @throws AppError NOT_FOUND, TEMPLATE_STATE, TEMPLATE_PROBLEM with what is wrong */
  async setStatus(actor: Desk, id: TemplateId, status: TemplateStatus): Promise<void> {
    const { brandId } = actor;
    await this.unitOfWork.run('coupons.set-status', async (tx) => {
      const template = await this.rows.lock(tx, brandId, id);
      if (!template) throw refuse('NOT_FOUND');
      if (template.status === status) return;
      if (!MAY_BECOME[template.status].includes(status)) throw refuseCoupon('TEMPLATE_STATE');
      const { problems } = this.check(template.content as TemplateInput);
      if (status === 'ACTIVE' && problems.length > 0)
        throw refuseCoupon('TEMPLATE_PROBLEM', { problems }, problems[0]?.text);
      await this.rows.setStatus(tx, brandId, id, status);
    });
    this.book.forget(brandId);
  }

  /** A franchisee decides whether its stores take part; coupons that are out count there from now on, or no longer. */
  async join(actor: Desk, id: TemplateId, isIn: boolean): Promise<View> {
    const template = await this.rows.find(this.database, actor.brandId, id);
    if (actor.kind !== 'franchisee' || !template || template.status === 'DRAFT') throw refuse('NOT_FOUND');
    if (template.content.terms.stores.franchise !== 'OPT_IN')
      throw refuseCoupon('TEMPLATE_STATE', undefined, '这个券模板不需要加盟商确认');
    await this.unitOfWork.run('coupons.join', (tx) =>
      this.rows.join(tx, actor.brandId, id, actor.franchiseeId, isIn, actorLabel(actor)),
    );
    this.book.forget(actor.brandId);
    return (await this.viewsOf(actor, [template]))[0] as View;
  }

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
    const views = new Map((await this.viewsOf(actor, rows)).map((view) => [view.id, view]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as View,
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
      this.viewsOf(actor, [template]),
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
      ...(view as View),
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

  private async viewsOf(actor: Desk, list: readonly Template[]): Promise<View[]> {
    const { brandId } = actor;
    const faces = await this.views.faces(
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
