import { Inject, Injectable } from '@nestjs/common';
import type { PriceChange, PricePlan } from '@shuke/shared/contracts';
import { fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { Organization } from '../../organization/index.js';
import { holds, isFurtherBelow } from '../domain/corridor.js';
import type { ProductId, SkuId } from '../domain/types.js';
import { type PlanRow, PriceStore, type ShownPlanRow } from '../persistence/price.store.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';
import { Reprice } from './reprice.js';

const LIMIT = 30;
const BATCH = 100;
type Query = { cursor?: string; limit?: number };

/** Store prices with a beginning and an end, and what became of prices before. */
@Injectable()
export class PricePlans {
  private readonly setbacks = new Setbacks();
  private readonly rows = new PriceStore();
  private readonly shelving = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Reprice) private readonly reprice: Reprice,
  ) {}

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async list(actor: Desk, storeId: StoreId, query: Query): Promise<{ items: PricePlan[]; nextCursor: string | null }> {
    const store = await this.organization.requireStore(actor, storeId);
    const limit = query.limit ?? LIMIT;
    const before = readCursor(query.cursor, [DIGITS])?.[0];
    const rows = await this.rows.plans(this.database, { brandId: actor.brandId, storeId, before, limit });
    return pageOf(
      rows,
      limit,
      (row) => planView(row, store.name),
      (row) => makeCursor(row.id),
    );
  }

  /**
   * Plans a price. The corridor is asked again when it begins, since it may have moved.
   * @throws AppError NOT_FOUND, PLAN_TIME, PLAN_OVERLAP, OUTSIDE_CORRIDOR, PRICE_NEEDS_APPROVAL
   */
  async add(
    actor: Desk,
    storeId: StoreId,
    wish: { skuId: string; priceFen: number; startsAt: string; endsAt?: string | null; note: string },
  ): Promise<PricePlan> {
    const { brandId } = actor;
    await this.organization.requireStore(actor, storeId);
    const { approvals } = (await this.organization.brand(brandId)).mall;
    const limit = actor.kind === 'franchisee' ? approvals.priceBelowListBp : null;
    const [startsAt, endsAt] = [new Date(wish.startsAt), wish.endsAt ? new Date(wish.endsAt) : null];
    const skuId = wish.skuId as SkuId;
    const id = this.ids.next<'plan'>();
    await this.unitOfWork.run('add price plan', async (tx) => {
      if (startsAt.getTime() < tx.now.getTime() - 60_000 || (endsAt && endsAt <= startsAt))
        throw refuseCatalog('PLAN_TIME');
      const productId = await this.shelving.productOfSku(tx, brandId, skuId);
      const product = productId && (await this.shelving.lockProduct(tx, brandId, productId));
      if (!productId || !product) throw refuse('NOT_FOUND');
      this.reprice.requireInside(product, fen(wish.priceFen));
      if (limit !== null && isFurtherBelow(product.listPriceFen, fen(wish.priceFen), limit))
        throw refuseCatalog('PRICE_NEEDS_APPROVAL');
      if (await this.rows.overlaps(tx, { brandId, storeId, skuId, startsAt, endsAt }))
        throw refuseCatalog('PLAN_OVERLAP');
      await this.rows.insertPlan(tx, {
        brand_id: brandId,
        id,
        store_id: storeId,
        sku_id: skuId,
        product_id: productId,
        price_fen: String(wish.priceFen),
        starts_at: startsAt,
        ends_at: endsAt,
        note: wish.note,
      });
    });
    return this.one(actor, storeId, id);
  }

  /** Cancels a plan that waits; one that is live ends now. @throws AppError NOT_FOUND, PLAN_OVER */
  async cancel(actor: Desk, storeId: StoreId, id: Id<'plan'>): Promise<PricePlan> {
    await this.organization.requireStore(actor, storeId);
    await this.unitOfWork.run('cancel price plan', async (tx) => {
      const plan = await this.lock(tx, actor.brandId, id);
      if (!plan || plan.store_id !== storeId) throw refuse('NOT_FOUND');
      if (plan.state === 'WAITING') await this.rows.movePlan(tx, plan, 'CANCELLED', { at: null });
      else if (plan.state === 'LIVE') await this.end(tx, plan, 'CANCELLED', actorLabel(actor));
      else throw refuseCatalog('PLAN_OVER');
    });
    return this.one(actor, storeId, id);
  }

  /** Every change that counted in a store. @throws AppError NOT_FOUND */
  async history(
    actor: Desk,
    storeId: StoreId,
    query: Query & { productId?: string },
  ): Promise<{ items: PriceChange[]; nextCursor: string | null }> {
    const store = await this.organization.requireStore(actor, storeId);
    const limit = query.limit ?? LIMIT;
    const rows = await this.rows.history(this.database, {
      brandId: actor.brandId,
      storeId,
      productId: query.productId as ProductId | undefined,
      before: readCursor(query.cursor, [DIGITS])?.[0],
      limit,
    });
    return pageOf(
      rows,
      limit,
      (row): PriceChange => ({
        id: row.id,
        at: row.at.toISOString(),
        storeId: row.store_id === '0' ? null : row.store_id,
        storeName: row.store_id === '0' ? null : store.name,
        skuCode: row.code,
        spec: `${row.colour} ${row.size}`,
        beforeFen: row.before_fen === null ? null : parseFen(row.before_fen),
        afterFen: row.after_fen === null ? null : parseFen(row.after_fen),
        cause: row.cause,
        by: row.by_whom,
      }),
      (row) => makeCursor(row.id),
    );
  }

  /** Begins and ends what is due; safe to run twice at once. */
  sweep(now: Date): Promise<number> {
    return eachDue(this.setbacks, now, {
      label: 'price plan',
      batch: BATCH,
      due: (limit) => this.rows.due(this.database, now, limit),
      nameOf: ({ id }) => id,
      work: ({ brand_id, id }) =>
        this.unitOfWork.run('price plan', async (tx) => {
          const plan = await this.lock(tx, brand_id, id);
          if (plan?.state === 'WAITING' && plan.starts_at <= tx.now) await this.begin(tx, plan);
          else if (plan?.state === 'LIVE' && plan.ends_at && plan.ends_at <= tx.now)
            await this.end(tx, plan, 'ENDED', 'plan');
          return true;
        }),
    });
  }

  /** The product is locked before the plan, as everywhere that prices change. */
  private async lock(tx: Tx, brandId: PlanRow['brand_id'], id: Id<'plan'>): Promise<PlanRow | null> {
    const productId = await this.rows.productOfPlan(tx, brandId, id);
    if (!productId) return null;
    await this.shelving.lockProduct(tx, brandId, productId);
    return this.rows.lockPlan(tx, brandId, id);
  }

  private async begin(tx: Tx, plan: PlanRow): Promise<void> {
    const product = await this.shelving.lockProduct(tx, plan.brand_id, plan.product_id);
    const priceFen = parseFen(plan.price_fen);
    // The corridor has moved since: headquarters' word counts, and the store sees that the plan was refused.
    if (!product || !holds(product, priceFen)) return this.rows.movePlan(tx, plan, 'REFUSED', { at: null });
    const beforeFen = await this.reprice.ofStore(tx, plan.brand_id, skuOf(plan), priceFen, 'PLAN_START', 'plan');
    await this.rows.movePlan(tx, plan, 'LIVE', { at: plan.ends_at, beforeFen });
  }

  private async end(tx: Tx, plan: PlanRow, to: 'ENDED' | 'CANCELLED', by: string): Promise<void> {
    const product = await this.shelving.lockProduct(tx, plan.brand_id, plan.product_id);
    const now = await this.rows.storePrice(tx, plan.brand_id, plan.store_id, plan.sku_id);
    const before = plan.before_fen === null ? null : parseFen(plan.before_fen);
    const back = before !== null && product && holds(product, before) ? before : null;
    // Somebody has set another price meanwhile: that one stays. A corridor that only pulled the plan's price along is no such.
    const isPlans =
      now === parseFen(plan.price_fen) ||
      (await this.rows.lastCause(tx, plan.brand_id, plan.store_id, plan.sku_id)) === 'PLAN_START';
    if (isPlans) await this.reprice.ofStore(tx, plan.brand_id, skuOf(plan), back, 'PLAN_END', by);
    await this.rows.movePlan(tx, plan, to, { at: null });
  }

  private async one(actor: Desk, storeId: StoreId, id: string): Promise<PricePlan> {
    const store = await this.organization.requireStore(actor, storeId);
    const [row] = await this.rows.plans(this.database, { brandId: actor.brandId, storeId, id, limit: 1 });
    if (!row) throw refuse('NOT_FOUND');
    return planView(row, store.name);
  }
}

const skuOf = (plan: PlanRow) => ({ storeId: plan.store_id, skuId: plan.sku_id, productId: plan.product_id });

const planView = (row: ShownPlanRow, storeName: string): PricePlan => ({
  id: row.id,
  storeId: row.store_id,
  storeName,
  skuId: row.sku_id,
  skuCode: row.code,
  productName: row.name,
  spec: `${row.colour} ${row.size}`,
  priceFen: parseFen(row.price_fen),
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at?.toISOString() ?? null,
  state: row.state,
  note: row.note,
});
