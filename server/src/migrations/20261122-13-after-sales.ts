import { sqlMigration, TABLE } from './sql-migration.js';

/** After-sale cases with their log, the brand's switches, and what parties owe back after refunds. */
export const AfterSales1790000000013 = sqlMigration('AfterSales1790000000013', [
  `CREATE TABLE after_sale_case (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, case_no VARCHAR(24) NOT NULL, order_id BIGINT NOT NULL, order_no VARCHAR(32) NOT NULL, store_id BIGINT NOT NULL, member_id BIGINT NOT NULL, guide_id BIGINT NULL,
    kind VARCHAR(16) NOT NULL, state VARCHAR(12) NOT NULL, reason VARCHAR(16) NOT NULL, text VARCHAR(300) NOT NULL, pictures JSON NOT NULL, is_merchant_fault TINYINT NOT NULL, had_left TINYINT NOT NULL,
    return_way VARCHAR(8) NULL, return_store_id BIGINT NULL, return_code VARCHAR(12) NULL, received_store_id BIGINT NULL, exchange_sku_id BIGINT NULL, exchange_spec VARCHAR(60) NULL,
    sent_back JSON NULL, resent JSON NULL, refusal VARCHAR(300) NULL, sources JSON NOT NULL, consequences JSON NOT NULL, refund_fen BIGINT NOT NULL, refund_id BIGINT NULL,
    created_at DATETIME(3) NOT NULL, due_at DATETIME(3) NULL, decided_at DATETIME(3) NULL, received_at DATETIME(3) NULL, finished_at DATETIME(3) NULL, version INT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, id), UNIQUE KEY after_sale_no (brand_id, case_no), UNIQUE KEY after_sale_code (brand_id, return_code), KEY after_sale_order (brand_id, order_id), KEY after_sale_member (brand_id, member_id, id),
    KEY after_sale_store (brand_id, store_id, id), KEY after_sale_due (state, due_at), KEY after_sale_refund (brand_id, refund_id)) ${TABLE}`,
  `CREATE TABLE after_sale_line (
    brand_id BIGINT NOT NULL, case_id BIGINT NOT NULL, line_id BIGINT NOT NULL, order_id BIGINT NOT NULL, sku_id BIGINT NULL, name VARCHAR(100) NOT NULL, spec VARCHAR(60) NOT NULL, image_url VARCHAR(300) NULL,
    qty INT NOT NULL, refund_fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, case_id, line_id), KEY after_sale_line_order (brand_id, order_id)) ${TABLE}`,
  `CREATE TABLE after_sale_message (
    brand_id BIGINT NOT NULL, case_id BIGINT NOT NULL, id BIGINT NOT NULL, party VARCHAR(10) NOT NULL, by_label VARCHAR(60) NOT NULL, by_name VARCHAR(40) NOT NULL, text VARCHAR(400) NOT NULL, pictures JSON NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, case_id, id)) ${TABLE}`,
  `CREATE TABLE after_sale_rules (
    brand_id BIGINT NOT NULL, rules JSON NOT NULL, updated_by VARCHAR(60) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id)) ${TABLE}`,
  `CREATE TABLE split_debt (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, party VARCHAR(12) NOT NULL, party_id VARCHAR(24) NOT NULL, collector VARCHAR(12) NOT NULL, owed_fen BIGINT NOT NULL, netted_fen BIGINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, order_id, party, party_id), KEY split_debt_open (brand_id, collector, party, party_id)) ${TABLE}`,
  `CREATE TABLE split_offset (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, split_id BIGINT NOT NULL, order_id BIGINT NOT NULL, debt_order_id BIGINT NOT NULL, party VARCHAR(12) NOT NULL, party_id VARCHAR(24) NOT NULL, fen BIGINT NOT NULL, state VARCHAR(8) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY split_offset_split (brand_id, split_id), KEY split_offset_order (brand_id, order_id), KEY split_offset_debt (brand_id, debt_order_id)) ${TABLE}`,
]);
