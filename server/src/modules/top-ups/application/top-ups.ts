import { Inject, Injectable } from '@nestjs/common';
import {
  type BrandId,
  businessDay,
  type Fen,
  fen,
  type Id,
  type StoreId,
  startOfBusinessDay,
  sumFen,
  yuanText,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { AssetSettings, Points, pointsExpiry, Wallet, type WalletSettings } from '../../assets/index.js';
import { Coupons, type TemplateId } from '../../coupons/index.js';
import { Organization } from '../../organization/index.js';
import { type Activity, capProblem, limitText, stateOf, type Tier, tierText } from '../domain/tiers.js';
import { type TopUp, TopUpStore } from '../persistence/top-up.store.js';
import { refuseTopUp } from './top-up-errors.js';

const PAY_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

export interface TopUpWish {
  storeId: string;
  tierId?: string;
  amountFen?: number;
  agreementVersion: number;
  guideCode?: string;
}
interface Offer {
  activity: Activity;
  tier: Tier;
}

/** What top-ups need of the assets. */
@Injectable()
export class TopUpParts {
  constructor(
    @Inject(Wallet) readonly wallet: Wallet,
    @Inject(Points) readonly points: Points,
    @Inject(AssetSettings) readonly settings: AssetSettings,
    @Inject(Coupons) readonly coupons: Coupons,
  ) {}
}

/** Selling stored value: the tier's promise is frozen with the top-up, whatever becomes of the activity afterwards. */
@Injectable()
export class TopUps {
  readonly rows = new TopUpStore();

  constructor(
    @Inject(TopUpParts) private readonly parts: TopUpParts,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** What a member may top up now, with the reason where not. */
  async tiers(actor: Consumer, storeId: StoreId | null, now: Date) {
    const { brandId, memberId } = actor;
    const [activities, counted, settings, today] = await Promise.all([
      this.rows.activities(this.database, brandId),
      this.rows.counted(this.database, brandId, memberId, now),
      this.parts.settings.wallet(brandId),
      this.standing(this.database, actor, now),
    ]);
    const items = activities
      .filter((one) => stateOf(one, now) === 'RUNNING' && isIn(one, storeId))
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
      capText: `余额最多 ${settings.balanceCapFen / 100} 元，每天最多充 ${settings.dailyCapFen / 100} 元`,
      agreement: { version: settings.version, text: settings.agreementText },
      law: { name: settings.lawName, text: settings.lawText },
    };
  }

  /**
   * Makes a top-up that waits for its money; the same key gives the same one.
   * @throws AppError TOP_UP_STORE, TOP_UP_TIER, TOP_UP_LIMIT, TOP_UP_CAP, TOP_UP_AMOUNT, TOP_UP_AGREEMENT, NOT_FOUND
   */
  async create(actor: Consumer, wish: TopUpWish, key: string): Promise<TopUp> {
    const { brandId } = actor;
    const request = requestKey(brandId, `top-up:${actor.memberId}`, key, wish);
    const made = await once(this.database, request, async () => {
      const store = await this.organization.requireStore(actor, wish.storeId as StoreId);
      if (store.status !== 'OPEN') throw refuseTopUp('TOP_UP_STORE');
      const guide = wish.guideCode ? await this.organization.guideByCode(brandId, wish.guideCode) : null;
      const settings = await this.parts.settings.wallet(brandId);
      if (settings.version !== wish.agreementVersion) throw refuseTopUp('TOP_UP_AGREEMENT');
      return this.unitOfWork.run('top up', async (tx) => {
        const offer = await this.offer(tx, actor, store.id, wish, settings);
        const draft = this.draft(tx, actor, store.id, offer, settings);
        await this.rows.insert(tx, { ...draft, guideId: guide?.id ?? null });
        await keepResult(tx, request, draft.id);
        return draft.id;
      });
    });
    return this.get(brandId, made);
  }

  /** Checks limits and caps under the lock of the wallet, so that two top-ups at once cannot both fit. */
  private async offer(tx: Tx, actor: Consumer, storeId: StoreId, wish: TopUpWish, settings: WalletSettings) {
    await this.parts.wallet.ledger.settle(tx, actor.brandId, 'WALLET', actor.memberId);
    const today = await this.standing(tx, actor, tx.now);
    if (!wish.tierId) {
      const payFen = fen(wish.amountFen ?? 0);
      if (payFen < settings.customMinFen)
        throw refuseTopUp('TOP_UP_AMOUNT', undefined, `自己填金额最少充 ${yuanText(fen(settings.customMinFen))} 元`);
      const problem = capProblem(settings, today, { payFen, bonusFen: ZERO_FEN });
      if (problem) throw refuseTopUp('TOP_UP_CAP', undefined, problem);
      return payFen;
    }
    const found = (await this.rows.activities(tx, actor.brandId)).flatMap((activity): Offer[] =>
      activity.body.tiers.filter((tier) => tier.id === wish.tierId).map((tier) => ({ activity, tier })),
    )[0];
    if (!found || stateOf(found.activity, tx.now) !== 'RUNNING' || !isIn(found.activity, storeId))
      throw refuseTopUp('TOP_UP_TIER');
    const limit = overLimit(found.activity, await this.rows.counted(tx, actor.brandId, actor.memberId, tx.now), tx.now);
    if (limit) throw refuseTopUp('TOP_UP_LIMIT', undefined, limit);
    const problem = capProblem(settings, today, found.tier);
    if (problem) throw refuseTopUp('TOP_UP_CAP', undefined, problem);
    return found;
  }

  private draft(tx: Tx, actor: Consumer, storeId: StoreId, offer: Offer | Fen, settings: WalletSettings): TopUp {
    const id = this.ids.next<'top-up'>();
    const plain = { payFen: ZERO_FEN, bonusFen: ZERO_FEN, points: 0, couponTemplateId: null, bonusDays: null };
    const { activity, tier } =
      typeof offer === 'number' ? { activity: null, tier: { ...plain, id: null, payFen: offer } } : offer;
    return {
      brandId: actor.brandId,
      id,
      topUpNo: `T${id}`,
      memberId: actor.memberId,
      storeId,
      guideId: null,
      state: 'CREATED',
      payFen: tier.payFen,
      bonusFen: tier.bonusFen,
      points: tier.points,
      couponTemplateId: tier.couponTemplateId,
      tierId: tier.id,
      bonusDays: tier.bonusDays,
      activityId: activity?.id ?? null,
      activityVersion: activity?.version ?? null,
      agreementVersion: settings.version,
      promise: {
        text: tierText({ ...plain, ...tier }),
        activityName: activity?.body.name ?? null,
        policy: settings.policy,
      },
      refundedFen: ZERO_FEN,
      createdAt: tx.now,
      dueAt: new Date(tx.now.getTime() + PAY_MS),
      creditedAt: null,
    };
  }

  /**
   * The money is here: principal and bonus become a pair of lots that carries the promise. The references make a second
   * call do nothing, so that a callback that comes twice credits once.
   */
  async credit(tx: Tx, topUp: TopUp): Promise<void> {
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

  /** @throws AppError NOT_FOUND */
  async get(brandId: BrandId, id: Id): Promise<TopUp> {
    const found = await this.rows.find(this.database, brandId, id);
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }

  /** One of the consumer's own. @throws AppError NOT_FOUND */
  async own(actor: Consumer, id: Id): Promise<TopUp> {
    const found = await this.get(actor.brandId, id);
    if (found.memberId !== actor.memberId) throw refuse('NOT_FOUND');
    return found;
  }

  private async standing(on: Queryable, { brandId, memberId }: Consumer, now: Date) {
    const { balance } = await this.parts.wallet.ledger.account(on, brandId, memberId, 'WALLET');
    const since = startOfBusinessDay(businessDay(now.getTime()));
    const counted = await this.rows.counted(on, brandId, memberId, now);
    return {
      // What waits for its money may be paid any moment: all of it together has to fit.
      balanceFen: balance + sumFen(counted.map((one) => one.comingFen)),
      todayFen: sumFen(counted.filter((one) => one.at.getTime() >= since).map((one) => one.payFen)),
    };
  }
}

const isIn = (activity: Activity, storeId: StoreId | null): boolean =>
  activity.body.storeIds === null || (storeId !== null && activity.body.storeIds.includes(storeId));

function overLimit(
  activity: Activity,
  counted: readonly { activityId: string | null; at: Date }[],
  now: Date,
): string | null {
  const { perMemberTimes, perMemberDays } = activity.body;
  if (perMemberTimes === null) return null;
  const since = perMemberDays === null ? 0 : now.getTime() - perMemberDays * DAY_MS;
  const times = counted.filter((one) => one.activityId === activity.id && one.at.getTime() > since).length;
  return times >= perMemberTimes ? `${limitText(activity.body)}，你已经参加过了` : null;
}
