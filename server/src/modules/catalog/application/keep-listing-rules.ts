import { Inject, Injectable } from '@nestjs/common';
import type { ListingRule as RuleView } from '@shuke/shared/contracts';
import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization, type Store } from '../../organization/index.js';
import { type ListingProduct, type ListingRule, listingVerdict } from '../domain/listing-rules.js';
import type { CategoryId, ProductId } from '../domain/types.js';
import { RulesStore, type ShownRule } from '../persistence/rules.store.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';

export interface RuleWish {
  effect: ListingRule['effect'];
  storeId?: string;
  storeKind?: string;
  categoryId?: string;
  productId?: string;
  note: string;
}

/** Headquarters' rules about who lists what; shelves follow a new rule at once, store by store. */
@Injectable()
export class KeepListingRules {
  private readonly rows = new RulesStore();
  private readonly shelving = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** A franchisee sees the rules that speak of its stores. */
  async list(actor: Desk): Promise<RuleView[]> {
    const { storeById } = await this.organization.snapshot(actor.brandId);
    const scope = await this.organization.scopeOf(actor);
    const rules = await this.rows.list(this.database, actor.brandId);
    return rules
      .filter((rule) => scope === 'ALL' || rule.storeId === null || scope.includes(rule.storeId))
      .map((rule) => ruleView(rule, storeById));
  }

  /** @throws AppError NOT_FOUND for a store or product that is not the brand's, CATEGORY_UNKNOWN */
  async add(actor: Desk, wish: RuleWish): Promise<{ rule: RuleView; listed: number; unlisted: number }> {
    const { brandId } = actor;
    const { storeById } = await this.organization.snapshot(brandId);
    if (wish.storeId && !storeById.has(wish.storeId as StoreId)) throw refuse('NOT_FOUND');
    if (wish.productId && !(await this.rows.product(this.database, brandId, wish.productId as ProductId)))
      throw refuse('NOT_FOUND');
    const rule: ListingRule & { note: string } = {
      id: this.ids.next<'rule'>(),
      effect: wish.effect,
      storeId: (wish.storeId as StoreId | undefined) ?? null,
      storeKind: wish.storeKind ?? null,
      categoryId: (wish.categoryId as CategoryId | undefined) ?? null,
      productId: (wish.productId as ProductId | undefined) ?? null,
      note: wish.note,
    };
    await this.unitOfWork.run('add listing rule', (tx) => this.rows.insert(tx, brandId, rule));
    const counts = rule.effect === 'ALLOW' ? { listed: 0, unlisted: 0 } : await this.follow(brandId, rule);
    const shown = (await this.rows.list(this.database, brandId)).find((one) => one.id === rule.id);
    if (!shown) throw refuse('NOT_FOUND');
    return { rule: ruleView(shown, storeById), ...counts };
  }

  /** @throws AppError NOT_FOUND */
  async remove(actor: Desk, id: Id<'rule'>): Promise<void> {
    const isGone = await this.unitOfWork.run('remove rule', (tx) => this.rows.remove(tx, actor.brandId, id));
    if (!isGone) throw refuse('NOT_FOUND');
  }

  /**
   * Whether a store may set a product listed or not; the caller holds the product's lock.
   * @throws AppError LISTING_DENIED, OWN_GOODS_ELSEWHERE, MUST_LIST, DELIST_NEEDS_APPROVAL
   */
  async requireAllowed(actor: Desk, store: Store, productId: ProductId, isListed: boolean): Promise<void> {
    const product = await this.rows.product(this.database, actor.brandId, productId);
    if (!product) throw refuse('NOT_FOUND');
    const verdict = listingVerdict(await this.rows.list(this.database, actor.brandId), store, product);
    if (isListed && verdict === 'OWN_ELSEWHERE') throw refuseCatalog('OWN_GOODS_ELSEWHERE');
    if (isListed && verdict === 'DENY') throw refuseCatalog('LISTING_DENIED');
    if (isListed || actor.kind === 'hq') return;
    if (verdict === 'MUST_LIST') throw refuseCatalog('MUST_LIST');
    const { approvals } = (await this.organization.brand(actor.brandId)).mall;
    if (approvals.delisting && product.ownerFranchiseeId === null) throw refuseCatalog('DELIST_NEEDS_APPROVAL');
  }

  /** Verdicts for one store's shelf, to be shown beside each product. */
  async verdicts(brandId: BrandId, store: Store, products: readonly ListingProduct[]) {
    const rules = await this.rows.list(this.database, brandId);
    return new Map(products.map((product) => [product.id, listingVerdict(rules, store, product)] as const));
  }

  /** Goods that are new, back on sale or in another category take the place on all shelves that the rules give them. */
  async followGoods(tx: Tx, brandId: BrandId, ids: readonly ProductId[]): Promise<void> {
    const rules = await this.rows.list(tx, brandId);
    if (ids.length === 0 || rules.every((rule) => rule.effect === 'ALLOW')) return;
    const stores = await this.organization.stores(brandId);
    for (const product of await this.rows.onSale(tx, brandId, ids)) {
      const storesOf = (effect: string) =>
        stores.filter((store) => listingVerdict(rules, store, product) === effect).map((store) => store.id);
      const [must, denied] = [storesOf('MUST_LIST'), storesOf('DENY')];
      if (must.length + denied.length === 0) continue;
      await this.shelving.lockProduct(tx, brandId, product.id);
      const now = await this.rows.storesWith(tx, brandId, product.id);
      for (const storeId of must.filter((id) => !now.has(id)))
        await this.shelving.setListed(tx, brandId, storeId, [product.id], true);
      for (const storeId of denied.filter((id) => now.has(id)))
        await this.shelving.setListed(tx, brandId, storeId, [product.id], false);
    }
  }

  private async follow(brandId: BrandId, rule: ListingRule): Promise<{ listed: number; unlisted: number }> {
    const rules = await this.rows.list(this.database, brandId);
    const products = await this.rows.productsOf(this.database, brandId, rule);
    const stores = (await this.organization.stores(brandId)).filter(
      (store) => (rule.storeId ?? store.id) === store.id && (rule.storeKind ?? store.kind) === store.kind,
    );
    let [listed, unlisted] = [0, 0];
    // Store by store, so that no transaction holds many rows; a crash between two is mended by adding the rule again.
    for (const store of stores) {
      const change = await this.followIn(brandId, store, rules, products);
      listed += change.listed;
      unlisted += change.unlisted;
    }
    return { listed, unlisted };
  }

  private async followIn(
    brandId: BrandId,
    store: Store,
    rules: readonly ListingRule[],
    products: readonly ListingProduct[],
  ): Promise<{ listed: number; unlisted: number }> {
    const wanted = (effect: string) =>
      products.filter((product) => listingVerdict(rules, store, product) === effect).map((product) => product.id);
    const [must, denied] = [wanted('MUST_LIST'), wanted('DENY')];
    if (must.length + denied.length === 0) return { listed: 0, unlisted: 0 };
    return this.unitOfWork.run('follow listing rule', async (tx) => {
      const now = await this.rows.listed(tx, brandId, store.id, [...must, ...denied]);
      const [on, off] = [must.filter((id) => !now.has(id)), denied.filter((id) => now.has(id))];
      if (on.length > 0) await this.shelving.setListed(tx, brandId, store.id, on, true);
      if (off.length > 0) await this.shelving.setListed(tx, brandId, store.id, off, false);
      return { listed: on.length, unlisted: off.length };
    });
  }
}

const ruleView = (rule: ShownRule, stores: ReadonlyMap<StoreId, Store>): RuleView => ({
  id: rule.id,
  effect: rule.effect,
  storeId: rule.storeId,
  storeName: rule.storeId ? (stores.get(rule.storeId)?.name ?? null) : null,
  storeKind: rule.storeKind as RuleView['storeKind'],
  categoryId: rule.categoryId,
  categoryName: rule.categoryName,
  productId: rule.productId,
  productName: rule.productName,
  note: rule.note,
  createdAt: rule.createdAt.toISOString(),
});
