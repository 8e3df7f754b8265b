import { Inject, Injectable } from '@nestjs/common';
import {
  type BrandId,
  type Fen,
  fen,
  type Id,
  type MemberId,
  type OrderId,
  type StoreId,
  subFen,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { bearingLegs, Clearing, type Party } from '../../clearing/index.js';
import { Organization } from '../../organization/index.js';
import { couponStateText, returnedUntil } from '../domain/coupon-state.js';
import type { BearerParty, CouponId, CouponTerms, TemplateId } from '../domain/types.js';
import { CouponStore, type CouponUse } from '../persistence/coupon.store.js';
import { FactStore } from '../persistence/fact.store.js';
import type { CouponRow } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { TemplateBook } from './template-book.js';

export interface LockWish {
  brandId: BrandId;
  memberId: MemberId;
  orderId: OrderId;
  /** The order's deadline: until then the coupon is honoured, even when its own validity ends before. */
  until: Date;
  /** What each coupon takes off this order, in fen. */
  uses: readonly CouponUse[];
}

/** Coupons in orders: locked at submission, used at payment, released at any close, given back at a full refund. */
@Injectable()
export class OrderCoupons {
  private readonly rows = new CouponStore();
  private readonly templates = new TemplateStore();
  private readonly facts = new FactStore();

  constructor(
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** @throws AppError COUPON_NOT_YOURS, COUPON_TAKEN with the coupon and why */
  async lock(tx: Tx, wish: LockWish): Promise<void> {
    const { brandId, memberId, orderId } = wish;
    if (wish.uses.length === 0) return;
    const uses = [...wish.uses].sort((a, b) => (BigInt(a.couponId) < BigInt(b.couponId) ? -1 : 1));
    if ((await this.rows.lock(tx, { ...wish, uses })) !== uses.length) throw await this.whyNot(tx, wish);
    await this.journal.write(
      tx,
      brandId,
      uses.map((use) => ({
        couponId: use.couponId,
        type: 'LOCKED',
        actor: `member:${memberId}`,
        subjectId: orderId,
        fen: use.fen,
        note: '下单占用',
      })),
    );
  }

  private async whyNot(tx: Tx, { brandId, memberId, orderId, uses }: LockWish): Promise<Error> {
    const rows = await this.rows.byIds(
      tx,
      brandId,
      uses.map((use) => use.couponId),
    );
    for (const use of uses) {
      const row = rows.find((one) => one.id === use.couponId);
      if (!row || row.memberId !== memberId) return refuseCoupon('COUPON_NOT_YOURS', { couponId: use.couponId });
      // The failed statement locked the others for this very order; only one that is elsewhere is to blame.
      if (row.state === 'LOCKED' && row.orderId === orderId) continue;
      const isOver = row.state === 'AVAILABLE' && row.validUntil <= tx.now;
      const text = isOver ? '已过期' : row.state === 'AVAILABLE' ? '还不能使用' : couponStateText(row.state);
      return refuseCoupon(
        'COUPON_TAKEN',
        { couponId: row.id, state: row.state, text },
        `「${row.name}」${text}，请换一张`,
      );
    }
    return refuseCoupon('COUPON_TAKEN');
  }

  /** The order is paid. Coupons that have expired since the lock count all the same. */
  async use(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const rows = await this.rows.ofOrder(tx, brandId, orderId, 'LOCKED');
    if (rows.length === 0) return;
    const storeId = await this.facts.storeOfOrder(tx, brandId, orderId);
    const mayReturn = rows.filter((row) => row.terms.isRefundable).map((row) => row.id);
    await this.rows.useLocked(tx, brandId, orderId, storeId, mayReturn);
    await this.journal.write(
      tx,
      brandId,
      rows.map((row) => ({
        couponId: row.id,
        type: 'USED',
        actor: 'system',
        subjectId: orderId,
        fen: row.useFen,
        note: '订单付款成功，券已使用',
      })),
    );
    await this.spend(
      tx,
      brandId,
      rows.map((row) => (row.terms.isRefundable ? { ...row, keptFen: keptFen(row) } : row)),
      1,
    );
    for (const row of rows) if (storeId) await this.postUse(tx, row, orderId, storeId, row.useFen ?? ZERO_FEN);
  }

  /** The order is given up before it was paid. */
  async release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const rows = await this.rows.ofOrder(tx, brandId, orderId, 'LOCKED');
    if (rows.length === 0) return;
    const { settings } = await this.book.of(tx, brandId);
    for (const row of rows) await this.comeBack(tx, row, orderId, 'LOCKED', '订单关闭，券已退回', settings.graceHours);
  }

  /**
   * The whole order was refunded: coupons whose terms say so come back, and nobody bears their discount any more.
   * @param graceHours how long one that has ended meanwhile can still be used
   */
  async giveBack(tx: Tx, brandId: BrandId, orderId: OrderId, graceHours: number): Promise<void> {
    const rows = await this.rows.ofOrder(tx, brandId, orderId, 'USED');
    for (const row of rows) {
      const subjectId = `${row.id}:${orderId}`;
      await this.clearing.takeBack(tx, {
        brandId,
        kind: 'COUPON_BACK',
        ofKind: 'COUPON_USE',
        subjectId,
        suffix: 'all',
        fen: null,
        note: row.name,
      });
      if (!row.terms.isRefundable) continue;
      await this.comeBack(tx, row, orderId, 'USED', '订单全额退款，券已退回', graceHours);
    }
    await this.spend(
      tx,
      brandId,
      rows.filter((row) => row.terms.isRefundable),
      -1,
    );
  }

  /**
   * Some lines were refunded: the coupons stay used, but the discount of these lines is no longer anybody's cost.
   * @param shares each coupon's discount on the refunded lines, in fen
   */
  async takeBackShare(
    tx: Tx,
    back: { brandId: BrandId; orderId: OrderId; refundId: Id; shares: readonly { couponId: CouponId; fen: Fen }[] },
  ): Promise<void> {
    for (const share of [...back.shares].sort((a, b) => (BigInt(a.couponId) < BigInt(b.couponId) ? -1 : 1)))
      await this.clearing.takeBack(tx, {
        brandId: back.brandId,
        kind: 'COUPON_BACK',
        ofKind: 'COUPON_USE',
        subjectId: `${share.couponId}:${back.orderId}`,
        suffix: back.refundId,
        fen: share.fen,
      });
  }

  /** A coupon returns to its holder, or ends if headquarters wanted it withdrawn meanwhile. */
  async comeBack(
    tx: Tx,
    row: CouponRow,
    subjectId: Id,
    from: 'LOCKED' | 'USED',
    note: string,
    graceHours: number,
  ): Promise<void> {
    const until = returnedUntil(row.validUntil, tx.now, row.validUntil <= tx.now ? graceHours : 0);
    await this.rows.free(tx, row.brandId, row.id, from, until);
    const grace = until > row.validUntil ? `，延长到 ${graceHours} 小时后` : '';
    const notes = [{ couponId: row.id, type: 'RETURNED', actor: 'system', subjectId, note: `${note}${grace}` }];
    if (row.revokeReason !== null) {
      await this.rows.setState(tx, row.brandId, [row.id], ['AVAILABLE'], 'REVOKED');
      if (from === 'LOCKED') await this.uncommit(tx, row.brandId, row.templateId, row.worstFen);
      notes.push({
        couponId: row.id,
        type: 'REVOKED',
        actor: 'system',
        subjectId,
        note: `已作废：${row.revokeReason}`,
      });
    }
    await this.journal.write(tx, row.brandId, notes);
  }

  private uncommit(tx: Tx, brandId: BrandId, templateId: TemplateId, worst: Fen): Promise<void> {
    return this.templates.account(tx, brandId, templateId, { used: 0, spentFen: 0, committedFen: -worst });
  }

  /**
   * Moves worst cases to what was really spent (1) or back (−1), template by template in id order. What may come back at
   * its full worth stays set aside (`keptFen`), so that a return never passes the budget.
   */
  async spend(tx: Tx, brandId: BrandId, rows: readonly CouponRow[], sign: 1 | -1): Promise<void> {
    const sums = new Map<TemplateId, { used: number; spentFen: number; committedFen: number }>();
    for (const row of rows) {
      const sum = sums.get(row.templateId) ?? { used: 0, spentFen: 0, committedFen: 0 };
      sum.used += sign;
      sum.spentFen += sign * (row.useFen ?? 0);
      // One that is withdrawn on its way back will not cost anything again.
      const open = sign === 1 || row.revokeReason === null ? row.worstFen : 0;
      sum.committedFen -= sign * (open - row.keptFen);
      sums.set(row.templateId, sum);
    }
    for (const [id, sum] of [...sums].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)))
      await this.templates.account(tx, brandId, id, sum);
  }

  /** Books who bears a use: the store gave the discount, its bearers owe it to the store. */
  async postUse(tx: Tx, row: CouponRow, subjectId: Id, storeId: StoreId, discountFen: Fen): Promise<void> {
    await this.clearing.post(tx, {
      brandId: row.brandId,
      kind: 'COUPON_USE',
      subjectId: `${row.id}:${subjectId}`,
      legs: bearingLegs(`STORE:${storeId}`, fen(discountFen), await this.bearersOf(row.brandId, storeId, row.terms)),
      note: row.name,
    });
  }

  /** The parties of a store; a self-run store has no franchisee, so its share is headquarters'. */
  async bearersOf(brandId: BrandId, storeId: StoreId, terms: CouponTerms): Promise<{ party: Party; bp: number }[]> {
    const store = await this.organization.store(brandId, storeId);
    const partyOf: Record<BearerParty, Party> = {
      HQ: 'HQ',
      STORE: `STORE:${storeId}`,
      FRANCHISEE: store?.franchiseeId ? `FRANCHISEE:${store.franchiseeId}` : 'HQ',
    };
    return terms.bearers.map(({ party, bp }) => ({ party: partyOf[party], bp }));
  }
}

/** What stays set aside of a use that may be taken back. */
export const keptFen = (row: Pick<CouponRow, 'worstFen' | 'useFen'>): Fen =>
  subFen(row.worstFen, row.useFen ?? ZERO_FEN);
