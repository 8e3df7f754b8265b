import { Inject, Injectable } from '@nestjs/common';
import type { guideRoutes, RedeemReceipt, ResponseOf } from '@shuke/shared/contracts';
import { addDays, fen, moneyText, type StoreId, startOfBusinessDay } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Desk, type Guide as GuideActor } from '../../../platform/access/actor.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { payAfter } from '../domain/counter-bill.js';
import type { OfflineUse } from '../domain/offline-use.js';
import { shanghaiText } from '../domain/validity.js';
import type { RedeemedItem, Redemption, RedemptionFilter } from '../persistence/redemption.store.js';
import { CounterDesk } from './counter-desk.js';
import { type Counter, CounterParts } from './counter-parts.js';
import { CouponViews } from './coupon-views.js';
import { OfflineUses } from './offline-uses.js';
import { Redeeming } from './redeeming.js';

type List = { cursor?: string; limit?: number };

/** The counter as guides and desks see it: look-up, receipts, lists. */
@Injectable()
export class CounterBook {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Redeeming) private readonly redeeming: Redeeming,
    @Inject(CounterDesk) private readonly desk: CounterDesk,
    @Inject(OfflineUses) private readonly offline: OfflineUses,
    @Inject(CouponViews) private readonly views: CouponViews,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  async lookUp(
    actor: GuideActor,
    wish: { code: string; amountFen?: number; items?: RedeemedItem[] },
  ): Promise<ResponseOf<typeof guideRoutes.lookUpCoupon>> {
    const amount = wish.amountFen ?? null;
    const { coupon, problems, discountFen } = await this.redeeming.lookUp(
      counterOf(actor),
      wish.code,
      amount,
      wish.items,
    );
    const [face] = await this.views.faces(actor.brandId, [coupon]);
    const bill = amount ?? (wish.items ?? []).reduce((sum, item) => sum + item.qty * item.unitPriceFen, 0);
    const payFen = discountFen === null ? null : payAfter(fen(bill), discountFen);
    const [problem] = problems;
    const explain =
      problem?.text ??
      (discountFen === null || payFen === null
        ? '输入金额后计算优惠'
        : `应收 ${moneyText(fen(bill))}，券优惠 ${moneyText(discountFen)}，实收 ${moneyText(payFen)}`);
    return {
      couponId: coupon.id,
      code: coupon.code,
      face: face as NonNullable<typeof face>,
      memberText: await this.parts.redemptions.memberText(this.parts.database, actor.brandId, coupon.memberId),
      validText: `有效至 ${shanghaiText(coupon.validUntil)}`,
      isUsable: problems.length === 0,
      problems,
      discountFen,
      payFen,
      explain,
    };
  }

  async redeem(
    actor: GuideActor,
    wish: { code: string; amountFen: number; items?: RedeemedItem[]; expectedDiscountFen?: number },
    key: string,
  ): Promise<RedeemReceipt> {
    const done = await this.redeeming.redeem(counterOf(actor), { ...wish, clientKey: `guide:${actor.guideId}:${key}` });
    return this.receipt(actor, done);
  }

  async receipt(actor: Actor, done: Redemption): Promise<RedeemReceipt> {
    return (await this.views.receipts(actor, [done]))[0] as RedeemReceipt;
  }

  async reverse(actor: Actor, id: string, reason: string): Promise<RedeemReceipt> {
    return this.receipt(actor, await this.desk.reverse(actor, id, reason));
  }

  async sync(actor: GuideActor, uses: readonly OfflineUse[]): Promise<ResponseOf<typeof guideRoutes.syncRedemptions>> {
    const results = await this.offline.sync(counterOf(actor), uses);
    const shown: ResponseOf<typeof guideRoutes.syncRedemptions>['results'] = [];
    for (const { redemption, ...one } of results)
      shown.push({ ...one, receipt: redemption ? await this.receipt(actor, redemption) : null });
    return { results: shown };
  }

  listForGuide(actor: GuideActor, query: List & { mineOnly?: boolean }) {
    return this.list(actor, query, { storeIds: [actor.storeId], guideId: query.mineOnly ? actor.guideId : null });
  }

  async listForDesk(actor: Desk, query: List & { storeId?: string; from?: string; to?: string }) {
    const scope = await this.organization.scopeOf(actor);
    const wanted = query.storeId ? [(await this.organization.requireStore(actor, query.storeId as StoreId)).id] : null;
    return this.list(actor, query, {
      storeIds: wanted ?? (scope === 'ALL' ? null : scope),
      from: query.from ? new Date(startOfBusinessDay(query.from)) : null,
      to: query.to ? new Date(startOfBusinessDay(addDays(query.to, 1))) : null,
    });
  }

  private async list(actor: Actor, query: List, filter: Partial<RedemptionFilter>) {
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 20;
    const rows = await this.parts.redemptions.list(this.parts.database, actor.brandId, {
      storeIds: null,
      guideId: null,
      from: null,
      to: null,
      ...filter,
      before: before ?? null,
      limit,
    });
    const views = new Map((await this.views.receipts(actor, rows)).map((view) => [view.id, view]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as RedeemReceipt,
      (row) => makeCursor(row.id),
    );
  }
}

const counterOf = (actor: GuideActor): Counter => ({
  brandId: actor.brandId,
  storeId: actor.storeId,
  guideId: actor.guideId,
  channel: 'GUIDE',
  actor: actorLabel(actor),
});
