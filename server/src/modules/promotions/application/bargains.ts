import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { mallRoutes, ResponseOf } from '@shuke/shared/contracts';
import { businessDay, type Fen, type Id, type StoreId, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { isDuplicate } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog, type SkuId } from '../../catalog/index.js';
import { rowOf } from '../domain/play.js';
import type { BargainTerms } from '../domain/plays/bargain.js';
import { drawCuts } from '../domain/session-rules.js';
import { type Bargain, BargainStore } from '../persistence/bargain.store.js';
import { MallSessions } from './mall-sessions.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';
import { PromotionTools } from './tools.js';

type View = ResponseOf<typeof mallRoutes.bargain>;
const HOUR_MS = 3_600_000;

/** Begins bargains and takes the helps of friends. */
@Injectable()
export class Bargains {
  private readonly rows = new BargainStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(MallSessions) private readonly sessions: MallSessions,
  ) {}

  /** Begins a bargain, or answers with the one begun before. @throws AppError ACTIVITY_UNKNOWN */
  async start(actor: Consumer, wish: { promotionId: string; skuId: string; storeId: string }): Promise<View> {
    const { database, clock, unitOfWork, ids } = this.tools;
    const { brandId, memberId } = actor;
    const storeId = wish.storeId as StoreId;
    const live = await this.promotions.live(brandId, storeId, clock.date());
    const found = live.find((one) => one.id === wish.promotionId && one.promotion.kind === 'BARGAIN');
    const terms = found?.promotion.terms as BargainTerms | undefined;
    const row = terms && rowOf(terms.items, wish.skuId);
    const [offer] = await this.catalog.offers(database, brandId, storeId, [wish.skuId as SkuId]);
    if (!found || !terms || !row || !offer || offer.priceFen <= row.floorFen) throw refusePromotion('ACTIVITY_UNKNOWN');
    const startFen = offer.priceFen;
    const endsAt = Math.min(clock.now() + terms.hours * HOUR_MS, found.promotion.endsAt.getTime());
    try {
      await unitOfWork.run('promotions.bargain', (tx) =>
        this.rows.insert(tx, {
          brandId,
          id: ids.next<'bargain'>(),
          promotionId: found.id,
          storeId,
          skuId: wish.skuId,
          memberId,
          startFen,
          floorFen: row.floorFen,
          cuts: drawCuts(subFen(startFen, row.floorFen), terms.helps, (most) => randomInt(most)),
          expiresAt: new Date(endsAt),
        }),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const mine = await this.rows.mine(database, brandId, memberId, found.id, wish.skuId);
    if (!mine) throw refuse('CONFLICT');
    return this.sessions.bargain(actor, mine.id);
  }

  /**
   * Helps somebody once; the cuts were drawn when the bargain began, so the last one ends exactly at the floor.
   * @throws AppError BARGAIN_CLOSED, BARGAIN_OWN, BARGAIN_HELPED, BARGAIN_HELPED_TODAY
   */
  async help(actor: Consumer, id: Id): Promise<{ cutFen: Fen; bargain: View }> {
    const { brandId, memberId } = actor;
    const cutFen = await this.tools.unitOfWork.run('promotions.help', async (tx) => {
      const bargain = await this.rows.lock(tx, brandId, id);
      if (!bargain) throw refuse('NOT_FOUND');
      if (bargain.memberId === memberId) throw refusePromotion('BARGAIN_OWN');
      const day = businessDay(tx.now.getTime());
      const helped = await this.rows.helped(tx, brandId, id, memberId, day);
      if (helped.thisOne) throw refusePromotion('BARGAIN_HELPED');
      if (helped.today) throw refusePromotion('BARGAIN_HELPED_TODAY');
      if (bargain.state !== 'OPEN' || bargain.expiresAt <= tx.now) throw refusePromotion('BARGAIN_CLOSED');
      const cut = bargain.cuts[bargain.helpCount] ?? ZERO_FEN;
      await this.rows.addHelp(tx, bargain, memberId, day, cut).catch((error) => {
        throw isDuplicate(error) ? refusePromotion('BARGAIN_HELPED_TODAY') : error;
      });
      await this.rows.set(tx, helpedOnce(bargain, cut));
      return cut;
    });
    return { cutFen, bargain: await this.sessions.bargain(actor, id) };
  }

  /** Ends bargains whose time is up. */
  expire(): Promise<number> {
    return this.tools.unitOfWork.run('promotions.expireBargains', (tx) => this.rows.expire(tx, 500));
  }
}

/** A bargain after one more help. */
function helpedOnce(bargain: Bargain, cut: Fen): Bargain {
  const helpCount = bargain.helpCount + 1;
  const state = helpCount === bargain.cuts.length ? 'AT_FLOOR' : 'OPEN';
  return { ...bargain, nowFen: subFen(bargain.nowFen, cut), helpCount, state };
}
