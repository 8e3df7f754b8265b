import { sqlMigration } from './sql-migration.js';

/** What a merge paid of one record's debt out of the other's lots, and whose freeze it spread: taking it back needs both. */
export const MergedDebts1790000000038 = sqlMigration('MergedDebts1790000000038', [
  'ALTER TABLE asset_move ADD COLUMN paid JSON NULL, ADD COLUMN frozen VARCHAR(60) NULL',
]);
