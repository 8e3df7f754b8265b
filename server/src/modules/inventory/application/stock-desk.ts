import { Inject, Injectable } from '@nestjs/common';
import type { StockFeed, StoreListing, StoreTransfer } from '@shuke/shared/contracts';
import { type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { StoreListings } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { FeedStore } from '../persistence/feed.store.js';
import { ReportStore } from '../persistence/report.store.js';
import { StockStore } from '../persistence/stock.store.js';
import { TransferStore } from '../persistence/transfer.store.js';

const LIMIT = 50;
type Query = { storeId?: string; cursor?: string; limit?: number };

/** Stock at the desk beyond counting: feeds, drifts, goods sent across, and what stock is for. */
@Injectable()
export class StockDesk {
  private readonly rows = new FeedStore();
  private readonly sent = new TransferStore();
  private readonly reports = new ReportStore();
  private readonly stock = new StockStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(StoreListings) private readonly listings: StoreListings,
  ) {}

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async feeds(actor: Desk, storeId?: string): Promise<StockFeed[]> {
    const name = await this.names(actor);
    const rows = await this.rows.feeds(this.database, actor.brandId, await this.scope(actor, storeId));
    const alarms = await this.reports.lastAlarms(this.database, actor.brandId);
    return rows.map((row) => ({
      source: row.name ?? '',
      storeId: row.store_id,
      storeName: name(row.store_id),
      state: row.state,
      sequence: Number(row.sequence),
      missingFrom: row.missing_from === null ? null : Number(row.missing_from),
      lastSnapshotAt: row.last_snapshot_at?.toISOString() ?? null,
      lastMessageAt: row.last_message_at.toISOString(),
      driftRows: row.drift_rows,
      driftPieces: row.drift_pieces,
      alarms: alarms.get(`${row.source_id}/${row.store_id}`) ?? [],
    }));
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async drifts(actor: Desk, query: Query) {
    const [limit, before] = [query.limit ?? LIMIT, readCursor(query.cursor, [DIGITS])?.[0]];
    const name = await this.names(actor);
    const scope = await this.scope(actor, query.storeId);
    const rows = await this.rows.drifts(this.database, actor.brandId, scope, before, limit);
    return pageOf(
      rows,
      limit,
      (row) => ({
        id: row.id,
        storeId: row.store_id,
        storeName: name(row.store_id),
        skuCode: row.code,
        name: row.name,
        was: row.was,
        counted: row.counted,
        at: row.at.toISOString(),
      }),
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async transfers(actor: Desk, query: Query & { state?: StoreTransfer['state'] }) {
    const limit = query.limit ?? LIMIT;
    const name = await this.names(actor);
    const scope = await this.scope(actor, query.storeId);
    const before = readCursor(query.cursor, [DIGITS])?.[0];
    const rows = await this.sent.list(this.database, actor.brandId, scope, { state: query.state, before, limit });
    return pageOf(
      rows,
      limit,
      (row): StoreTransfer => ({
        id: row.id,
        orderId: row.order_id,
        orderNo: row.order_no,
        sellingStoreName: name(row.selling_store_id),
        shippingStoreId: row.shipping_store_id,
        shippingStoreName: name(row.shipping_store_id),
        lineText: `${row.name} ${row.code}`,
        qty: row.qty,
        costBearer: row.cost_bearer,
        costFen: parseFen(row.cost_fen),
        state: row.state,
        createdAt: row.created_at.toISOString(),
        sentAt: row.sent_at?.toISOString() ?? null,
      }),
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND for a foreign store, and for a SKU of which the store keeps no stock */
  async setChannels(
    actor: Desk,
    storeId: StoreId,
    skuId: Id<'sku'>,
    channels: { forPickup: boolean; forDelivery: boolean },
  ): Promise<StoreListing> {
    await this.organization.requireStore(actor, storeId);
    const productId = await this.unitOfWork.run('set channels', async (tx) => {
      const row = await this.stock.lock(tx, actor.brandId, storeId, skuId);
      if (!row) throw refuse('NOT_FOUND');
      await this.stock.setChannels(tx, actor.brandId, { storeId, skuId, ...channels });
      return row.productId;
    });
    return this.listings.one(actor.brandId, storeId, productId);
  }

  private async scope(actor: Desk, storeId: string | undefined): Promise<StoreId[] | 'ALL'> {
    if (!storeId) return this.organization.scopeOf(actor);
    return [(await this.organization.requireStore(actor, storeId as StoreId)).id];
  }

  private async names(actor: Desk): Promise<(id: StoreId) => string> {
    const { storeById } = await this.organization.snapshot(actor.brandId);
    return (id) => storeById.get(id)?.name ?? '';
  }
}
