import { sqlMigration, TABLE } from './sql-migration.js';

// The counters stand on the template and are guarded by conditional updates: a limit is kept by the row, not by a count
// that two requests could read at once.
/** Coupon templates and their versions, coupons and their history, gifts, guides' cards, redemptions; the clearing. */
export const Coupons1790000000010 = sqlMigration('Coupons1790000000010', [
  `CREATE TABLE coupon_template (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, code VARCHAR(20) NOT NULL, version INT NOT NULL, status VARCHAR(10) NOT NULL, content JSON NOT NULL,
    total_count BIGINT NULL, issued_count BIGINT NOT NULL DEFAULT 0, reserved_count BIGINT NOT NULL DEFAULT 0, used_count BIGINT NOT NULL DEFAULT 0,
    budget_fen BIGINT NULL, committed_fen BIGINT NOT NULL DEFAULT 0, spent_fen BIGINT NOT NULL DEFAULT 0, name VARCHAR(30) NOT NULL, kind VARCHAR(12) NOT NULL,
    display_order INT NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY coupon_template_code (brand_id, code)) ${TABLE}`,
  `CREATE TABLE coupon_version (
    brand_id BIGINT NOT NULL, template_id BIGINT NOT NULL, version INT NOT NULL, name VARCHAR(30) NOT NULL, terms JSON NOT NULL, rule_text VARCHAR(500) NOT NULL,
    worst_fen BIGINT NOT NULL, made_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, template_id, version)) ${TABLE}`,
  `CREATE TABLE coupon_join (
    brand_id BIGINT NOT NULL, template_id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, is_in TINYINT NOT NULL, by_label VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, template_id, franchisee_id)) ${TABLE}`,
  `CREATE TABLE coupon_settings (
    brand_id BIGINT NOT NULL, content JSON NOT NULL, updated_at DATETIME(3) NOT NULL, PRIMARY KEY (brand_id)) ${TABLE}`,
  `CREATE TABLE coupon (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, template_id BIGINT NOT NULL, version INT NOT NULL, member_id BIGINT NULL, code VARCHAR(32) COLLATE utf8mb4_bin NOT NULL,
    state VARCHAR(10) NOT NULL, source VARCHAR(10) NOT NULL, source_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL, guide_id BIGINT NULL, store_id BIGINT NULL, worst_fen BIGINT NOT NULL,
    valid_from DATETIME(3) NOT NULL, valid_until DATETIME(3) NOT NULL, issued_at DATETIME(3) NOT NULL, gift_count INT NOT NULL DEFAULT 0,
    order_id BIGINT NULL, redemption_id BIGINT NULL, locked_until DATETIME(3) NULL, use_fen BIGINT NULL, kept_fen BIGINT NOT NULL DEFAULT 0, use_store_id BIGINT NULL, used_at DATETIME(3) NULL,
    revoke_reason VARCHAR(80) NULL, reminded_at DATETIME(3) NULL, token_until DATETIME(3) NULL, pin_failures INT NOT NULL DEFAULT 0, pin_failed_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY coupon_code (brand_id, code), UNIQUE KEY coupon_source (brand_id, template_id, source, source_id),
    KEY coupon_member (brand_id, member_id, state, valid_until), KEY coupon_order (brand_id, order_id), KEY coupon_due (state, valid_until), KEY coupon_template (brand_id, template_id, state)) ${TABLE}`,
  `CREATE TABLE coupon_event (
    brand_id BIGINT NOT NULL, coupon_id BIGINT NOT NULL, id BIGINT NOT NULL, type VARCHAR(12) NOT NULL, actor VARCHAR(60) NOT NULL, subject_id BIGINT NULL, fen BIGINT NULL, note VARCHAR(160) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, coupon_id, id)) ${TABLE}`,
  `CREATE TABLE coupon_taken (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, template_id BIGINT NOT NULL, taken INT NOT NULL, day DATE NOT NULL, taken_today INT NOT NULL,
    PRIMARY KEY (brand_id, member_id, template_id)) ${TABLE}`,
  `CREATE TABLE coupon_guide_use (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, template_id BIGINT NOT NULL, period VARCHAR(10) NOT NULL, given INT NOT NULL, worst_fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, guide_id, template_id, period)) ${TABLE}`,
  `CREATE TABLE coupon_offer (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, token VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, kind VARCHAR(6) NOT NULL, template_id BIGINT NOT NULL, version INT NOT NULL, worst_fen BIGINT NOT NULL,
    guide_id BIGINT NOT NULL, store_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NULL, member_id BIGINT NULL, to_name VARCHAR(60) NOT NULL, words VARCHAR(1000) NOT NULL,
    total INT NOT NULL, taken INT NOT NULL, state VARCHAR(10) NOT NULL, created_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY coupon_offer_token (token), KEY coupon_offer_guide (brand_id, guide_id, id), KEY coupon_offer_due (state, expires_at)) ${TABLE}`,
  `CREATE TABLE coupon_offer_taker (
    brand_id BIGINT NOT NULL, offer_id BIGINT NOT NULL, member_id BIGINT NOT NULL, coupon_id BIGINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, offer_id, member_id)) ${TABLE}`,
  `CREATE TABLE coupon_gift (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, token VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, coupon_id BIGINT NOT NULL, giver_id BIGINT NOT NULL, receiver_id BIGINT NULL, state VARCHAR(10) NOT NULL,
    created_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL, ended_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY coupon_gift_token (token), KEY coupon_gift_coupon (brand_id, coupon_id, id), KEY coupon_gift_due (state, expires_at)) ${TABLE}`,
  `CREATE TABLE coupon_redemption (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, receipt_no VARCHAR(24) NOT NULL, client_key VARCHAR(160) COLLATE utf8mb4_bin NOT NULL, coupon_id BIGINT NOT NULL, template_id BIGINT NOT NULL, version INT NOT NULL,
    member_id BIGINT NULL, store_id BIGINT NOT NULL, guide_id BIGINT NULL, channel VARCHAR(8) NOT NULL, amount_fen BIGINT NOT NULL, discount_fen BIGINT NOT NULL, items JSON NULL, state VARCHAR(12) NOT NULL,
    redeemed_at DATETIME(3) NOT NULL, created_at DATETIME(3) NOT NULL, reversed_at DATETIME(3) NULL, reversed_by VARCHAR(60) NULL, reverse_reason VARCHAR(80) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY coupon_redemption_key (brand_id, client_key), KEY coupon_redemption_store (brand_id, store_id, id), KEY coupon_redemption_coupon (brand_id, coupon_id)) ${TABLE}`,
  `CREATE TABLE clearing_entry (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(24) NOT NULL, subject_id VARCHAR(80) COLLATE utf8mb4_bin NOT NULL, note VARCHAR(120) NOT NULL, day DATE NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY clearing_entry_once (brand_id, kind, subject_id), KEY clearing_entry_day (brand_id, day, id)) ${TABLE}`,
  `CREATE TABLE clearing_leg (
    brand_id BIGINT NOT NULL, entry_id BIGINT NOT NULL, position INT NOT NULL, party VARCHAR(32) NOT NULL, fen BIGINT NOT NULL, day DATE NOT NULL,
    PRIMARY KEY (brand_id, entry_id, position), KEY clearing_leg_day (brand_id, day, party), KEY clearing_leg_party (brand_id, party, entry_id)) ${TABLE}`,
  `CREATE TABLE clearing_pair (
    brand_id BIGINT NOT NULL, entry_id BIGINT NOT NULL, position INT NOT NULL, from_party VARCHAR(32) NOT NULL, to_party VARCHAR(32) NOT NULL, fen BIGINT NOT NULL, day DATE NOT NULL,
    PRIMARY KEY (brand_id, entry_id, position), KEY clearing_pair_day (brand_id, day)) ${TABLE}`,
  `CREATE TABLE clearing_day (
    brand_id BIGINT NOT NULL, day DATE NOT NULL, entry_count INT NOT NULL, gross_fen BIGINT NOT NULL, netted_fen BIGINT NOT NULL, closed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, day)) ${TABLE}`,
  `CREATE TABLE clearing_net (
    brand_id BIGINT NOT NULL, day DATE NOT NULL, from_party VARCHAR(32) NOT NULL, to_party VARCHAR(32) NOT NULL, fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, day, from_party, to_party)) ${TABLE}`,
]);
