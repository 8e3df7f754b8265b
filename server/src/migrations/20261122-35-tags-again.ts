import { sqlMigration } from './sql-migration.js';

/** How far reviews have been read with a changed dictionary of tags; null: all of them. */
export const TagsAgain1790000000035 = sqlMigration('TagsAgain1790000000035', [
  'ALTER TABLE review_rules ADD COLUMN tags_read_to BIGINT NULL',
]);
