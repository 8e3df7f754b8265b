import { Inject, Injectable } from '@nestjs/common';
import type { CouponSettings, consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { MemberId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization, setUndoMinutes } from '../../organization/index.js';
import { worstFen } from '../domain/discount.js';
import type { CouponId, CouponState, TemplateId } from '../domain/types.js';
import { validityOf } from '../domain/validity.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { FactStore } from '../persistence/fact.store.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { IssueCoupon } from './issue-coupon.js';
import { TemplateBook } from './template-book.js';

/** One transaction withdraws at most so many coupons; a larger batch goes on in the next. */
const BATCH = 500;
const MAX_BATCHES = 200;

/** Coupons at the desks: give, import codes, withdraw. */
@Injectable()
export class CouponDesk {
  private readonly coupons = new CouponStore();
  private readonly facts = new FactStore();
  private readonly templates = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Gives to members one by one; whoever cannot have it is named with the reason. The same key gives nothing twice. */
  async issue(
    actor: Desk,
    templateId: TemplateId,
    wish: { memberIds: readonly string[]; reason: string },
    key: string,
  ): Promise<ResponseOf<typeof consoleRoutes.issueCoupons>> {
    const { brandId } = actor;
    if (!(await this.templates.find(this.database, brandId, templateId))) throw refuse('NOT_FOUND');
    const known = await this.facts.knownMembers(this.database, brandId, wish.memberIds as MemberId[]);
    const refused: { memberId: string; text: string }[] = [];
    let issued = 0;
    for (const memberId of wish.memberIds as MemberId[]) {
      if (!known.has(memberId)) {
        refused.push({ memberId, text: '没有这位会员' });
        continue;
      }
      const given = await this.unitOfWork.run('coupons.desk-issue', (tx) =>
        this.issuing.attempt(tx, {
          brandId,
          memberId,
          templateId,
          source: 'DESK',
          sourceId: key.slice(0, 50),
          actor: actorLabel(actor),
          note: `商家发放：${wish.reason}`,
        }),
      );
      if ('couponId' in given) issued += 1;
      else
        refused.push({
          memberId,
          text: given.refusal.code === 'COUPON_LIMIT' ? '已达每人限领张数' : given.refusal.message,
        });
    }
    return { issued, refused };
  }

  /** Imports codes as coupons that nobody holds yet; they count against total and budget at once. */
  async importCodes(
    actor: Desk,
    templateId: TemplateId,
    codes: readonly string[],
  ): Promise<{ added: number; known: string[] }> {
    const { brandId } = actor;
    const wanted = [...new Set(codes.map((code) => code.toUpperCase()))];
    return this.unitOfWork.run('coupons.import-codes', async (tx) => {
      const template = await this.templates.find(tx, brandId, templateId);
      if (!template) throw refuse('NOT_FOUND');
      const known = await this.coupons.knownCodes(tx, brandId, wanted);
      const fresh = wanted.filter((code) => !known.has(code));
      const worst = worstFen(template.content.terms);
      const { from, until } = validityOf(template.content.terms, tx.now);
      await this.coupons.insert(
        tx,
        fresh.map((code) => ({
          brandId,
          id: this.journal.ids.next<'coupon'>(),
          templateId,
          version: template.version,
          memberId: null,
          code,
          state: 'ISSUED' as const,
          source: 'CODE' as const,
          sourceId: `code:${code}`,
          guideId: null,
          storeId: null,
          worstFen: worst,
          validFrom: from,
          // A code that runs from its claim waits a year for it.
          validUntil:
            template.content.terms.validity.mode === 'ABSOLUTE' ? until : new Date(tx.now.getTime() + 365 * 86_400_000),
        })),
      );
      if (fresh.length > 0 && !(await this.templates.issue(tx, brandId, templateId, fresh.length, worst)))
        throw refuseCoupon('COUPON_OVER', undefined, '张数或预算不够导入这么多券码，或模板还没有发布');
      return { added: fresh.length, known: [...known] };
    });
  }

  /** Withdraws coupons; used ones stay, and those in an open order are withdrawn if the order is given up. */
  async revoke(
    actor: Desk,
    templateId: TemplateId,
    wish: { reason: string; couponIds?: readonly string[] },
  ): Promise<ResponseOf<typeof consoleRoutes.revokeCoupons>> {
    const ids = (wish.couponIds as CouponId[] | undefined) ?? null;
    if (!(await this.templates.find(this.database, actor.brandId, templateId))) throw refuse('NOT_FOUND');
    let [revoked, lockedKept] = [0, 0];
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const done = await this.unitOfWork.run('coupons.revoke', (tx) =>
        this.revokeBatch(tx, actor, templateId, wish.reason, ids),
      );
      revoked += done.revoked;
      lockedKept += done.locked;
      if (done.revoked + done.locked < BATCH) break;
    }
    const usedKept = await this.coupons.usedCount(this.database, actor.brandId, templateId, ids);
    return { revoked, usedKept, lockedKept };
  }

  private async revokeBatch(tx: Tx, actor: Desk, templateId: TemplateId, reason: string, ids: CouponId[] | null) {
    const { brandId } = actor;
    const states: CouponState[] = ['ISSUED', 'AVAILABLE', 'GIVING', 'LOCKED'];
    const rows = await this.coupons.lockOfTemplate(tx, brandId, templateId, states, ids, BATCH);
    if (rows.length === 0) return { revoked: 0, locked: 0 };
    const free = rows.filter((row) => row.state !== 'LOCKED');
    await this.coupons.wantRevoked(
      tx,
      brandId,
      rows.map((row) => row.id),
      reason,
    );
    await this.coupons.setState(
      tx,
      brandId,
      free.map((row) => row.id),
      ['ISSUED', 'AVAILABLE', 'GIVING'],
      'REVOKED',
    );
    await this.journal.write(
      tx,
      brandId,
      free.map((row) => ({ couponId: row.id, type: 'REVOKED', actor: actorLabel(actor), note: `已作废：${reason}` })),
    );
    const committedFen = -free.reduce((sum, row) => sum + Number(row.worst_fen), 0);
    await this.templates.account(tx, brandId, templateId, { used: 0, spentFen: 0, committedFen });
    return { revoked: free.length, locked: rows.length - free.length };
  }

  /** The brand's rules; how long clerks may undo is the whole counter's and kept by the organization. */
  async settings({ brandId }: Desk): Promise<CouponSettings> {
    const { undoMinutes } = await this.organization.brand(brandId);
    return { ...(await this.templates.settings(this.database, brandId)), reverseMinutes: undoMinutes };
  }

  async setSettings(desk: Desk, settings: CouponSettings): Promise<CouponSettings> {
    const { brandId } = desk;
    const { reverseMinutes, ...own } = settings;
    await this.unitOfWork.run('coupons.set-settings', async (tx) => {
      await this.templates.setSettings(tx, brandId, own);
      if (reverseMinutes !== undefined) await setUndoMinutes(tx, brandId, reverseMinutes);
    });
    this.book.forget(brandId);
    this.organization.forget(brandId);
    return this.settings(desk);
  }
}
