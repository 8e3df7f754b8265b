import { Inject, Injectable } from '@nestjs/common';
import type { ProductEditor, ProductInput } from '@shuke/shared/contracts';
import { type Fen, fen, type Id } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { corridorText, isSound } from '../domain/corridor.js';
import type { CategoryId, ProductId, SkuId } from '../domain/types.js';
import { toShelve } from '../events/to-shelve.js';
import { type EditedSku, ProductEditStore } from '../persistence/product-edit.store.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { Approvals } from './approvals.js';
import { refuseCatalog } from './catalog-errors.js';
import { Reprice } from './reprice.js';

/** What making a product touches besides its own row. */
@Injectable()
export class EditParts {
  constructor(
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(Reprice) readonly reprice: Reprice,
    @Inject(Approvals) readonly approvals: Approvals,
  ) {}
}

/** Makes and edits products. Headquarters edits all of the catalogue, a franchisee goods of its own. */
@Injectable()
export class EditProduct {
  private readonly rows = new ProductEditStore();
  private readonly shelving = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(EditParts) private readonly parts: EditParts,
  ) {}

  /** @throws AppError NOT_FOUND, also for another owner's own goods */
  async show(actor: Desk, id: ProductId): Promise<ProductEditor> {
    const found = await this.rows.find(this.database, actor.brandId, id);
    if (!found || !mayRead(actor, found.ownerFranchiseeId)) throw refuse('NOT_FOUND');
    const owner = found.ownerFranchiseeId
      ? await this.organization.franchisee(actor.brandId, found.ownerFranchiseeId)
      : null;
    return { ...found, ownerName: owner?.name ?? null };
  }

  /**
   * Makes a product. A franchisee's goods are its own and wait for headquarters where the brand asks for that.
   * @throws AppError CORRIDOR, CODE_TAKEN, SKU_TWICE, SKU_COLOUR, CATEGORY_UNKNOWN
   */
  async create(actor: Desk, product: ProductInput, key: string): Promise<ProductEditor> {
    const { brandId } = actor;
    const request = requestKey(brandId, `product:${actorLabel(actor)}`, key, product);
    const made = await once(this.database, request, async () => {
      checkShape(product);
      const id = this.parts.ids.next<'product'>();
      const { approvals } = (await this.organization.brand(brandId)).mall;
      await this.orCodeTaken(
        this.unitOfWork.run('create product', async (tx) => {
          await this.insert(tx, actor, id, product, approvals.ownGoods);
          await keepResult(tx, request, id);
        }),
      );
      return id;
    });
    return this.show(actor, made);
  }

  private async insert(
    tx: Tx,
    actor: Desk,
    id: ProductId,
    product: ProductInput,
    asksForOwnGoods: boolean,
  ): Promise<void> {
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : null;
    const isAsked = franchiseeId !== null && asksForOwnGoods;
    await this.requireCategory(tx, actor, product);
    await this.rows.insert(tx, actor.brandId, id, product, { franchiseeId, status: isAsked ? 'PENDING' : 'ON_SALE' });
    await this.saveSkus(tx, actor, id, product, []);
    if (!isAsked) return toShelve(tx, actor.brandId, [id]);
    await this.parts.approvals.ask(tx, actor, {
      kind: 'OWN_PRODUCT',
      store_id: null,
      subject_id: id,
      payload: {},
      title: `申请上架自有商品「${product.name}」`,
      detail: `编码 ${product.code}，${corridorText(corridorOf(product))}`,
      reason: '加盟商自有商品',
    });
  }

  /**
   * Changes all of a product; prices move as {@link Reprice} says.
   * @throws AppError NOT_FOUND; CONFLICT when somebody else changed it since `version`; as {@link create}
   */
  async edit(actor: Desk, id: ProductId, version: number, product: ProductInput): Promise<ProductEditor> {
    const { brandId } = actor;
    checkShape(product);
    await this.orCodeTaken(
      this.unitOfWork.run('edit product', async (tx) => {
        const before = await this.shelving.lockProduct(tx, brandId, id);
        const found = before && (await this.rows.find(tx, brandId, id));
        if (!before || !found || !mayEdit(actor, found.ownerFranchiseeId)) throw refuse('NOT_FOUND');
        if (before.version !== version) throw refuse('CONFLICT');
        await this.requireCategory(tx, actor, product);
        await this.rows.updateContent(tx, brandId, id, {
          ...product,
          goesWith: product.goesWith ?? found.goesWith ?? [],
        });
        const after = { ...before, name: product.name, subtitle: product.subtitle, ...corridorOf(product) };
        await this.shelving.saveProduct(tx, brandId, after);
        // The list price moves first, so that SKUs with a price of their own get theirs after it.
        await this.parts.reprice.ofProduct(tx, brandId, after, before.listPriceFen, actorLabel(actor));
        await this.saveSkus(tx, actor, id, product, (await this.rows.find(tx, brandId, id))?.skus ?? []);
        if (found.categoryId !== product.categoryId) toShelve(tx, brandId, [id]);
      }),
    );
    return this.show(actor, id);
  }

  private async saveSkus(
    tx: Tx,
    actor: Desk,
    productId: ProductId,
    product: ProductInput,
    known: readonly EditedSku[],
  ): Promise<void> {
    const { brandId } = actor;
    const byId = new Map(known.map((sku) => [sku.id, sku] as const));
    if (product.skus.some((sku) => sku.id !== undefined && !byId.has(sku.id as SkuId))) throw refuse('NOT_FOUND');
    const codes = product.skus.map((sku) => sku.code);
    if (await this.rows.foreignCodes(tx, brandId, productId, codes)) throw refuseCatalog('CODE_TAKEN');
    const skus = product.skus.map((sku) => {
      const id = (sku.id as SkuId | undefined) ?? this.parts.ids.next<'sku'>();
      const colour = product.colours.find((one) => one.name === sku.colour);
      const listPriceFen = fen(sku.listPriceFen ?? byId.get(id)?.listPriceFen ?? product.listPriceFen);
      this.requireHeld(product, listPriceFen);
      return { id, code: sku.code, colour: sku.colour, size: sku.size, imageUrl: colour?.imageUrl ?? '', listPriceFen };
    });
    await this.rows.saveSkus(tx, brandId, productId, skus);
    await this.shelving.refreshPrices(tx, brandId, productId);
    await this.parts.reprice.keep(
      tx,
      brandId,
      skus
        .filter((sku) => byId.get(sku.id)?.listPriceFen !== sku.listPriceFen)
        .map((sku) => ({
          storeId: null,
          skuId: sku.id,
          productId,
          beforeFen: byId.get(sku.id)?.listPriceFen ?? null,
          afterFen: sku.listPriceFen,
          cause: byId.has(sku.id) ? ('LIST' as const) : ('CREATED' as const),
          by: actorLabel(actor),
        })),
    );
  }

  private requireHeld(product: ProductInput, listFen: Fen): void {
    if (listFen < product.floorFen || listFen > product.ceilingFen)
      throw refuseCatalog('CORRIDOR', { corridor: corridorText(corridorOf(product)) });
  }

  private async requireCategory(tx: Tx, actor: Desk, product: ProductInput): Promise<void> {
    if (!(await this.rows.hasCategory(tx, actor.brandId, product.categoryId as CategoryId)))
      throw refuseCatalog('CATEGORY_UNKNOWN');
  }

  private orCodeTaken<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw isDuplicate(error) ? refuseCatalog('CODE_TAKEN') : error;
    });
  }
}

const corridorOf = (product: ProductInput) => ({
  listPriceFen: fen(product.listPriceFen),
  floorFen: fen(product.floorFen),
  ceilingFen: fen(product.ceilingFen),
});

const mayRead = (actor: Desk, owner: Id<'franchisee'> | null): boolean =>
  actor.kind === 'hq' || owner === null || owner === actor.franchiseeId;
const mayEdit = (actor: Desk, owner: Id<'franchisee'> | null): boolean =>
  actor.kind === 'hq' || owner === actor.franchiseeId;

/** @throws AppError CORRIDOR, SKU_TWICE, SKU_COLOUR */
function checkShape(product: ProductInput): void {
  const corridor = corridorOf(product);
  if (!isSound(corridor)) throw refuseCatalog('CORRIDOR', { corridor: corridorText(corridor) });
  const colours = new Set(product.colours.map((colour) => colour.name));
  if (product.skus.some((sku) => !colours.has(sku.colour))) throw refuseCatalog('SKU_COLOUR');
  const kinds = new Set(product.skus.map((sku) => `${sku.colour}\n${sku.size}`));
  const codes = new Set(product.skus.map((sku) => sku.code.toLowerCase()));
  if (kinds.size !== product.skus.length || codes.size !== product.skus.length) throw refuseCatalog('SKU_TWICE');
}
