import { sqlMigration } from './sql-migration.js';

/**
 * Pieces that are set aside for seckills. `stock.set_aside` is what nobody may buy at the usual price; of which slice a
 * piece is, its counter knows: `held_count` is what the slice was given, null when it holds nothing (any more).
 */
export const SetAside1790000000019 = sqlMigration('SetAside1790000000019', [
  'ALTER TABLE stock ADD COLUMN set_aside INT NOT NULL DEFAULT 0',
  'ALTER TABLE promotion_counter ADD COLUMN held_count BIGINT NULL',
  'ALTER TABLE promotion ADD COLUMN holds_stock TINYINT NOT NULL DEFAULT 0, ADD KEY promotion_holding (kind, holds_stock, ends_at)',
]);
