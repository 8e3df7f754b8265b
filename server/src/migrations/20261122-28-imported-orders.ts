import { sqlMigration } from './sql-migration.js';

/** Which purchases came with a file of old ones, so that their buyer is told where they come from. */
export const ImportedOrders1790000000028 = sqlMigration('ImportedOrders1790000000028', [
  'ALTER TABLE sales_order ADD COLUMN is_imported TINYINT NOT NULL DEFAULT 0',
]);
