import { Inject, Injectable } from '@nestjs/common';
import type { ProductCard } from '@shuke/shared/contracts';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import type { CategoryId } from '../domain/types.js';
import { cardOf } from '../persistence/rows.js';
import { type ShelfSort, ShelfStore } from '../persistence/shelf.store.js';

export interface ProductQuery {
  categoryId?: string;
  q?: string;
  sort?: ShelfSort;
  inStockOnly?: boolean;
  cursor?: string;
  limit?: number;
}

const LIMIT = 24;
const SORT = /^(recommended|newest|price-asc|price-desc|sales)$/;

/** A page of what a store sells: one statement, keyset by the sort's index, so a page never repeats or loses a row. */
@Injectable()
export class ListProducts {
  private readonly shelf = new ShelfStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** A cursor carries its sort, which then wins. @throws AppError VALIDATION for a cursor that we did not make. */
  async run(
    brandId: BrandId,
    storeId: StoreId,
    query: ProductQuery,
  ): Promise<{ items: ProductCard[]; nextCursor: string | null }> {
    const cursor = readCursor(query.cursor, [SORT, DIGITS, DIGITS]);
    const sort = (cursor?.[0] as ShelfSort | undefined) ?? query.sort ?? 'recommended';
    const limit = query.limit ?? LIMIT;
    const rows = await this.shelf.page(this.database, {
      brandId,
      storeId,
      sort,
      limit,
      categoryId: query.categoryId as CategoryId | undefined,
      q: query.q,
      inStockOnly: query.inStockOnly,
      after: cursor ? { value: cursor[1] as string, id: cursor[2] as string } : undefined,
    });
    return pageOf(rows, limit, cardOf, (row) =>
      makeCursor(sort, row.sort_value instanceof Date ? row.sort_value.getTime() : row.sort_value, row.id),
    );
  }
}
