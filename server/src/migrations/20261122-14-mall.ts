import { sqlMigration, TABLE } from './sql-migration.js';

/** Store malls: modes and isolation, service areas, listing rules, prices over time, stock feeds, local delivery, closing. */
export const Mall1790000000014 = sqlMigration('Mall1790000000014', [
  `CREATE TABLE brand_mall (
    brand_id BIGINT NOT NULL, settings JSON NOT NULL, version INT NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id)) ${TABLE}`,
  // Where a store serves and how it hands goods over; its row in store carries the version of both.
  `CREATE TABLE store_setup (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, area_kind VARCHAR(8) NOT NULL, polygon JSON NULL, priority INT NOT NULL, service JSON NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, store_id)) ${TABLE}`,
  // Whose store a member is in a brand that keeps areas apart, and the one store beyond it that a link has opened.
  `CREATE TABLE member_store (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, home_store_id BIGINT NOT NULL, home_at DATETIME(3) NOT NULL, pass_store_id BIGINT NULL, pass_until DATETIME(3) NULL,
    PRIMARY KEY (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE listing_rule (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, effect VARCHAR(10) NOT NULL, store_id BIGINT NULL, store_kind VARCHAR(12) NULL, category_id BIGINT NULL, product_id BIGINT NULL,
    note VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id)) ${TABLE}`,
  // Store 0 is the list price, which holds where a store has no price of its own; a null price means the store's own ended.
  `CREATE TABLE price_change (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL, before_fen BIGINT NULL, after_fen BIGINT NULL,
    cause VARCHAR(12) NOT NULL, by_whom VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY price_change_sku (brand_id, sku_id, store_id, at), KEY price_change_product (brand_id, product_id, id)) ${TABLE}`,
  `CREATE TABLE price_plan (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL, price_fen BIGINT NOT NULL, before_fen BIGINT NULL,
    starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NULL, state VARCHAR(10) NOT NULL, note VARCHAR(60) NOT NULL, next_at DATETIME(3) NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY price_plan_due (next_at), KEY price_plan_sku (brand_id, store_id, sku_id, state)) ${TABLE}`,
  `CREATE TABLE approval (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(12) NOT NULL, state VARCHAR(10) NOT NULL, store_id BIGINT NULL, franchisee_id BIGINT NULL, subject_id BIGINT NOT NULL, payload JSON NOT NULL,
    title VARCHAR(120) NOT NULL, detail VARCHAR(200) NOT NULL, reason VARCHAR(60) NOT NULL, asked_by VARCHAR(60) NOT NULL, asked_at DATETIME(3) NOT NULL,
    decided_by VARCHAR(60) NULL, decided_at DATETIME(3) NULL, note VARCHAR(60) NOT NULL, open_key VARCHAR(60) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY approval_open (brand_id, open_key), KEY approval_state (brand_id, state, id)) ${TABLE}`,
  `CREATE TABLE arrival_notice (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL, state VARCHAR(10) NOT NULL,
    created_at DATETIME(3) NOT NULL, arrived_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY arrival_notice_once (brand_id, member_id, store_id, sku_id), KEY arrival_notice_waiting (state, brand_id, store_id, sku_id)) ${TABLE}`,
  `CREATE TABLE stock_feed (
    brand_id BIGINT NOT NULL, source_id BIGINT NOT NULL, store_id BIGINT NOT NULL, state VARCHAR(10) NOT NULL, sequence BIGINT NOT NULL, missing_from BIGINT NULL,
    last_snapshot_at DATETIME(3) NULL, last_message_at DATETIME(3) NOT NULL, drift_rows INT NOT NULL, drift_pieces INT NOT NULL,
    PRIMARY KEY (brand_id, source_id, store_id), KEY stock_feed_store (brand_id, store_id)) ${TABLE}`,
  `CREATE TABLE stock_drift (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, was INT NOT NULL, counted INT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY stock_drift_store (brand_id, store_id, id)) ${TABLE}`,
  // One look a night at each feed; alarms is null while it is in step.
  `CREATE TABLE stock_report (
    brand_id BIGINT NOT NULL, day CHAR(10) NOT NULL, source_id BIGINT NOT NULL, store_id BIGINT NOT NULL, drift_rows INT NOT NULL, drift_pieces INT NOT NULL,
    missing_from BIGINT NULL, alarms VARCHAR(400) NULL, made_at DATETIME(3) NOT NULL, PRIMARY KEY (brand_id, day, source_id, store_id)) ${TABLE}`,
  `CREATE TABLE store_transfer (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, order_id BIGINT NOT NULL, selling_store_id BIGINT NOT NULL, shipping_store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, qty INT NOT NULL,
    cost_bearer VARCHAR(10) NOT NULL, cost_fen BIGINT NOT NULL, state VARCHAR(10) NOT NULL, created_at DATETIME(3) NOT NULL, sent_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY store_transfer_once (brand_id, order_id, sku_id), KEY store_transfer_shipping (brand_id, shipping_store_id, id)) ${TABLE}`,
  `CREATE TABLE delivery_slot (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, slot CHAR(16) NOT NULL, used INT NOT NULL,
    PRIMARY KEY (brand_id, store_id, slot)) ${TABLE}`,
  `CREATE TABLE delivery_booking (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, store_id BIGINT NOT NULL, slot CHAR(16) NOT NULL, fee_fen BIGINT NOT NULL, distance_m INT NOT NULL, state VARCHAR(10) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, order_id), KEY delivery_booking_slot (brand_id, store_id, slot, state)) ${TABLE}`,
  `CREATE TABLE store_closing (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, to_store_id BIGINT NULL, reason VARCHAR(60) NOT NULL, state VARCHAR(10) NOT NULL, started_at DATETIME(3) NOT NULL,
    answer_by DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL, by_whom VARCHAR(60) NOT NULL, open_key BIGINT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY store_closing_open (brand_id, open_key), KEY store_closing_state (state, brand_id, id)) ${TABLE}`,
  `CREATE TABLE closing_order (
    brand_id BIGINT NOT NULL, closing_id BIGINT NOT NULL, order_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NULL, from_store_id BIGINT NOT NULL, to_store_id BIGINT NULL, state VARCHAR(12) NOT NULL,
    note VARCHAR(120) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, closing_id, order_id), UNIQUE KEY closing_order_id (brand_id, id), KEY closing_order_member (brand_id, member_id, state), KEY closing_order_order (brand_id, order_id)) ${TABLE}`,
]);
