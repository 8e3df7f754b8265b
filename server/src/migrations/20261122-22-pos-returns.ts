import { sqlMigration, TABLE } from './sql-migration.js';

/** Which sale a return of a store brings goods back of, and returns that came before their sale. */
export const PosReturns1790000000022 = sqlMigration('PosReturns1790000000022', [
  'ALTER TABLE sales_order ADD COLUMN of_order_id BIGINT NULL, ADD KEY sales_order_of (brand_id, of_order_id)',
  `CREATE TABLE pos_return (
    brand_id BIGINT NOT NULL, external_no VARCHAR(40) COLLATE utf8mb4_bin NOT NULL, of_external_no VARCHAR(40) COLLATE utf8mb4_bin NOT NULL, hash CHAR(64) NOT NULL, state VARCHAR(8) NOT NULL,
    order_id BIGINT NULL, body JSON NOT NULL, text VARCHAR(200) NOT NULL, received_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, external_no), KEY pos_return_waiting (state, received_at)) ${TABLE}`,
]);
