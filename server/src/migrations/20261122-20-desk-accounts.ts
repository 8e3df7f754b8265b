import { sqlMigration, TABLE } from './sql-migration.js';

/** Whose order a bill's difference is about and what people did about it; what a franchisee said about a statement. */
export const DeskAccounts1790000000020 = sqlMigration('DeskAccounts1790000000020', [
  `ALTER TABLE bill_difference ADD COLUMN order_id BIGINT NULL, ADD COLUMN store_id BIGINT NULL, ADD COLUMN owner_id BIGINT NULL,
    ADD KEY bill_difference_store (brand_id, store_id, id)`,
  `CREATE TABLE bill_difference_step (
    brand_id BIGINT NOT NULL, difference_id BIGINT NOT NULL, id BIGINT NOT NULL, user_id BIGINT NOT NULL, user_name VARCHAR(60) NOT NULL, text VARCHAR(300) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, difference_id, id)) ${TABLE}`,
  `CREATE TABLE statement_step (
    brand_id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, business_day CHAR(10) NOT NULL, id BIGINT NOT NULL, act VARCHAR(8) NOT NULL, user_id BIGINT NOT NULL, user_name VARCHAR(60) NOT NULL,
    note VARCHAR(200) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, franchisee_id, business_day, id)) ${TABLE}`,
]);
