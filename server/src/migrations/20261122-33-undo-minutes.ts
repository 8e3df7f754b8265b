import { sqlMigration } from './sql-migration.js';

/** How long a clerk may undo alone holds for the whole counter: it moves from the rules of coupons to the brand. */
export const UndoMinutes1790000000033 = sqlMigration('UndoMinutes1790000000033', [
  'ALTER TABLE brand ADD COLUMN undo_minutes SMALLINT NOT NULL DEFAULT 10',
  `UPDATE brand b JOIN coupon_settings s ON s.brand_id = b.id SET b.undo_minutes = JSON_EXTRACT(s.content, '$.reverseMinutes')
    WHERE JSON_EXTRACT(s.content, '$.reverseMinutes') IS NOT NULL`,
]);
