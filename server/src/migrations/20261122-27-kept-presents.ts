import { sqlMigration } from './sql-migration.js';

/** Presents that are kept for their price when the goods that earned them go back: agreed in a case, held back by its refund. */
export const KeptPresents1790000000027 = sqlMigration('KeptPresents1790000000027', [
  'ALTER TABLE refund_line ADD COLUMN kept_qty INT NOT NULL DEFAULT 0',
  'ALTER TABLE after_sale_line ADD COLUMN is_gift TINYINT NOT NULL DEFAULT 0',
  'ALTER TABLE after_sale_case ADD COLUMN kept_presents JSON NULL',
]);
