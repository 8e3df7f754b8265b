import { Inject, Injectable } from '@nestjs/common';
import type { PromotionCheck, PromotionRun } from '@shuke/shared/contracts';
import {
  addDays,
  businessDay,
  DAY_MS,
  type Fen,
  moneyText,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import { inScope } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization, type Store } from '../../organization/index.js';
import { conflictsOf } from '../domain/conflicts.js';
import { playOf } from '../domain/plays/all-plays.js';
import { type LivePromotion, type Promotion, reaches, readyToPrice, scopeOf } from '../domain/promotion.js';
import { WhatIf } from '../domain/what-if.js';
import { worstPrice } from '../domain/worst-price.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { type ShelfRow, ShelfStore } from '../persistence/shelf.store.js';

type WorstRow = PromotionCheck['worst'][number];
const SHOWN = 50;
const MOST_ORDERS = 20_000;
/** Between so many SKUs other requests get their turn. */
const BREATHE_EVERY = 40;
const HONEST_DAYS = 7;

const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Looks at a draft before it is published: whom it meets, how low prices can fall, what it would have cost. */
@Injectable()
export class CheckPromotion {
  private readonly rows = new PromotionStore();
  private readonly shelf = new ShelfStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Conflicts, worst stacked prices and seven-day lows of a draft. */
  async check(draft: Promotion): Promise<PromotionCheck> {
    const { stores, others } = await this.around(draft);
    const shelf = await this.shelf.prices(
      this.database,
      draft.brandId,
      stores.map((store) => store.id),
    );
    const conflicts = conflictsOf(
      draft,
      others.map((one) => one.promotion),
      [...new Map(shelf.map((row) => [row.skuId, row])).values()],
      stores,
    );
    const scope = draft.kind === 'ADD_ON' ? new Set(playOf(draft.kind).skuIds(draft.terms)) : null;
    const mine = shelf.filter((row) => (scope ? scope.has(row.skuId) : inScope(scopeOf(draft), row)));
    const worst = await this.worst(readyToPrice(draft), others, mine, stores);
    const shown = [...worst].sort(
      (a, b) =>
        Number(b.isBelowFloor) - Number(a.isBelowFloor) ||
        Number(b.isDishonest) - Number(a.isDishonest) ||
        a.worstFen - a.floorFen - (b.worstFen - b.floorFen),
    );
    return {
      conflicts,
      worst: shown.slice(0, SHOWN),
      belowFloorCount: worst.filter((row) => row.isBelowFloor).length,
      dishonestCount: worst.filter((row) => row.isDishonest).length,
      checkedSkuCount: new Set(mine.map((row) => row.skuId)).size,
    };
  }

  /** The draft on the paid orders of so many days in its stores, at most twenty thousand; reads page by page. */
  async run(draft: Promotion, days: number): Promise<PromotionRun> {
    const { stores, others } = await this.around(draft);
    const byId = new Map(stores.map((store) => [store.id, store]));
    const storeIds = [...byId.keys()];
    const from = new Date(this.clock.now() - days * DAY_MS);
    const whatIf = new WhatIf(readyToPrice(draft), others);
    for (let after: string | null = '0'; after !== null && whatIf.orderCount < MOST_ORDERS; ) {
      const { orders, next }: Awaited<ReturnType<ShelfStore['pastOrders']>> = await this.shelf.pastOrders(
        this.database,
        draft.brandId,
        storeIds,
        from,
        after,
      );
      for (const order of orders) {
        const store = byId.get(order.storeId);
        if (store) whatIf.add({ ...order, store });
      }
      after = next;
    }
    return {
      id: this.ids.next<'promotion-run'>(),
      at: this.clock.date().toISOString(),
      days,
      orderCount: whatIf.orderCount,
      changedCount: whatIf.changedCount,
      discountFen: whatIf.discountFen,
      byBearer: [...whatIf.byBearer].map(([party, fen]) => ({ party, fen })),
      byStore: [...whatIf.byStore]
        .map(([storeId, row]) => ({ storeId, storeName: byId.get(storeId as StoreId)?.name ?? '', ...row }))
        .sort((a, b) => b.discountFen - a.discountFen)
        .slice(0, SHOWN),
      samples: whatIf.samples,
      isCurrent: true,
      check: await this.check(draft),
    };
  }

  private async around(draft: Promotion): Promise<{ stores: Store[]; others: LivePromotion[] }> {
    const stores = (await this.organization.stores(draft.brandId)).filter(
      (store) => store.status !== 'CLOSED' && reaches(draft, store),
    );
    const others = (await this.rows.live(this.database, draft.brandId, this.clock.date()))
      .filter((one) => one.id !== draft.id)
      .map(readyToPrice);
    return { stores, others };
  }

  private async worst(
    draft: LivePromotion,
    others: readonly LivePromotion[],
    shelf: readonly ShelfRow[],
    stores: readonly Store[],
  ): Promise<WorstRow[]> {
    const storeById = new Map(stores.map((store) => [store.id, store]));
    const lows = await this.lows(draft.promotion, shelf);
    const found: WorstRow[] = [];
    for (const [at, row] of shelf.entries()) {
      if (at % BREATHE_EVERY === BREATHE_EVERY - 1) await breathe();
      const store = storeById.get(row.storeId);
      if (!store) continue;
      const goods = { ...row, qty: 1, unitPriceFen: row.priceFen };
      const worst = worstPrice(draft, others, goods, store);
      if (!worst) continue;
      const offered = playOf(draft.promotion.kind).skuPriceFen(draft.promotion.terms, row.skuId, row.priceFen);
      found.push(worstRow(row, store, worst, lows.get(`${row.storeId}:${row.skuId}`) ?? null, offered));
    }
    return found;
  }

  private lows(draft: Promotion, shelf: readonly ShelfRow[]): Promise<Map<string, Fen>> {
    const start = businessDay(Math.min(draft.startsAt.getTime(), this.clock.now() + DAY_MS));
    return this.shelf.lows(
      this.database,
      draft.brandId,
      [...new Set(shelf.map((row) => row.storeId))],
      [...new Set(shelf.map((row) => row.skuId))],
      addDays(start, -HONEST_DAYS),
      start,
    );
  }
}

function worstRow(
  row: ShelfRow,
  store: Store,
  worst: { fen: Fen; by: string[] },
  low: Fen | null,
  offered: Fen | null,
): WorstRow {
  const isBelowFloor = worst.fen < row.floorFen;
  const isDishonest = offered !== null && low !== null && offered >= low;
  const text = isBelowFloor
    ? `叠加后最低 ${moneyText(worst.fen)}，低于底价 ${moneyText(row.floorFen)}`
    : isDishonest
      ? `活动价 ${moneyText(offered)} 不低于七天内的最低价 ${moneyText(low)}，不能说成降价`
      : `叠加后最低 ${moneyText(worst.fen)}`;
  return {
    storeId: store.id,
    storeName: store.name,
    skuId: row.skuId,
    skuCode: row.skuCode,
    name: row.name,
    priceFen: row.priceFen,
    worstFen: worst.fen,
    floorFen: row.floorFen,
    sevenDayLowFen: low,
    by: worst.by,
    isBelowFloor,
    isDishonest,
    text,
  };
}

/** First and last instant of a business day. */
export const dayBounds = (day: string): [Date, Date] => [
  new Date(startOfBusinessDay(day)),
  new Date(startOfBusinessDay(addDays(day, 1))),
];
