import { Inject, Injectable } from '@nestjs/common';
import type { Approval } from '@shuke/shared/contracts';
import { type BrandId, fen, type Id, type StoreId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import type { ProductId, SkuId } from '../domain/types.js';
import { toShelve } from '../events/to-shelve.js';
import {
  type ApprovalDraft,
  type ApprovalRow,
  type ApprovalState,
  ApprovalStore,
} from '../persistence/approval.store.js';
import { ProductEditStore } from '../persistence/product-edit.store.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';
import { Reprice } from './reprice.js';

const LIMIT = 30;

/** What franchisees ask headquarters for, and what happens when it is granted. */
@Injectable()
export class Approvals {
  private readonly rows = new ApprovalStore();
  private readonly shelving = new ShelvingStore();
  private readonly products = new ProductEditStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Reprice) private readonly reprice: Reprice,
  ) {}

  /**
   * Asks in the caller's transaction.
   * @throws AppError ALREADY_ASKED while the same is still open
   */
  async ask(
    tx: Tx,
    actor: Desk,
    wish: Omit<ApprovalDraft, 'id' | 'franchisee_id' | 'asked_by'>,
  ): Promise<Id<'approval'>> {
    const id = this.ids.next<'approval'>();
    const franchisee_id = actor.kind === 'franchisee' ? actor.franchiseeId : null;
    const isNew = await this.rows.insert(tx, actor.brandId, { ...wish, id, franchisee_id, asked_by: actor.name });
    if (!isNew) throw refuseCatalog('ALREADY_ASKED');
    tx.emit({ brandId: actor.brandId, type: 'approval.asked', payload: { approvalId: id, kind: wish.kind } });
    return id;
  }

  /** Asks to take a product off a store's shelf. @throws AppError NOT_FOUND, ALREADY_ASKED */
  async askDelisting(actor: Desk, storeId: StoreId, productId: ProductId, reason: string): Promise<Approval> {
    const store = await this.organization.requireStore(actor, storeId);
    const id = await this.unitOfWork.run('ask delisting', async (tx) => {
      const product = await this.shelving.lockProduct(tx, actor.brandId, productId);
      if (!product) throw refuse('NOT_FOUND');
      return this.ask(tx, actor, {
        kind: 'DELIST',
        store_id: storeId,
        subject_id: productId,
        payload: {},
        title: `申请在 ${store.name} 下架「${product.name}」`,
        detail: '',
        reason,
      });
    });
    return this.one(actor, id);
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async list(
    actor: Desk,
    query: { state?: ApprovalState; storeId?: string; cursor?: string; limit?: number },
  ): Promise<{ items: Approval[]; nextCursor: string | null }> {
    if (query.storeId) await this.organization.requireStore(actor, query.storeId as StoreId);
    const limit = query.limit ?? LIMIT;
    const rows = await this.rows.list(this.database, {
      brandId: actor.brandId,
      franchiseeId: actor.kind === 'franchisee' ? actor.franchiseeId : null,
      storeId: query.storeId as StoreId | undefined,
      state: query.state,
      before: readCursor(query.cursor, [DIGITS])?.[0],
      limit,
    });
    const views = await this.views(actor.brandId, rows);
    return pageOf(
      views,
      limit,
      (view) => view,
      (view) => makeCursor(view.id),
    );
  }

  /** Headquarters decides; granting does what was asked for, in the same transaction. @throws AppError NOT_FOUND, DECIDED_ALREADY, OUTSIDE_CORRIDOR */
  async decide(actor: Desk, id: Id<'approval'>, isApproved: boolean, note: string): Promise<Approval> {
    await this.unitOfWork.run('decide approval', async (tx) => {
      const row = await this.open(tx, actor, id);
      if (isApproved) await this.grant(tx, actor, row);
      else if (row.kind === 'OWN_PRODUCT')
        await this.products.setStatus(tx, actor.brandId, row.subject_id as ProductId, 'OFF_SALE');
      await this.rows.decide(tx, actor.brandId, id, {
        state: isApproved ? 'APPROVED' : 'REJECTED',
        by: actor.name,
        note,
      });
      tx.emit({ brandId: actor.brandId, type: 'approval.decided', payload: { approvalId: id, isApproved } });
    });
    return this.one(actor, id);
  }

  /** @throws AppError NOT_FOUND for another's wish, DECIDED_ALREADY */
  async withdraw(actor: Desk, id: Id<'approval'>): Promise<Approval> {
    await this.unitOfWork.run('withdraw approval', async (tx) => {
      await this.open(tx, actor, id);
      await this.rows.decide(tx, actor.brandId, id, { state: 'WITHDRAWN', by: actor.name, note: '' });
    });
    return this.one(actor, id);
  }

  private async open(tx: Tx, actor: Desk, id: Id<'approval'>): Promise<ApprovalRow> {
    const row = await this.rows.lock(tx, actor.brandId, id);
    const isForeign = actor.kind === 'franchisee' && row?.franchisee_id !== actor.franchiseeId;
    if (!row || isForeign) throw refuse('NOT_FOUND');
    if (row.state !== 'PENDING') throw refuseCatalog('DECIDED_ALREADY');
    return row;
  }

  private async grant(tx: Tx, actor: Desk, row: ApprovalRow): Promise<void> {
    const { brandId } = actor;
    if (row.kind === 'OWN_PRODUCT') {
      toShelve(tx, brandId, [row.subject_id as ProductId]);
      return this.products.setStatus(tx, brandId, row.subject_id as ProductId, 'ON_SALE');
    }
    const storeId = row.store_id as StoreId;
    if (row.kind === 'DELIST')
      return this.shelving.setListed(tx, brandId, storeId, [row.subject_id as ProductId], false);
    const payload = (typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload) as {
      productId: ProductId;
      priceFen: number;
    };
    const product = await this.shelving.lockProduct(tx, brandId, payload.productId);
    if (!product) throw refuse('NOT_FOUND');
    const priceFen = fen(payload.priceFen);
    this.reprice.requireInside(product, priceFen);
    const sku = { storeId, skuId: row.subject_id as SkuId, productId: product.id };
    await this.reprice.ofStore(tx, brandId, sku, priceFen, 'STORE', actorLabel(actor));
  }

  private async one(actor: Desk, id: Id<'approval'>): Promise<Approval> {
    const rows = await this.rows.list(this.database, { brandId: actor.brandId, franchiseeId: null, id, limit: 1 });
    const [view] = await this.views(actor.brandId, rows);
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  private async views(brandId: BrandId, rows: readonly ApprovalRow[]): Promise<Approval[]> {
    const { storeById, franchisees } = await this.organization.snapshot(brandId);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      storeId: row.store_id,
      storeName: row.store_id ? (storeById.get(row.store_id)?.name ?? null) : null,
      franchiseeName: row.franchisee_id ? (franchisees.get(row.franchisee_id)?.name ?? null) : null,
      title: row.title,
      detail: row.detail,
      reason: row.reason,
      askedBy: row.asked_by,
      askedAt: row.asked_at.toISOString(),
      decidedBy: row.decided_by,
      decidedAt: row.decided_at?.toISOString() ?? null,
      note: row.note,
    }));
  }
}
