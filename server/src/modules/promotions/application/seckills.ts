import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { BodyOf, mallRoutes } from '@shuke/shared/contracts';
import { addFen, type BrandId, type Fen, type Id, type MemberId, mulFen, type StoreId } from '@shuke/shared/kernel';
import { TokenGate } from '../../../platform/admission/token-gate.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import type { AppError } from '../../../platform/errors/app-error.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { rowOf } from '../domain/play.js';
import type { SeckillTerms } from '../domain/plays/seckill.js';
import { SliceStore } from '../persistence/slice.store.js';
import { UseStore } from '../persistence/use.store.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';

type OrderWish = BodyOf<typeof mallRoutes.submitOrder>;

/** A wish for pieces of one slice. */
export interface SeckillWish {
  brandId: BrandId;
  storeId: StoreId;
  promotionId: Id<'promotion'>;
  name: string;
  skuId: Id<'sku'>;
  qty: number;
  sliceQty: number;
  memberLimit: number | null;
}

/** The right to try. It must be given back unless the order was written. */
export interface SeckillTicket {
  /** The order is written: its pieces are counted in the rows now. */
  used(): void;
  giveBack(): Promise<void>;
}

/** What the rows said about a slice. */
interface Truth {
  left: number;
  readAt: number;
}

const FRESH_MS = 200;
const WAIT_MS = 800;
/** How many more than the slice has left may try at once while Redis is away. */
const SPARE_TRIES = 50;

/**
 * Admission in front of a seckill. A token in Redis lets a buyer try; the rows alone decide. Whoever is turned away is told
 * the truth: "sold out" only when the rows have just said so, else "wait". A gate that Redis has lost is opened again from
 * the rows, and while Redis is away the rows are asked directly.
 */
@Injectable()
export class Seckills implements OnApplicationShutdown {
  private readonly uses = new UseStore();
  private readonly slices = new SliceStore();
  private readonly gate: TokenGate;
  private readonly truths = new Map<string, Truth>();
  private readonly reading = new Map<string, Promise<Truth>>();
  private readonly trying = new Map<string, number>();

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'REDIS_URL' | 'QUEUE_PREFIX'>,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Organization) private readonly organization: Organization,
  ) {
    this.gate = new TokenGate(config.REDIS_URL, config.QUEUE_PREFIX);
  }

  /**
   * The slice that a wish is for, or null for an ordinary order: one line, at the price of a live seckill (or naming it as
   * its activity), with nothing else that is held for it. No statement while the brand's snapshot is fresh.
   */
  async wished(brandId: BrandId, wish: OrderWish): Promise<SeckillWish | null> {
    const [line, ...more] = wish.lines;
    const isPlain = !wish.couponIds?.length && !wish.points && !wish.walletFen && !wish.activity?.sessionId;
    if (!line || more.length > 0 || !isPlain) return null;
    const storeId = wish.storeId as StoreId;
    const live = await this.promotions.live(brandId, storeId, this.clock.date());
    for (const { promotion } of live) {
      if (promotion.kind !== 'SECKILL') continue;
      const terms = promotion.terms as unknown as SeckillTerms;
      const row = rowOf(terms.items, line.skuId);
      if (!row || line.qty > terms.perOrder) continue;
      const isNamed = wish.activity?.promotionId === promotion.id;
      if (!isNamed && !(await this.isPriced(brandId, storeId, wish, mulFen(row.priceFen, line.qty)))) continue;
      const { id: promotionId, name, memberLimit } = promotion;
      const slice = { skuId: line.skuId as Id<'sku'>, qty: line.qty, sliceQty: row.sliceQty };
      return { brandId, storeId, promotionId, name, ...slice, memberLimit };
    }
    return null;
  }

  /** Whether the buyer saw the seckill's price, with or without freight. */
  private async isPriced(brandId: BrandId, storeId: StoreId, wish: OrderWish, goodsFen: Fen): Promise<boolean> {
    if (wish.expectedTotalFen === goodsFen) return true;
    const store = await this.organization.store(brandId, storeId);
    return store !== null && wish.expectedTotalFen === addFen(goodsFen, store.deliveryFeeFen);
  }

  /** The refusal of a member who has had all pieces that one person may have, or null. */
  async limitReached(wish: SeckillWish, memberId: MemberId): Promise<AppError | null> {
    const { brandId, promotionId, memberLimit, name } = wish;
    if (memberLimit === null) return null;
    const used = await this.uses.memberCounts(this.database, brandId, memberId, [promotionId]);
    if ((used.get(promotionId) ?? 0) + wish.qty <= memberLimit) return null;
    return refusePromotion('PROMOTION_USED_UP', { promotionId }, `「${name}」每人限 ${memberLimit} 件`);
  }

  /** The refusal of somebody whose prices no longer know the seckill because its pieces went meanwhile, or null. */
  async goneMeanwhile(wish: SeckillWish): Promise<AppError | null> {
    const { left } = await this.truth(wish);
    return left < wish.qty ? soldOut(wish) : null;
  }

  /**
   * Asks to try for pieces of a slice.
   * @throws AppError SECKILL_SOLD_OUT when the rows say that too few are left; SECKILL_WAIT with `retryAfterMs` when all
   *   that are left are being tried for
   */
  async enter(wish: SeckillWish): Promise<SeckillTicket> {
    const key = keyOf(wish);
    const answer = await this.gate.take(key, wish.qty);
    if (answer === 'TAKEN') return this.ticket(wish, true);
    if (answer === 'AWAY') return this.enterByRows(wish);
    const { left } = await this.truth(wish);
    if (left < wish.qty) {
      // Known from now on, so that the next one costs no statement.
      if (answer === 'UNKNOWN') await this.gate.open(key, Math.max(0, left));
      throw soldOut(wish);
    }
    if (answer === 'UNKNOWN') await this.gate.open(key, left);
    else {
      // Pieces came back, or a process died with tokens: what nobody here is trying for may be tried for again.
      const free = left - (this.trying.get(key) ?? 0);
      if (free < wish.qty || !(await this.gate.refill(key, free))) throw wait();
    }
    if ((await this.gate.take(key, wish.qty)) === 'TAKEN') return this.ticket(wish, true);
    throw wait();
  }

  /** Without Redis: the rows say what is left, and this process limits how many try at once. */
  private async enterByRows(wish: SeckillWish): Promise<SeckillTicket> {
    const { left } = await this.truth(wish);
    if (left < wish.qty) throw soldOut(wish);
    if ((this.trying.get(keyOf(wish)) ?? 0) + wish.qty > left + SPARE_TRIES) throw wait();
    return this.ticket(wish, false);
  }

  private ticket(wish: SeckillWish, hasToken: boolean): SeckillTicket {
    const key = keyOf(wish);
    this.count(key, wish.qty);
    let isOver = false;
    const end = () => {
      if (isOver) return false;
      isOver = true;
      this.count(key, -wish.qty);
      return true;
    };
    return {
      used: () => {
        // What was read before this commit says too much.
        this.truths.delete(key);
        end();
      },
      giveBack: async () => {
        if (end() && hasToken) await this.gate.give(key, wish.qty);
      },
    };
  }

  private count(key: string, pieces: number): void {
    const now = (this.trying.get(key) ?? 0) + pieces;
    if (now > 0) this.trying.set(key, now);
    else this.trying.delete(key);
  }

  /** What is left of a slice, read a moment ago at most; many who ask at once share one statement. */
  private async truth(wish: SeckillWish): Promise<Truth> {
    const key = keyOf(wish);
    const known = this.truths.get(key);
    if (known && performance.now() - known.readAt < FRESH_MS) return known;
    const running = this.reading.get(key);
    if (running) return running;
    const read = this.slices
      .left(this.database, wish)
      .then((left) => {
        const truth = { left, readAt: performance.now() };
        this.truths.set(key, truth);
        return truth;
      })
      .finally(() => this.reading.delete(key));
    this.reading.set(key, read);
    return read;
  }

  onApplicationShutdown(): void {
    this.gate.close();
  }
}

const keyOf = (wish: SeckillWish): string => `${wish.brandId}:${wish.promotionId}:${wish.storeId}:${wish.skuId}`;

const soldOut = ({ name, promotionId }: SeckillWish) =>
  refusePromotion('SECKILL_SOLD_OUT', { promotionId }, `「${name}」抢光了。有人没付款的话，名额会放回来`);

const wait = () => refusePromotion('SECKILL_WAIT', { retryAfterMs: WAIT_MS });
