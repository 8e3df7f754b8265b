import { sqlMigration } from './sql-migration.js';

/** Which purchases came with a file of old ones, so that their buyer is told where they come from. */
export const ImportedOrders1790000000028 = sqlMigration('ImportedOrders1790000000028', [
  'ALTER TABLE sales_order ADD COLUMN is_imported TINYINT NOT NULL DEFAULT 0',
  // What imports brought in before is still known from what they noted to take it back.
  "UPDATE sales_order o JOIN import_effect e ON e.brand_id = o.brand_id AND e.kind = 'ORDER' AND e.subject_id = o.id SET o.is_imported = 1",
]);
