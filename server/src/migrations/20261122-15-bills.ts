import { sqlMigration, TABLE } from './sql-migration.js';

/** The channel's bills as they were downloaded, and where they and our books differ. */
export const Bills1790000000015 = sqlMigration('Bills1790000000015', [
  `CREATE TABLE bill_day (
    brand_id BIGINT NOT NULL, account_id VARCHAR(40) NOT NULL, kind VARCHAR(8) NOT NULL, business_day CHAR(10) NOT NULL, state VARCHAR(10) NOT NULL, tries INT NOT NULL,
    next_at DATETIME(3) NULL, line_count INT NOT NULL DEFAULT 0, problem VARCHAR(300) NULL, compared_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, account_id, kind, business_day)) ${TABLE}`,
  `CREATE TABLE bill_line (
    brand_id BIGINT NOT NULL, account_id VARCHAR(40) NOT NULL, kind VARCHAR(8) NOT NULL, ref VARCHAR(140) COLLATE utf8mb4_bin NOT NULL, business_day CHAR(10) NOT NULL, transaction_id VARCHAR(40) NOT NULL,
    amount_fen BIGINT NOT NULL, fee_fen BIGINT NOT NULL, state VARCHAR(20) NOT NULL,
    PRIMARY KEY (brand_id, account_id, kind, ref), KEY bill_line_day (brand_id, business_day)) ${TABLE}`,
  `CREATE TABLE bill_difference (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, account_id VARCHAR(40) NOT NULL, business_day CHAR(10) NOT NULL, class VARCHAR(16) NOT NULL, ref VARCHAR(140) COLLATE utf8mb4_bin NOT NULL,
    transaction_id VARCHAR(40) NULL, ours JSON NULL, theirs JSON NULL, status VARCHAR(10) NOT NULL, owner VARCHAR(60) NOT NULL, resolution VARCHAR(200) NULL, found_at DATETIME(3) NOT NULL, resolved_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY bill_difference_once (brand_id, account_id, class, ref), KEY bill_difference_open (brand_id, status, id)) ${TABLE}`,
]);
