import { sqlMigration } from './sql-migration.js';

/** What people recognize a store by, and which piece a presale is about. */
export const Pictures1790000000025 = sqlMigration('Pictures1790000000025', [
  "ALTER TABLE store ADD COLUMN image_url VARCHAR(300) NOT NULL DEFAULT ''",
  'ALTER TABLE presale_deal ADD COLUMN sku_id BIGINT NULL',
]);
