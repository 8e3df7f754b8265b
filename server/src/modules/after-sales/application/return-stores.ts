import { Inject, Injectable } from '@nestjs/common';
import type { AfterSaleWish, StoreCard } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Queryable } from '../../../platform/database/database.js';
import { Catalog, type SkuId } from '../../catalog/index.js';
import type { Order } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { Pictures } from '../../pictures/index.js';
import { refuseCase } from './after-sale-errors.js';

/** How goods come back, what they are exchanged for, and what proves their state. */
@Injectable()
export class ReturnStores {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Pictures) private readonly proof: Pictures,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /**
   * Stores that take an order's goods back: the one that sold them first, then the open ones of its city by distance. For a
   * store that is gone the others always stand in.
   */
  async of(order: Order, otherStores: boolean): Promise<StoreCard[]> {
    const stores = await this.organization.stores(order.brandId);
    const own = stores.find((store) => store.id === order.storeId);
    const others =
      otherStores || own?.status === 'CLOSED'
        ? stores.filter((store) => store.id !== order.storeId && store.status === 'OPEN' && store.city === own?.city)
        : [];
    const near = others
      .map((store) => this.organization.storeCard(store, own ?? null))
      .sort((a, b) => (a.distanceM ?? 0) - (b.distanceM ?? 0));
    const first = own && own.status !== 'CLOSED' ? [this.organization.storeCard(own, own)] : [];
    return [...first, ...near].slice(0, 30);
  }

  /** @throws AppError RETURN_STORE when the store takes nothing back */
  async wayOf(
    _on: Queryable,
    order: Order,
    wish: AfterSaleWish,
    otherStores: boolean,
  ): Promise<{ returnWay: 'CARRIER' | 'STORE'; returnStoreId: StoreId }> {
    const returnWay = wish.returnWay ?? 'CARRIER';
    const storeId = (wish.returnStoreId ?? order.storeId) as StoreId;
    const store = await this.organization.store(order.brandId, storeId);
    const isOwn = storeId === order.storeId;
    if (isOwn && (returnWay === 'CARRIER' || store?.status !== 'CLOSED')) return { returnWay, returnStoreId: storeId };
    const own = isOwn ? store : await this.organization.store(order.brandId, order.storeId);
    const isAllowed = otherStores || own?.status === 'CLOSED';
    if (returnWay !== 'STORE' || !isAllowed || store?.status !== 'OPEN') throw refuseCase('RETURN_STORE');
    return { returnWay, returnStoreId: storeId };
  }

  /** The colour and size to exchange for. @throws AppError EXCHANGE_SKU unless it is another SKU of the same product */
  async exchangeSpec(on: Queryable, order: Order, wish: AfterSaleWish): Promise<string> {
    const line = order.lines.find((one) => one.lineId === wish.lines[0]?.lineId);
    const skuId = wish.exchangeSkuId as SkuId | undefined;
    const sku = skuId ? await this.catalog.skuSpec(on, order.brandId, skuId) : null;
    if (!line || !sku || sku.productId !== line.productId || skuId === line.skuId) throw refuseCase('EXCHANGE_SKU');
    return `${sku.colour} ${sku.size}`;
  }

  pictures(on: Queryable, actor: Consumer, ids: readonly string[]): Promise<string[]> {
    return this.proof.urls(on, actor, 'AFTER_SALE', ids);
  }

  inHours(ms: number): Date {
    return new Date(this.clock.now() + ms);
  }
}
