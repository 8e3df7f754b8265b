import { Inject, Injectable } from '@nestjs/common';
import type { TemplateInput } from '@shuke/shared/contracts';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { worstFen } from '../domain/discount.js';
import { checkTemplate, type TemplateVerdict } from '../domain/template-check.js';
import type { TemplateId, TemplateStatus } from '../domain/types.js';
import type { TemplateContent } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { TemplateBook } from './template-book.js';
import { TemplatePages, type TemplateView } from './template-pages.js';

const MAY_BECOME: Record<TemplateStatus, readonly TemplateStatus[]> = {
  DRAFT: ['ACTIVE', 'ENDED'],
  ACTIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['ACTIVE', 'ENDED'],
  ENDED: [],
};

/** Coupon templates at the desks: draft, check, publish, change by versions, a franchisee's joining. */
@Injectable()
export class TemplateDesk {
  private readonly rows = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(TemplatePages) private readonly pages: TemplatePages,
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
  async join(actor: Desk, id: TemplateId, isIn: boolean): Promise<TemplateView> {
    const template = await this.rows.find(this.database, actor.brandId, id);
    if (actor.kind !== 'franchisee' || !template || template.status === 'DRAFT') throw refuse('NOT_FOUND');
    if (template.content.terms.stores.franchise !== 'OPT_IN')
      throw refuseCoupon('TEMPLATE_STATE', undefined, '这个券模板不需要加盟商确认');
    await this.unitOfWork.run('coupons.join', (tx) =>
      this.rows.join(tx, actor.brandId, id, actor.franchiseeId, isIn, actorLabel(actor)),
    );
    this.book.forget(actor.brandId);
    return (await this.pages.views(actor, [template]))[0] as TemplateView;
  }
}
