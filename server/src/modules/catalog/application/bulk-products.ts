import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { FoldedMap } from '../../../platform/database/folded.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isSound } from '../domain/corridor.js';
import type { CategoryId, ProductId, SkuId } from '../domain/types.js';
import { BulkStore } from '../persistence/bulk.store.js';
import { type PricedProduct, ShelvingStore } from '../persistence/shelving.store.js';
import { Reprice } from './reprice.js';

/** What a file may change of a product that is there. */
export interface ProductValues {
  name: string;
  listPriceFen: Fen;
  floorFen: Fen;
  ceilingFen: Fen;
}

/** A product that is there. */
export interface KnownProduct extends ProductValues {
  id: ProductId;
  code: string;
}

/** The door for files of goods: many products at once, found by their codes, changed, and taken back. */
@Injectable()
export class BulkProducts {
  private readonly rows = new BulkStore();
  private readonly shelving = new ShelvingStore();

  constructor(@Inject(Reprice) private readonly reprice: Reprice) {}

  byCodes(on: Queryable, brandId: BrandId, codes: readonly string[]): Promise<FoldedMap<KnownProduct>> {
    return this.rows.byCodes(on, brandId, codes);
  }

  /** SKUs of codes with the code of their product. */
  skus(
    on: Queryable,
    brandId: BrandId,
    codes: readonly string[],
  ): Promise<FoldedMap<{ skuId: SkuId; productId: ProductId; productCode: string }>> {
    return this.rows.skus(on, brandId, codes);
  }

  categories(on: Queryable, brandId: BrandId): Promise<Map<string, CategoryId>> {
    return this.rows.categories(on, brandId);
  }

  async addSkus(
    tx: Tx,
    brandId: BrandId,
    skus: readonly { id: SkuId; productId: ProductId; code: string; colour: string; size: string; listPriceFen: Fen }[],
  ): Promise<void> {
    if (skus.length > 0) await this.rows.addSkus(tx, brandId, skus);
  }

  /**
   * Changes a product; store prices outside a new corridor follow to its edge.
   * @returns what was there before, or null when the corridor would not hold the list price or there is no such product
   */
  async change(
    tx: Tx,
    brandId: BrandId,
    id: ProductId,
    values: ProductValues,
    by: string,
  ): Promise<ProductValues | null> {
    const before = await this.shelving.lockProduct(tx, brandId, id);
    if (!before) return null;
    const after: PricedProduct = { ...before, ...values };
    if (!isSound(after)) return null;
    await this.shelving.saveProduct(tx, brandId, after);
    if (
      after.listPriceFen !== before.listPriceFen ||
      after.floorFen !== before.floorFen ||
      after.ceilingFen !== before.ceilingFen
    )
      await this.reprice.ofProduct(tx, brandId, after, before.listPriceFen, by);
    const { name, listPriceFen, floorFen, ceilingFen } = before;
    return { name, listPriceFen, floorFen, ceilingFen };
  }

  /**
   * Takes a change back as long as nobody has changed the product since.
   * @returns whether it was; false also for a product that is gone
   */
  async changeBack(
    tx: Tx,
    brandId: BrandId,
    id: ProductId,
    change: { was: ProductValues; set: ProductValues },
    by: string,
  ): Promise<boolean> {
    const now = await this.shelving.lockProduct(tx, brandId, id);
    if (!now || !isSameValues(now, change.set)) return false;
    return (await this.change(tx, brandId, id, change.was, by)) !== null;
  }

  /** Removes SKUs and products that nobody has bought, stocked or put on a shelf. @returns those that stay */
  async remove(tx: Tx, brandId: BrandId, kind: 'SKU' | 'PRODUCT', ids: readonly string[]): Promise<Set<string>> {
    const free =
      kind === 'SKU'
        ? await this.rows.freeSkus(tx, brandId, ids as Id<'sku'>[])
        : await this.rows.freeProducts(tx, brandId, ids as Id<'product'>[]);
    if (free.length > 0)
      await (kind === 'SKU' ? this.rows.removeSkus(tx, brandId, free) : this.rows.removeProducts(tx, brandId, free));
    const gone = new Set<string>(free);
    return new Set(ids.filter((id) => !gone.has(id)));
  }
}

/** Whether a product has these values already. */
export const isSameValues = (a: ProductValues, b: ProductValues): boolean =>
  a.name === b.name && a.listPriceFen === b.listPriceFen && a.floorFen === b.floorFen && a.ceilingFen === b.ceilingFen;
