import { Inject, Injectable } from '@nestjs/common';
import type {
  ConsolePromotion,
  PromotionCheck,
  PromotionDetail,
  PromotionInput,
  PromotionRun,
} from '@shuke/shared/contracts';
import { type Id, moneyText, type StoreId, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { monthOf } from '../domain/counters.js';
import { type Promotion, type PromotionId, stateAt } from '../domain/promotion.js';
import { EffectStore } from '../persistence/effect.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { CheckPromotion } from './check-promotion.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';
import { readPromotion } from './read-promotion.js';
import { SeePromotions } from './see-promotions.js';
import { Slices } from './slices.js';
import { PromotionTools } from './tools.js';

type Move = 'pause' | 'resume' | 'end';
const nameOf = (actor: Desk) => actor.name || actorLabel(actor);

/** What a desk does with promotions: drafting, checking, publishing, and changing what is published. */
@Injectable()
export class PromotionDesk {
  private readonly rows = new PromotionStore();
  private readonly effects = new EffectStore();
  private readonly slices = new Slices();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(CheckPromotion) private readonly checks: CheckPromotion,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(SeePromotions) private readonly see: SeePromotions,
  ) {}

  one(actor: Desk, id: Id): Promise<PromotionDetail> {
    return this.see.one(actor, id);
  }

  /** @throws AppError PROMOTION_INCOMPLETE, NOT_FOUND for a foreign store */
  async create(actor: Desk, input: PromotionInput): Promise<PromotionDetail> {
    const id = this.tools.ids.next<'promotion'>();
    const draft = await this.read(actor, input, id);
    await this.tools.unitOfWork.run('promotions.create', (tx) => this.rows.insert(tx, draft, nameOf(actor)));
    return this.one(actor, id);
  }

  /** @throws AppError PROMOTION_NOT_DRAFT, CONFLICT when somebody else has changed it meanwhile */
  async update(actor: Desk, id: Id, version: number, input: PromotionInput): Promise<PromotionDetail> {
    const old = await this.see.own(actor, id);
    if (old.state !== 'DRAFT') throw refusePromotion('PROMOTION_NOT_DRAFT');
    const draft = { ...(await this.read(actor, input, old.id)), franchiseeId: old.franchiseeId };
    await this.tools.unitOfWork.run('promotions.update', async (tx) => {
      if (!(await this.rows.update(tx, draft, version))) throw refuse('CONFLICT');
    });
    return this.one(actor, id);
  }

  async remove(actor: Desk, id: Id): Promise<void> {
    await this.see.own(actor, id);
    await this.tools.unitOfWork.run('promotions.remove', async (tx) => {
      if (!(await this.rows.remove(tx, actor.brandId, id))) throw refusePromotion('PROMOTION_NOT_DRAFT');
    });
  }

  async check(actor: Desk, id: Id): Promise<PromotionCheck> {
    return this.checks.check(await this.see.own(actor, id));
  }

  /** Runs the draft on past orders and keeps the result with the version that it was run for. */
  async run(actor: Desk, id: Id, days: number): Promise<PromotionRun> {
    const draft = await this.see.own(actor, id);
    const result = await this.checks.run(draft, days);
    await this.tools.unitOfWork.run('promotions.run', (tx) =>
      this.rows.addRun(tx, draft, result.id, result, nameOf(actor)),
    );
    return result;
  }

  /**
   * Publishes a draft whose present version has been run on past orders.
   * @throws AppError PROMOTION_NEEDS_RUN, PROMOTION_BELOW_FLOOR, ENVELOPE_TOO_SMALL, PROMOTION_OVER, PROMOTION_NO_STOCK
   */
  async publish(
    actor: Desk,
    id: Id,
    accept: { acceptsBelowFloor?: boolean; reason?: string },
  ): Promise<PromotionDetail> {
    await this.see.own(actor, id);
    await this.change(actor, id, 'promotions.publish', async (tx, draft) => {
      if (draft.state === 'PUBLISHED') return;
      if (draft.state !== 'DRAFT') throw refusePromotion('PROMOTION_STATE');
      if (draft.endsAt <= tx.now) throw refusePromotion('PROMOTION_OVER', undefined, '结束时间已经过了，先改时间');
      const run = await this.rows.lastRun<PromotionRun>(tx, draft.brandId, draft.id);
      if (!run || run.version !== draft.version) throw refusePromotion('PROMOTION_NEEDS_RUN');
      const { belowFloorCount, dishonestCount } = run.result.check;
      if (dishonestCount > 0)
        throw refusePromotion(
          'PROMOTION_BELOW_FLOOR',
          { dishonestCount },
          `有 ${dishonestCount} 个价格不低于七天内的最低价`,
        );
      // Only headquarters may sell below its own floor, and says why.
      const mayAccept = actor.kind === 'hq' && accept.acceptsBelowFloor === true && Boolean(accept.reason?.trim());
      if (belowFloorCount > 0 && !mayAccept) throw refusePromotion('PROMOTION_BELOW_FLOOR', { belowFloorCount });
      await this.requireEnvelope(tx, draft);
      await this.rows.setState(tx, draft, 'PUBLISHED', accept.reason?.trim() || null);
      const without = await this.setAside(tx, { ...draft, state: 'PUBLISHED' });
      if (without.length > 0) throw refusePromotion('PROMOTION_NO_STOCK', { skuIds: without });
    });
    return this.one(actor, id);
  }

  /** Pauses, goes on or ends for good; doing it again changes nothing. @throws AppError PROMOTION_STATE */
  async move(actor: Desk, id: Id, move: Move): Promise<PromotionDetail> {
    await this.see.own(actor, id);
    await this.change(actor, id, `promotions.${move}`, async (tx, promotion) => {
      const to = { pause: 'PAUSED', resume: 'PUBLISHED', end: 'ENDED' } as const;
      if (promotion.state === to[move]) return;
      const from = { pause: ['PUBLISHED'], resume: ['PAUSED'], end: ['PUBLISHED', 'PAUSED'] }[move];
      if (!from.includes(promotion.state)) throw refusePromotion('PROMOTION_STATE');
      await this.rows.setState(tx, promotion, to[move]);
      await this.setAside(tx, { ...promotion, state: to[move] });
    });
    return this.one(actor, id);
  }

  /** Moves the end of a published promotion that is not over. @throws AppError PROMOTION_STATE */
  async extend(actor: Desk, id: Id, endsAt: Date): Promise<PromotionDetail> {
    await this.see.own(actor, id);
    await this.change(actor, id, 'promotions.extend', async (tx, promotion) => {
      const state = stateAt(promotion, tx.now);
      if (state === 'DRAFT' || state === 'ENDED' || endsAt <= promotion.startsAt || endsAt <= tx.now)
        throw refusePromotion('PROMOTION_STATE');
      await this.rows.setEnd(tx, promotion, endsAt);
      await this.setAside(tx, { ...promotion, endsAt });
    });
    return this.one(actor, id);
  }

  /** Takes a store out of a promotion or back in; franchisees do it for their own stores. */
  async setStore(actor: Desk, id: Id, storeId: StoreId, takesPart: boolean): Promise<ConsolePromotion> {
    await this.organization.requireStore(actor, storeId);
    await this.see.visible(actor, id);
    await this.change(actor, id, 'promotions.setStore', async (tx, promotion) => {
      const others = promotion.optedOut.filter((one) => one !== storeId);
      const optedOut = takesPart ? others : [...others, storeId];
      await this.rows.setOptedOut(tx, promotion, optedOut);
      await this.setAside(tx, { ...promotion, optedOut });
    });
    const promotion = await this.see.visible(actor, id);
    const [view] = await this.see.views(actor, [promotion], this.tools.clock.date());
    return view as ConsolePromotion;
  }

  private async read(actor: Desk, input: PromotionInput, id: PromotionId) {
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : null;
    for (const storeId of new Set(input.storeIds ?? []))
      await this.organization.requireStore(actor, storeId as StoreId);
    return readPromotion(input, { brandId: actor.brandId, id, franchiseeId });
  }

  private async requireEnvelope(tx: Tx, draft: Promotion): Promise<void> {
    if (draft.franchiseeId === null) return;
    const month = monthOf(new Date(Math.max(draft.startsAt.getTime(), tx.now.getTime())));
    const envelope = (await this.effects.envelopes(tx, draft.brandId, month)).get(draft.franchiseeId);
    const left = envelope ? subFen(envelope.budgetFen, envelope.usedFen) : ZERO_FEN;
    if ((draft.budgetFen ?? 0) > left)
      throw refusePromotion('ENVELOPE_TOO_SMALL', { leftFen: left }, `${month} 的活动额度还剩 ${moneyText(left)}`);
  }

  /** The goods of a seckill follow its state, in the transaction that changes it. */
  private async setAside(tx: Tx, promotion: Promotion): Promise<string[]> {
    return this.slices.follow(tx, promotion, await this.organization.stores(promotion.brandId));
  }

  private async change(
    actor: Desk,
    id: Id,
    label: string,
    act: (tx: Tx, promotion: Promotion) => Promise<void>,
  ): Promise<void> {
    await this.tools.unitOfWork.run(label, async (tx) => {
      const promotion = await this.rows.lock(tx, actor.brandId, id);
      if (!promotion) throw refuse('NOT_FOUND');
      await act(tx, promotion);
      tx.afterCommit(() => this.promotions.forget(actor.brandId));
    });
  }
}
