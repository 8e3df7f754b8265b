import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { Organization } from '../../organization/index.js';
import type { CouponId, TemplateId } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { CouponEndStore } from '../persistence/coupon-end.store.js';
import { TemplateStore } from '../persistence/template.store.js';
import { CouponJournal } from './coupon-journal.js';
import { TemplateBook } from './template-book.js';

const BATCH = 500;

const byBrand = <Row extends { brand_id: BrandId }>(rows: readonly Row[]): Map<BrandId, Row[]> => {
  const groups = new Map<BrandId, Row[]>();
  for (const row of rows) groups.set(row.brand_id, [...(groups.get(row.brand_id) ?? []), row]);
  return groups;
};

/** What time does to coupons: they end, and their holders are told before. */
@Injectable()
export class CouponSweeps {
  private readonly unended = new Setbacks();
  private readonly rows = new CouponStore();
  private readonly ends = new CouponEndStore();
  private readonly templates = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Ends coupons whose time is over and frees their part of the budget. Those in an open order wait for it. */
  expire(brandId: BrandId | null = null): Promise<number> {
    return eachDue(this.unended, this.clock.date(), {
      label: 'end a coupon',
      batch: BATCH,
      due: (limit) => this.ends.due(this.database, this.clock.date(), limit, brandId),
      nameOf: ({ id }) => id,
      together: async (due) => {
        for (const [brand, rows] of byBrand(due)) await this.end(brand, rows);
        return due.length;
      },
      work: async (row) => {
        await this.end(row.brand_id, [row]);
        return true;
      },
    });
  }

  private end(brandId: BrandId, rows: readonly { id: CouponId }[]): Promise<void> {
    return this.unitOfWork.run('coupons.expire', async (tx) => {
      const wanted = rows.map((row) => row.id);
      const locked = await this.ends.lockDue(tx, brandId, wanted);
      if (locked.length === 0) return;
      const ids = locked.map((row) => row.id);
      await this.rows.setState(tx, brandId, ids, ['AVAILABLE', 'ISSUED'], 'EXPIRED');
      await this.journal.write(
        tx,
        brandId,
        ids.map((couponId) => ({ couponId, type: 'EXPIRED', actor: 'system', note: '已过期' })),
      );
      const worst = new Map<TemplateId, number>();
      for (const row of locked) worst.set(row.template_id, (worst.get(row.template_id) ?? 0) + Number(row.worst_fen));
      for (const [id, sum] of [...worst].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)))
        await this.templates.account(tx, brandId, id, { used: 0, spentFen: 0, committedFen: -sum });
    });
  }

  /** Tells holders once, the brand's days before the end, by the event `coupon.expiring`. @returns how many brands did */
  async remind(): Promise<number> {
    const brandIds = await this.organization.brandIds();
    return eachAlone('remind of coupons', brandIds, String, (brandId) => this.remindOf(brandId));
  }

  private async remindOf(brandId: BrandId): Promise<boolean> {
    const now = this.clock.date();
    const { settings, templates } = await this.book.of(this.database, brandId);
    const until = new Date(now.getTime() + settings.remindDays * DAY_MS);
    const due = await this.ends.toRemind(this.database, brandId, now, until, BATCH);
    if (due.length === 0) return false;
    await this.unitOfWork.run('coupons.remind', async (tx) => {
      await this.ends.reminded(
        tx,
        brandId,
        due.map((row) => row.id),
      );
      // They come by the time of their end: the first of a member's is the one that is named.
      const byMember = new Map<string, typeof due>();
      for (const row of due) byMember.set(row.member_id, [...(byMember.get(row.member_id) ?? []), row]);
      for (const [memberId, mine] of byMember) {
        const [first] = mine;
        const title = first ? templates.get(first.template_id)?.content.name : undefined;
        const validUntil = first?.valid_until.toISOString();
        const payload = { memberId, couponIds: mine.map((row) => row.id), title: title ?? '优惠券', validUntil };
        tx.emit({ brandId, type: 'coupon.expiring', payload });
      }
    });
    return true;
  }
}
