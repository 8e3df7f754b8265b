import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDay } from '@shuke/shared/kernel';
import { registerInvariants } from '../../../platform/invariants/invariant.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { Organization } from '../../organization/index.js';
import { registerPromotionRows } from '../persistence/member-rows.js';
import { PresaleStore } from '../persistence/presale.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { ShelfStore } from '../persistence/shelf.store.js';
import { promotionInvariants } from '../promotions.invariants.js';
import { Bargains } from './bargains.js';
import { dayBounds } from './check-promotion.js';
import { GroupSeats } from './group-seats.js';
import { Slices } from './slices.js';
import { PromotionTools } from './tools.js';

const MINUTE_MS = 60_000;
const KEPT_DAYS = 40;
const BATCH = 200;

/** What happens by itself: groups and bargains run out, tails fall due, slices are let go, the lowest prices of a day are noted. */
@Injectable()
export class PromotionSweeps implements OnModuleInit {
  private readonly unfollowed = new Setbacks();
  private readonly untold = new Setbacks();
  private readonly unforfeited = new Setbacks();
  private readonly presales = new PresaleStore();
  private readonly shelf = new ShelfStore();
  private readonly promotions = new PromotionStore();
  private readonly slices = new Slices();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(GroupSeats) private readonly seats: GroupSeats,
    @Inject(Bargains) private readonly bargains: Bargains,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  onModuleInit(): void {
    registerPromotionRows();
    registerInvariants(promotionInvariants);
    registerSweep({ name: 'promotions.groups', everyMs: MINUTE_MS / 4, run: () => this.seats.settleDue() });
    registerSweep({ name: 'promotions.bargains', everyMs: MINUTE_MS, run: () => this.bargains.expire() });
    registerSweep({ name: 'promotions.presales', everyMs: MINUTE_MS, run: () => this.lateTails() });
    registerSweep({ name: 'promotions.tails', everyMs: MINUTE_MS, run: () => this.dueTails() });
    registerSweep({ name: 'promotions.slices', everyMs: MINUTE_MS / 12, run: () => this.followSlices() });
    registerSweep({ name: 'promotions.lows', everyMs: 60 * MINUTE_MS, run: () => this.noteLows() });
  }

  /** What a seckill that is over has not sold is for everybody again. */
  followSlices(): Promise<number> {
    const { database, clock, unitOfWork } = this.tools;
    return eachDue(this.unfollowed, clock.date(), {
      label: 'let slices go',
      batch: 50,
      due: (limit) => this.promotions.stale(database, clock.date(), limit),
      nameOf: ({ id }) => id,
      work: ({ brand_id: brandId, id }) =>
        unitOfWork.run('promotions.slices', async (tx) => {
          const promotion = await this.promotions.lock(tx, brandId, id);
          if (promotion) await this.slices.follow(tx, promotion, await this.organization.stores(brandId));
          return true;
        }),
    });
  }

  /** Tails that can be paid from now on; each is told of once, by an event. */
  dueTails(): Promise<number> {
    const { database, clock, unitOfWork } = this.tools;
    return eachDue(this.untold, clock.date(), {
      label: 'tell of a tail',
      batch: BATCH,
      due: (limit) => this.presales.tailsToTell(database, clock.date(), limit),
      nameOf: ({ orderId }) => orderId,
      work: ({ brandId, orderId, storeId, memberId, tailFen }) =>
        unitOfWork.run('promotions.dueTail', async (tx) => {
          if (!(await this.presales.told(tx, brandId, orderId))) return false;
          tx.emit({ brandId, type: 'presale.tail-due', payload: { orderId, storeId, memberId, tailFen } });
          return true;
        }),
    });
  }

  /** A tail that was not paid in time: the deposit is kept or given back, as was agreed when it was paid. */
  lateTails(): Promise<number> {
    const { database, clock, unitOfWork } = this.tools;
    return eachDue(this.unforfeited, clock.date(), {
      label: 'end a late presale',
      batch: BATCH,
      due: (limit) => this.presales.late(database, clock.date(), limit),
      nameOf: ({ orderId }) => orderId,
      work: ({ brandId, orderId, storeId, memberId, depositFen, forfeits }) =>
        unitOfWork.run('promotions.lateTail', async (tx) => {
          if (!(await this.presales.move(tx, brandId, orderId, ['DEPOSIT_PAID'], 'FORFEITED'))) return false;
          const payload = { orderId, storeId, memberId, depositFen, refundsDeposit: !forfeits };
          tx.emit({ brandId, type: 'presale.tail-missed', payload });
          return true;
        }),
    });
  }

  /**
   * Notes today's and yesterday's lowest prices of every brand; idempotent, so a missed hour costs nothing.
   * @returns always 0: it reads the whole shelf each time and nothing else waits for it, so it never asks for another round
   */
  async noteLows(): Promise<number> {
    const { clock, unitOfWork } = this.tools;
    const today = businessDay(clock.now());
    for (const id of await this.organization.brandIds())
      for (const day of [addDays(today, -1), today]) {
        const [from, until] = dayBounds(day);
        await unitOfWork.run('promotions.noteLows', async (tx) => {
          await this.shelf.noteDeals(tx, id, day, from, until);
          // What the shelf asked is known only while it asks it.
          if (day === today) await this.shelf.noteShelf(tx, id, day);
          await this.shelf.forgetLows(tx, id, addDays(today, -KEPT_DAYS));
        });
      }
    return 0;
  }
}
