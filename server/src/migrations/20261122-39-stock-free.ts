import { sqlMigration } from './sql-migration.js';

/**
 * Whether anything is free, as a column that the database keeps by itself: a list asks it of every SKU of 24 products, and
 * so finds the answer in the index. It changes only when the first piece comes or the last one goes, so taking pieces
 * leaves the index alone.
 */
export const StockFree1790000000039 = sqlMigration('StockFree1790000000039', [
  `ALTER TABLE stock
    ADD COLUMN is_free TINYINT GENERATED ALWAYS AS (on_hand - reserved - safety > 0) STORED,
    ADD KEY stock_free (brand_id, product_id, store_id, is_free), DROP KEY stock_product`,
]);
