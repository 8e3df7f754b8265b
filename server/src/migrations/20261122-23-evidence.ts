import { sqlMigration } from './sql-migration.js';

/** How long the store still had to decide when it asked the consumer for evidence; null while nothing is asked. */
export const Evidence1790000000023 = sqlMigration('Evidence1790000000023', [
  'ALTER TABLE after_sale_case ADD COLUMN paused_ms BIGINT NULL',
]);
