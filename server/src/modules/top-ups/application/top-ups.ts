import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type Id, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError, refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { AssetSettings, type WalletSettings } from '../../assets/index.js';
import { Organization } from '../../organization/index.js';
import { tierText } from '../domain/tiers.js';
import { type TopUp, TopUpStore } from '../persistence/top-up.store.js';
import { GiveUpTopUps } from './give-up-top-ups.js';
import { refuseTopUp } from './top-up-errors.js';
import { type Offer, type TopUpChoice, TopUpOffers } from './top-up-offers.js';

const PAY_MS = 30 * 60_000;
/** What an earlier top-up that nobody paid may be the reason of. */
const IN_THE_WAY = new Set(['TOP_UP_LIMIT', 'TOP_UP_CAP']);

export interface TopUpWish extends TopUpChoice {
  storeId: string;
  agreementVersion: number;
  guideCode?: string;
}

/** Selling stored value: the tier's promise is frozen with the top-up, whatever becomes of the activity afterwards. */
@Injectable()
export class TopUps {
  readonly rows = new TopUpStore();

  constructor(
    @Inject(TopUpOffers) private readonly offers: TopUpOffers,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(GiveUpTopUps) private readonly givingUp: GiveUpTopUps,
  ) {}

  /**
   * Makes a top-up that waits for its money; the same key gives the same one. Where earlier ones that were never paid
   * stand in its way, they are given up first; one that turns out to be paid counts.
   * @throws AppError TOP_UP_STORE, TOP_UP_TIER, TOP_UP_LIMIT, TOP_UP_CAP, TOP_UP_AMOUNT, TOP_UP_AGREEMENT, NOT_FOUND
   */
  async create(actor: Consumer, wish: TopUpWish, key: string): Promise<TopUp> {
    const { brandId } = actor;
    const request = requestKey(brandId, `top-up:${actor.memberId}`, key, wish);
    const begun = this.ids.next<'top-up'>();
    const act = async () => {
      const store = await this.organization.requireStore(actor, wish.storeId as StoreId);
      if (store.status !== 'OPEN') throw refuseTopUp('TOP_UP_STORE');
      const guide = wish.guideCode ? await this.organization.guideByCode(brandId, wish.guideCode) : null;
      const settings = await this.settings.wallet(brandId);
      if (settings.version !== wish.agreementVersion) throw refuseTopUp('TOP_UP_AGREEMENT');
      return this.unitOfWork.run('top up', async (tx) => {
        const offer = await this.offers.choose(tx, actor, store.id, wish, settings);
        const draft = this.draft(tx, actor, store.id, offer, settings);
        await this.rows.insert(tx, { ...draft, guideId: guide?.id ?? null });
        await keepResult(tx, request, draft.id);
        return draft.id;
      });
    };
    const made = await once(this.database, request, act).catch(async (error: unknown) => {
      const isFull = error instanceof AppError && IN_THE_WAY.has(error.code);
      if (!isFull || !(await this.givingUp.ofMember(brandId, actor.memberId, begun))) throw error;
      return once(this.database, request, act);
    });
    return this.get(brandId, made);
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
}
