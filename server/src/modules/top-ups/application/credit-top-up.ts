import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { pointsExpiry } from '../../assets/index.js';
import type { TemplateId } from '../../coupons/index.js';
import { type TopUp, TopUpStore } from '../persistence/top-up.store.js';
import { TopUpParts } from './top-up-parts.js';

/** Keeps what a paid top-up promised: its value in the wallet, its points and its coupon. */
@Injectable()
export class CreditTopUp {
  private readonly rows = new TopUpStore();

  constructor(@Inject(TopUpParts) private readonly parts: TopUpParts) {}

  /**
   * The money is here: principal and bonus become a pair of lots that carries the promise. The references make a second
   * call do nothing, so that a callback that comes twice credits once.
   */
  async run(tx: Tx, topUp: TopUp): Promise<void> {
    const { brandId, memberId, id, storeId } = topUp;
    if (!(await this.rows.move(tx, topUp, 'CREATED', 'CREDITED'))) return;
    const { activityId, activityVersion, agreementVersion, tierId, promise } = topUp;
    const terms = { topUpNo: topUp.topUpNo, activityId, activityVersion, agreementVersion, tierId, ...promise };
    const origin = { originKind: 'TOP_UP', originId: id, pairId: id, storeId, terms };
    const until = topUp.bonusDays === null ? null : new Date(tx.now.getTime() + topUp.bonusDays * DAY_MS);
    const title = promise.text;
    const cause = (part: string, name: string) => ({
      kind: 'TOP_UP',
      ref: `TOP_UP:${id}:${part}`,
      title: name,
      storeId,
    });
    await this.parts.wallet.ledger.credit(tx, brandId, 'WALLET', memberId, [
      { lot: { ...origin, kind: 'PRINCIPAL', amount: topUp.payFen, title }, cause: cause('P', `充值 · ${title}`) },
      {
        lot: { ...origin, kind: 'BONUS', amount: topUp.bonusFen, title, expiresAt: until },
        cause: cause('B', `赠金 · ${title}`),
      },
    ]);
    if (topUp.points > 0) {
      const expiresAt = pointsExpiry(await this.parts.points.rule(brandId), tx.now);
      const lot = { ...origin, kind: 'POINTS' as const, amount: topUp.points, title: '充值送积分', expiresAt };
      const why = { kind: 'GIFT', ref: `TOP_UP:${id}`, title: '充值送积分', storeId };
      await this.parts.points.ledger.credit(tx, brandId, 'POINTS', memberId, [{ lot, cause: why }]);
    }
    const { couponTemplateId, payFen, bonusFen, guideId } = topUp;
    if (couponTemplateId) await this.giveCoupon(tx, topUp, couponTemplateId as TemplateId);
    const payload = { topUpId: id, memberId, storeId, guideId, payFen, bonusFen, couponTemplateId };
    tx.emit({ brandId, type: 'top-up.credited', payload });
  }

  /** A coupon that can no longer be given does not stand in the way of the money; somebody hears of the broken promise. */
  private async giveCoupon(tx: Tx, { brandId, memberId, id, storeId }: TopUp, templateId: TemplateId): Promise<void> {
    const wish = { brandId, memberId, templateId, source: 'DESK' as const, sourceId: id, storeId, note: '充值赠送' };
    const given = await this.parts.coupons.tryIssue(tx, wish);
    if ('refusal' in given) {
      log.error({ topUp: id, code: given.refusal.code }, 'a top-up promised a coupon that could not be given');
      tx.emit({ brandId, type: 'top-up.gift-missing', payload: { topUpId: id, memberId, templateId } });
    }
  }
}
