import { Inject, Injectable } from '@nestjs/common';
import type { ArrivalNotice, SoldOutOptions } from '@shuke/shared/contracts';
import { type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { isWithin, metresBetween, Organization, type Store } from '../../organization/index.js';
import type { Pieces } from '../domain/types.js';
import { ArrivalStore, type NoticeRow } from '../persistence/arrival.store.js';
import { ElsewhereStore } from '../persistence/elsewhere.store.js';
import { StockStore } from '../persistence/stock.store.js';
import { CrossStore } from './cross-store.js';
import { refuseStock } from './inventory-errors.js';

/** How many of the nearest stores are asked. */
const NEAR = 60;
const STORES_MAX = 10;
const SHOWN_MAX = 99;
const NOTICES_MAX = 100;
const LIMIT = 30;
const BATCH = 200;
/** How long those who were told first have the goods to themselves before the next in the row are told. */
const HEAD_START_MS = 2 * 3_600_000;

/** What to do when something is sold out: another store, another way, or a word when it is back. */
@Injectable()
export class SoldOut {
  private readonly others = new ElsewhereStore();
  private readonly arrivals = new ArrivalStore();
  private readonly stock = new StockStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(CrossStore) private readonly cross: CrossStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Stores within the visitor's reach only. @throws AppError NOT_FOUND */
  async options(
    actor: Actor,
    skuId: Id<'sku'>,
    given: { storeId: StoreId; latitude?: number; longitude?: number },
  ): Promise<SoldOutOptions> {
    const { brandId } = actor;
    const store = await this.organization.requireStore(actor, given.storeId);
    const from =
      given.latitude !== undefined && given.longitude !== undefined
        ? { latitude: given.latitude, longitude: given.longitude }
        : store;
    const reach = await this.organization.reachOf(actor);
    const fallback = await this.cross.sourcesFor(brandId, store.id);
    const near = (await this.organization.near(brandId, from, NEAR)).filter((one) => one.store.id !== store.id);
    const ids = [...new Set([...near.map((one) => one.store.id), ...(fallback?.storeIds ?? [])])];
    const found = await this.others.elsewhere(this.database, brandId, skuId, ids);
    const source = fallback?.storeIds.find((id) => found.get(id)?.for_delivery === 1);
    const sourceStore = source ? await this.organization.store(brandId, source) : null;
    const waiting =
      actor.kind === 'consumer'
        ? await this.arrivals.notices(this.database, brandId, actor.memberId, { storeId: store.id, skuId, limit: 1 })
        : [];
    return {
      stores: near
        .filter((one) => isWithin(reach, one.store.id) && found.has(one.store.id))
        .slice(0, STORES_MAX)
        .map(({ store: other }) => {
          const row = found.get(other.id);
          return {
            storeId: other.id,
            storeName: other.name,
            distanceM: metresBetween(from, other),
            priceFen: parseFen(row?.price_fen ?? '0'),
            available: Math.min(SHOWN_MAX, Number(row?.available ?? 0)),
            canPickup: other.canPickup && row?.for_pickup === 1,
            canShip: other.canShip && row?.for_delivery === 1,
          };
        }),
      fallback: sourceStore
        ? {
            storeId: sourceStore.id,
            storeName: sourceStore.name,
            text: `${store.name}暂时没货，可由${sourceStore.name}代发，价格不变`,
          }
        : null,
      isNotified: waiting[0]?.state === 'WAITING',
    };
  }

  /**
   * How many stores near a store, within the visitor's reach, have so many of each SKU; one statement.
   * @param wanted pieces that this store cannot give
   */
  async nearbyCounts(actor: Actor, store: Store, wanted: readonly Pieces[]): Promise<Map<Id<'sku'>, number>> {
    const reach = await this.organization.reachOf(actor);
    const ids = (await this.organization.near(actor.brandId, store, NEAR))
      .map((one) => one.store.id)
      .filter((id) => id !== store.id && isWithin(reach, id));
    const counts = new Map<Id<'sku'>, number>();
    if (ids.length === 0 || wanted.length === 0) return counts;
    const qtyOf = new Map(wanted.map((one) => [one.skuId, one.qty]));
    for (const row of await this.others.having(this.database, actor.brandId, [...qtyOf.keys()], ids))
      if (Number(row.available) >= (qtyOf.get(row.sku_id) ?? 1))
        counts.set(row.sku_id, (counts.get(row.sku_id) ?? 0) + 1);
    return counts;
  }

  /** Asks for a word when a SKU is back; asking again changes nothing. @throws AppError NOT_FOUND, NOTICES_FULL */
  async ask(actor: Consumer, storeId: StoreId, skuId: Id<'sku'>): Promise<ArrivalNotice> {
    const { brandId, memberId } = actor;
    await this.organization.requireStore(actor, storeId);
    const productId = await this.stock.productOfSku(this.database, brandId, skuId);
    if (!productId) throw refuse('NOT_FOUND');
    if ((await this.arrivals.waitingCount(this.database, brandId, memberId)) >= NOTICES_MAX)
      throw refuseStock('NOTICES_FULL');
    await this.unitOfWork.run('ask arrival', (tx) =>
      this.arrivals.askNotice(tx, { brandId, id: this.ids.next<'notice'>(), memberId, storeId, skuId, productId }),
    );
    const [row] = await this.arrivals.notices(this.database, brandId, memberId, { storeId, skuId, limit: 1 });
    if (!row) throw refuse('NOT_FOUND');
    return this.view(actor, row);
  }

  async list(
    actor: Consumer,
    query: { cursor?: string; limit?: number },
  ): Promise<{ items: ArrivalNotice[]; nextCursor: string | null }> {
    const limit = query.limit ?? LIMIT;
    const before = readCursor(query.cursor, [DIGITS])?.[0];
    const rows = await this.arrivals.notices(this.database, actor.brandId, actor.memberId, { before, limit });
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      (row) => makeCursor(row.id),
    );
    return { ...page, items: await Promise.all(page.items.map((row) => this.view(actor, row))) };
  }

  /** @throws AppError NOT_FOUND for somebody else's */
  async forget(actor: Consumer, id: Id<'notice'>): Promise<void> {
    const isMine = await this.unitOfWork.run('forget arrival', (tx) =>
      this.arrivals.cancelNotice(tx, actor.brandId, actor.memberId, id),
    );
    if (!isMine) throw refuse('NOT_FOUND');
  }

  /**
   * Tells of arrivals in the order in which they were asked for, as many people as there are pieces; each notice once, by an
   * event that whoever sends messages listens to. Pieces that are still there after a while are told to the next.
   */
  async sweep(): Promise<number> {
    const since = new Date(this.clock.now() - HEAD_START_MS);
    const arrived = await this.arrivals.arrived(this.database, since, BATCH);
    if (arrived.length === 0) return 0;
    return this.unitOfWork.run('arrivals', async (tx) => {
      let told = 0;
      for (const one of arrived) {
        if (!(await this.arrivals.markArrived(tx, one.brand_id, one.id))) continue;
        const { id: noticeId, member_id: memberId, store_id: storeId, sku_id: skuId } = one;
        tx.emit({ brandId: one.brand_id, type: 'stock.arrived', payload: { noticeId, memberId, storeId, skuId } });
        told += 1;
      }
      return told;
    });
  }

  private async view(actor: Consumer, row: NoticeRow): Promise<ArrivalNotice> {
    return {
      id: row.id,
      storeId: row.store_id,
      storeName: (await this.organization.store(actor.brandId, row.store_id))?.name ?? '',
      skuId: row.sku_id,
      productId: row.product_id,
      name: row.name,
      spec: `${row.colour} ${row.size}`,
      imageUrl: row.image_url,
      state: row.state,
      createdAt: row.created_at.toISOString(),
      arrivedAt: row.arrived_at?.toISOString() ?? null,
    };
  }
}
