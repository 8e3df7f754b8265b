import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, posRoutes, ResponseOf, TillMember } from '@shuke/shared/contracts';
import type { MemberId } from '@shuke/shared/kernel';
import { standingProblem } from '../../coupons/index.js';
import { Devices, type Pos, refuseTill } from './devices.js';
import { TillAssets, TillParts } from './till-parts.js';

type Body<Name extends keyof typeof posRoutes> = BodyOf<(typeof posRoutes)[Name]>;

/** What a till asks while somebody stands at it: who that is, and what a basket costs. Nothing is written. */
@Injectable()
export class TillQuestions {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillAssets) private readonly assets: TillAssets,
    @Inject(TillParts) private readonly parts: TillParts,
  ) {}

  /** Who stands at the till; seven statements at most. @throws AppError TILL_STORE, TILL_MEMBER, CODE_* */
  async identify(actor: Pos, wish: Body<'identify'>): Promise<TillMember> {
    const { brandId } = actor;
    const { database, organization, clock } = this.devices;
    const store = await organization.storeByCode(brandId, wish.storeCode);
    if (!store) throw refuseTill('TILL_STORE');
    const memberId = await this.member(actor, wish);
    if (!memberId) throw refuseTill('TILL_MEMBER');
    const at = clock.date();
    const [profile, points, wallet, held] = await Promise.all([
      this.parts.members.profile(brandId, memberId),
      this.assets.points.balance(database, brandId, memberId),
      this.assets.wallet.balance(database, brandId, memberId),
      this.parts.coupons.held(database, brandId, memberId, at),
    ]);
    if (!profile) throw refuseTill('TILL_MEMBER');
    return {
      memberId,
      memberNo: profile.memberNo,
      nickname: profile.nickname,
      phoneMasked: profile.phoneMasked ?? null,
      levelName: profile.levelName,
      points: points.available,
      walletFen: wallet.availableFen,
      coupons: held.map((one) => ({
        couponId: one.id,
        code: one.code,
        name: one.name,
        validUntil: one.validUntil.toISOString(),
        problem: standingProblem(one, { at, storeId: store.id, channel: 'OFFLINE' })?.text ?? null,
      })),
    };
  }

  private async member({ brandId }: Pos, { kind, value }: Body<'identify'>): Promise<MemberId | null> {
    const { database, rows } = this.devices;
    if (kind === 'CODE') return (await this.assets.lookUps.lookUp(brandId, value)).memberId;
    if (kind === 'MEMBER_NO') return rows.memberByNo(database, brandId, value);
    const [found] = await this.parts.people.find(database, brandId, [
      kind === 'CARD' ? { cardNo: value } : { phone: value },
    ]);
    return found?.memberId ?? null;
  }

  /** A basket as the mall would price it for picking up in this store. */
  async price(actor: Pos, wish: Body<'price'>): Promise<ResponseOf<typeof posRoutes.price>> {
    const { brandId } = actor;
    const { database, organization } = this.devices;
    const store = await organization.storeByCode(brandId, wish.storeCode);
    if (!store) throw refuseTill('TILL_STORE');
    const codes = [...new Set(wish.lines.map((line) => line.skuCode))];
    const skus = await this.parts.sales.skusByCode(database, brandId, codes);
    const lines = wish.lines.flatMap(({ skuCode, qty }) => {
      const sku = skus.get(skuCode);
      return sku ? [{ skuId: sku.skuId, qty }] : [];
    });
    const { couponIds, points, walletFen } = wish;
    const buyer = wish.memberId
      ? { memberId: wish.memberId as MemberId, couponIds, points, walletFen, withOffers: true }
      : null;
    const quote = await this.parts.pricing.price(database, {
      brandId,
      store,
      lines,
      fulfil: 'PICKUP',
      ...(buyer ? { buyer } : {}),
    });
    const { priced } = quote;
    return {
      lines: quote.lines.map(({ skuCode, name, qty, unitPriceFen, amountFen, payableFen }) => ({
        skuCode,
        name,
        qty,
        unitPriceFen,
        amountFen,
        payableFen,
      })),
      goodsFen: quote.goodsFen,
      totalFen: quote.totalFen,
      walletFen: priced.walletFen,
      cashFen: priced.cashFen,
      steps: quote.steps.map((step) => `${step.label}：${step.explain}`),
      problems: quote.problems.map((problem) => problem.text),
      unknownSkus: codes.filter((code) => !skus.has(code)),
      bestCouponIds: [...(quote.offers?.coupons.couponIds ?? [])],
      pointsUsable: quote.offers?.points.usable ?? 0,
    };
  }
}
