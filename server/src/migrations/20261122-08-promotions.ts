import { sqlMigration, TABLE } from './sql-migration.js';

/** Promotions with their uses and limits, groups, bargains, presales, what-if runs and the lowest prices of past days. */
export const Promotions1790000000008 = sqlMigration('Promotions1790000000008', [
  `CREATE TABLE promotion (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(20) NOT NULL, name VARCHAR(40) NOT NULL, state VARCHAR(10) NOT NULL, franchisee_id BIGINT NULL,
    terms JSON NOT NULL, scope JSON NOT NULL, store_ids JSON NULL, opted_out JSON NOT NULL, stacking JSON NOT NULL, priority INT NOT NULL, bearers JSON NOT NULL,
    starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NOT NULL, member_limit INT NULL, total_limit INT NULL, budget_fen BIGINT NULL, day_budget_fen BIGINT NULL, store_budget_fen BIGINT NULL,
    created_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL, published_at DATETIME(3) NULL, accepted_reason VARCHAR(100) NULL, version INT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, id), KEY promotion_live (brand_id, state, ends_at)) ${TABLE}`,
  // What orders took of a promotion. The counters of a use are kept with it, so that giving back undoes exactly what was counted.
  `CREATE TABLE promotion_use (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, member_id BIGINT NOT NULL, store_id BIGINT NOT NULL, qty INT NOT NULL, fen BIGINT NOT NULL,
    counters JSON NOT NULL, bearers JSON NOT NULL, state VARCHAR(10) NOT NULL, day CHAR(10) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, order_id, promotion_id, sku_id), KEY promotion_use_promotion (brand_id, promotion_id, state, day), KEY promotion_use_member (brand_id, member_id, promotion_id)) ${TABLE}`,
  // Only what is limited is counted: ALL, a member (M:, N: over all promotions of a play), a day (D:), a store (S:), a store's slice of a SKU (K:), a franchisee's month (F:).
  `CREATE TABLE promotion_counter (
    brand_id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, counter VARCHAR(50) NOT NULL, used_count BIGINT NOT NULL, used_fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, promotion_id, counter)) ${TABLE}`,
  `CREATE TABLE promotion_envelope (
    brand_id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, month CHAR(7) NOT NULL, budget_fen BIGINT NOT NULL, updated_by VARCHAR(60) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, franchisee_id, month)) ${TABLE}`,
  `CREATE TABLE promotion_run (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, version INT NOT NULL, result JSON NOT NULL, at DATETIME(3) NOT NULL, run_by VARCHAR(60) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY promotion_run_promotion (brand_id, promotion_id, id)) ${TABLE}`,
  // The lowest deal price and the lowest shelf price of a SKU in a store on a day (规范促销行为暂行规定, article 20).
  `CREATE TABLE price_low (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, day CHAR(10) NOT NULL, deal_fen BIGINT NULL, shelf_fen BIGINT NULL,
    PRIMARY KEY (brand_id, store_id, sku_id, day), KEY price_low_sku (brand_id, sku_id, day)) ${TABLE}`,
  `CREATE TABLE group_buy (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, leader_id BIGINT NOT NULL, size INT NOT NULL, joined INT NOT NULL,
    state VARCHAR(10) NOT NULL, is_filled_up TINYINT NOT NULL DEFAULT 0, expires_at DATETIME(3) NOT NULL, created_at DATETIME(3) NOT NULL, settled_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), KEY group_buy_open (brand_id, promotion_id, store_id, state, expires_at), KEY group_buy_due (state, expires_at)) ${TABLE}`,
  // A seat is WANTED from submission, PAID by payment, REFUND_DUE when the group failed or was full, REFUNDED when the money is back.
  `CREATE TABLE group_buy_seat (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, group_id BIGINT NULL, member_id BIGINT NOT NULL, is_leader TINYINT NOT NULL,
    state VARCHAR(12) NOT NULL, note VARCHAR(60) NOT NULL DEFAULT '', at DATETIME(3) NOT NULL, paid_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, order_id), KEY group_buy_seat_group (brand_id, group_id, state), KEY group_buy_seat_member (brand_id, member_id, state, order_id)) ${TABLE}`,
  `CREATE TABLE bargain (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, store_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, member_id BIGINT NOT NULL, start_fen BIGINT NOT NULL, floor_fen BIGINT NOT NULL,
    now_fen BIGINT NOT NULL, cuts JSON NOT NULL, help_count INT NOT NULL, state VARCHAR(10) NOT NULL, order_id BIGINT NULL, expires_at DATETIME(3) NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY bargain_once (brand_id, promotion_id, member_id, sku_id), KEY bargain_member (brand_id, member_id, id), KEY bargain_order (brand_id, order_id), KEY bargain_due (state, expires_at)) ${TABLE}`,
  `CREATE TABLE bargain_help (
    brand_id BIGINT NOT NULL, bargain_id BIGINT NOT NULL, member_id BIGINT NOT NULL, day CHAR(10) NOT NULL, fen BIGINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, bargain_id, member_id), UNIQUE KEY bargain_help_day (brand_id, member_id, day)) ${TABLE}`,
  `CREATE TABLE presale_deal (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, promotion_id BIGINT NOT NULL, member_id BIGINT NOT NULL, store_id BIGINT NOT NULL, deposit_fen BIGINT NOT NULL, worth_fen BIGINT NOT NULL, tail_fen BIGINT NOT NULL,
    tail_from DATETIME(3) NOT NULL, tail_until DATETIME(3) NOT NULL, ship_by DATETIME(3) NULL, forfeits TINYINT NOT NULL, state VARCHAR(12) NOT NULL, at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, order_id), KEY presale_deal_member (brand_id, member_id, order_id), KEY presale_deal_due (state, tail_until), KEY presale_deal_promotion (brand_id, promotion_id, order_id)) ${TABLE}`,
]);
