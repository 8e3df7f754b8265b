import { Inject, Injectable } from '@nestjs/common';
import {
  businessDay,
  type Fen,
  fen,
  type StoreId,
  startOfBusinessDay,
  sumFen,
  yuanWords,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { WalletSettings } from '../../assets/index.js';
import {
  type Activity,
  capProblem,
  isFor,
  limitText,
  overLimit,
  stateOf,
  type Tier,
  tierText,
} from '../domain/tiers.js';
import { type CountedTopUp, TopUpStore } from '../persistence/top-up.store.js';
import { refuseTopUp } from './top-up-errors.js';
import { TopUpParts } from './top-up-parts.js';

/** A tier, or an amount of one's own. */
export interface TopUpChoice {
  tierId?: string;
  amountFen?: number;
}
export interface Offer {
  activity: Activity;
  tier: Tier;
}

/** What a member may top up: the tiers of running activities, within their limits and the caps of the law. */
@Injectable()
export class TopUpOffers {
  private readonly rows = new TopUpStore();

  constructor(
    @Inject(TopUpParts) private readonly parts: TopUpParts,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** What a member may top up now, with the reason where not. */
  async tiers(actor: Consumer, storeId: StoreId | null, now: Date) {
    const { brandId, memberId } = actor;
    const [activities, all, settings] = await Promise.all([
      this.rows.activities(this.database, brandId),
      this.rows.counted(this.database, brandId, memberId, now),
      this.parts.settings.wallet(brandId),
    ]);
    // What was left unpaid is given up when it stands in the way of another choice.
    const counted = all.filter((one) => one.comingFen === ZERO_FEN);
    const today = await this.standing(this.database, actor, now, counted);
    const items = activities
      .filter((one) => stateOf(one, now) === 'RUNNING' && isFor(one, storeId))
      .flatMap((activity) =>
        activity.body.tiers.map((tier) => {
          const reason = overLimit(activity, counted, now) ?? capProblem(settings, today, tier);
          return {
            id: tier.id,
            activityId: activity.id,
            version: activity.version,
            payFen: tier.payFen,
            bonusFen: tier.bonusFen,
            points: tier.points,
            couponTemplateId: tier.couponTemplateId,
            bonusDays: tier.bonusDays,
            text: tierText(tier),
            limitText: limitText(activity.body),
            isAvailable: reason === null,
            reason,
          };
        }),
      )
      .sort((a, b) => a.payFen - b.payFen);
    const room = Math.min(settings.balanceCapFen - today.balanceFen, settings.dailyCapFen - today.todayFen);
    return {
      items,
      customMinFen: settings.customMinFen,
      customMaxFen: Math.max(0, room),
      capText: `余额最多 ${yuanWords(fen(settings.balanceCapFen))} 元，每天最多充 ${yuanWords(fen(settings.dailyCapFen))} 元`,
      agreement: { version: settings.version, text: settings.agreementText },
      law: { name: settings.lawName, text: settings.lawText },
    };
  }

  /**
   * The tier that a member has chosen, or the amount they filled in. Limits and caps are checked under the lock of the
   * wallet, so that two top-ups at once cannot both fit.
   * @throws AppError TOP_UP_TIER, TOP_UP_LIMIT, TOP_UP_CAP, TOP_UP_AMOUNT
   */
  async choose(
    tx: Tx,
    actor: Consumer,
    storeId: StoreId,
    wish: TopUpChoice,
    settings: WalletSettings,
  ): Promise<Offer | Fen> {
    await this.parts.wallet.ledger.settle(tx, actor.brandId, 'WALLET', actor.memberId);
    const counted = await this.rows.counted(tx, actor.brandId, actor.memberId, tx.now);
    const today = await this.standing(tx, actor, tx.now, counted);
    if (!wish.tierId) {
      const payFen = fen(wish.amountFen ?? 0);
      if (payFen < settings.customMinFen)
        throw refuseTopUp('TOP_UP_AMOUNT', undefined, `自己填金额最少充 ${yuanWords(fen(settings.customMinFen))} 元`);
      const problem = capProblem(settings, today, { payFen, bonusFen: ZERO_FEN });
      if (problem) throw refuseTopUp('TOP_UP_CAP', undefined, problem);
      return payFen;
    }
    const found = (await this.rows.activities(tx, actor.brandId)).flatMap((activity): Offer[] =>
      activity.body.tiers.filter((tier) => tier.id === wish.tierId).map((tier) => ({ activity, tier })),
    )[0];
    if (!found || stateOf(found.activity, tx.now) !== 'RUNNING' || !isFor(found.activity, storeId))
      throw refuseTopUp('TOP_UP_TIER');
    const limit = overLimit(found.activity, counted, tx.now);
    if (limit) throw refuseTopUp('TOP_UP_LIMIT', undefined, limit);
    const problem = capProblem(settings, today, found.tier);
    if (problem) throw refuseTopUp('TOP_UP_CAP', undefined, problem);
    return found;
  }

  private async standing(on: Queryable, { brandId, memberId }: Consumer, now: Date, counted: readonly CountedTopUp[]) {
    const { balance } = await this.parts.wallet.ledger.account(on, brandId, memberId, 'WALLET');
    const since = startOfBusinessDay(businessDay(now.getTime()));
    return {
      // What waits for its money may be paid any moment: all of it together has to fit.
      balanceFen: balance + sumFen(counted.map((one) => one.comingFen)),
      todayFen: sumFen(counted.filter((one) => one.at.getTime() >= since).map((one) => one.payFen)),
    };
  }
}
