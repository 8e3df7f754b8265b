import { sqlMigration, TABLE } from './sql-migration.js';

/** How often somebody tried a clerk's number for a coupon of theirs. */
export const PinTries1790000000030 = sqlMigration('PinTries1790000000030', [
  `CREATE TABLE coupon_pin_try (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, tries INT NOT NULL, tried_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id)) ${TABLE}`,
]);
