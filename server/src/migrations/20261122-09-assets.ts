import { sqlMigration, TABLE } from './sql-migration.js';

/** What members own: one ledger of accounts, lots, entries and holds; top-ups, codes, points mall, levels. */
export const Assets1790000000009 = sqlMigration('Assets1790000000009', [
  `CREATE TABLE asset_account (
    brand_id BIGINT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, balance BIGINT NOT NULL, pending BIGINT NOT NULL, held BIGINT NOT NULL, owed BIGINT NOT NULL,
    entry_count BIGINT NOT NULL, head_hash CHAR(64) NOT NULL, frozen_reason VARCHAR(60) NULL, frozen_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, owner_id, asset), KEY asset_account_kind (brand_id, asset, owner_id)) ${TABLE}`,
  `CREATE TABLE asset_lot (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, kind VARCHAR(12) NOT NULL, state VARCHAR(10) NOT NULL, pair_id BIGINT NOT NULL,
    granted BIGINT NOT NULL, remaining BIGINT NOT NULL, held BIGINT NOT NULL, origin_kind VARCHAR(16) NOT NULL, origin_id BIGINT NOT NULL, origin_owner_id BIGINT NOT NULL,
    store_id BIGINT NULL, terms JSON NULL, title VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL, active_at DATETIME(3) NULL, expires_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), KEY asset_lot_owner (brand_id, owner_id, asset, state), KEY asset_lot_origin (brand_id, origin_kind, origin_id),
    KEY asset_lot_expiry (state, expires_at), KEY asset_lot_pending (state, active_at)) ${TABLE}`,
  `CREATE TABLE asset_entry (
    brand_id BIGINT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, seq BIGINT NOT NULL, kind VARCHAR(16) NOT NULL, ref VARCHAR(80) NOT NULL,
    amount BIGINT NOT NULL, pending BIGINT NOT NULL, balance_after BIGINT NOT NULL, pending_after BIGINT NOT NULL, title VARCHAR(80) NOT NULL, store_id BIGINT NULL, order_id BIGINT NULL,
    prev_hash CHAR(64) NOT NULL, hash CHAR(64) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, owner_id, asset, seq), UNIQUE KEY asset_entry_ref (brand_id, asset, ref), KEY asset_entry_order (brand_id, order_id)) ${TABLE}`,
  `CREATE TABLE asset_movement (
    brand_id BIGINT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, seq BIGINT NOT NULL, lot_id BIGINT NOT NULL, amount BIGINT NOT NULL, pending BIGINT NOT NULL,
    PRIMARY KEY (brand_id, owner_id, asset, seq, lot_id), KEY asset_movement_lot (brand_id, lot_id)) ${TABLE}`,
  `CREATE TABLE asset_hold (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, subject_kind VARCHAR(12) NOT NULL, subject_id BIGINT NOT NULL, amount BIGINT NOT NULL,
    returned BIGINT NOT NULL, state VARCHAR(10) NOT NULL, store_id BIGINT NULL, title VARCHAR(80) NOT NULL, until_at DATETIME(3) NOT NULL, created_at DATETIME(3) NOT NULL, closed_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY asset_hold_subject (brand_id, asset, subject_kind, subject_id), KEY asset_hold_owner (brand_id, owner_id, asset, state), KEY asset_hold_due (state, until_at)) ${TABLE}`,
  `CREATE TABLE asset_hold_lot (
    brand_id BIGINT NOT NULL, hold_id BIGINT NOT NULL, lot_id BIGINT NOT NULL, amount BIGINT NOT NULL, returned BIGINT NOT NULL,
    PRIMARY KEY (brand_id, hold_id, lot_id), KEY asset_hold_lot_lot (brand_id, lot_id)) ${TABLE}`,
  `CREATE TABLE asset_move (
    brand_id BIGINT NOT NULL, merge_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, from_id BIGINT NOT NULL, into_id BIGINT NOT NULL, lots JSON NOT NULL, holds JSON NOT NULL, owed BIGINT NOT NULL,
    at DATETIME(3) NOT NULL, undone_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, merge_id, asset)) ${TABLE}`,
  `CREATE TABLE expiry_notice (
    brand_id BIGINT NOT NULL, lot_id BIGINT NOT NULL, days INT NOT NULL, owner_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, amount BIGINT NOT NULL, expires_at DATETIME(3) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, lot_id, days)) ${TABLE}`,
  `CREATE TABLE asset_setting (
    brand_id BIGINT NOT NULL, kind VARCHAR(16) NOT NULL, version INT NOT NULL, body JSON NOT NULL, published_by VARCHAR(60) NOT NULL, published_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, kind, version)) ${TABLE}`,
  `CREATE TABLE asset_adjustment (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, asset VARCHAR(12) NOT NULL, amount BIGINT NOT NULL, reason VARCHAR(100) NOT NULL, expires_at DATETIME(3) NULL,
    state VARCHAR(10) NOT NULL, requested_by BIGINT NOT NULL, requester VARCHAR(60) NOT NULL, requested_at DATETIME(3) NOT NULL, decided_by BIGINT NULL, decider VARCHAR(60) NULL, decided_at DATETIME(3) NULL, note VARCHAR(100) NULL,
    PRIMARY KEY (brand_id, id), KEY asset_adjustment_state (brand_id, state, id)) ${TABLE}`,
  `CREATE TABLE wallet_pin (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, pin_hash VARCHAR(200) NOT NULL, failures INT NOT NULL, locked_until DATETIME(3) NULL, set_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE dynamic_code (
    brand_id BIGINT NOT NULL, code_hash CHAR(64) NOT NULL, kind VARCHAR(8) NOT NULL, member_id BIGINT NOT NULL, created_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL, used_at DATETIME(3) NULL,
    payment_id BIGINT NULL,
    PRIMARY KEY (brand_id, code_hash), KEY dynamic_code_member (brand_id, member_id, kind), KEY dynamic_code_old (expires_at)) ${TABLE}`,
  `CREATE TABLE in_store_payment (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, payment_no VARCHAR(32) NOT NULL, member_id BIGINT NOT NULL, store_id BIGINT NOT NULL, guide_id BIGINT NULL, operator VARCHAR(60) NOT NULL, amount_fen BIGINT NOT NULL,
    principal_fen BIGINT NOT NULL, bonus_fen BIGINT NOT NULL, state VARCHAR(10) NOT NULL, note VARCHAR(60) NOT NULL, reason VARCHAR(60) NULL, created_at DATETIME(3) NOT NULL, confirm_until DATETIME(3) NULL, paid_at DATETIME(3) NULL, closed_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY in_store_payment_no (brand_id, payment_no), KEY in_store_payment_store (brand_id, store_id, id), KEY in_store_payment_due (state, confirm_until)) ${TABLE}`,
  `CREATE TABLE top_up_activity (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, version INT NOT NULL, name VARCHAR(40) NOT NULL, body JSON NOT NULL, starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NULL, is_current TINYINT NOT NULL, stopped_at DATETIME(3) NULL,
    created_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id, version), KEY top_up_activity_current (brand_id, is_current)) ${TABLE}`,
  `CREATE TABLE top_up (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, top_up_no VARCHAR(32) NOT NULL, member_id BIGINT NOT NULL, store_id BIGINT NOT NULL, guide_id BIGINT NULL, state VARCHAR(16) NOT NULL, pay_fen BIGINT NOT NULL, bonus_fen BIGINT NOT NULL,
    points BIGINT NOT NULL, coupon_template_id BIGINT NULL, activity_id BIGINT NULL, activity_version INT NULL, tier_id BIGINT NULL, bonus_days INT NULL, agreement_version INT NOT NULL, promise JSON NOT NULL,
    payment_id BIGINT NULL, refunded_fen BIGINT NOT NULL DEFAULT 0, created_at DATETIME(3) NOT NULL, due_at DATETIME(3) NOT NULL, credited_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY top_up_number (brand_id, top_up_no), KEY top_up_member (brand_id, member_id, id), KEY top_up_store (brand_id, store_id, id),
    KEY top_up_activity (brand_id, activity_id, state), KEY top_up_due (state, due_at)) ${TABLE}`,
  `CREATE TABLE wallet_refund (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, request_id BIGINT NOT NULL, member_id BIGINT NOT NULL, top_up_id BIGINT NOT NULL, state VARCHAR(10) NOT NULL, route VARCHAR(10) NOT NULL, refund_fen BIGINT NOT NULL, bonus_fen BIGINT NOT NULL,
    reason VARCHAR(80) NOT NULL, payment_refund_id BIGINT NULL, note VARCHAR(100) NULL, requested_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    tries INT NOT NULL DEFAULT 0, next_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY wallet_refund_once (brand_id, request_id, top_up_id), KEY wallet_refund_due (state, next_at), KEY wallet_refund_member (brand_id, member_id, id), KEY wallet_refund_state (brand_id, state, id), KEY wallet_refund_payment (brand_id, payment_refund_id)) ${TABLE}`,
  `CREATE TABLE points_good (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(8) NOT NULL, name VARCHAR(60) NOT NULL, image_url VARCHAR(300) NOT NULL, description VARCHAR(500) NOT NULL, points BIGINT NOT NULL, stock INT NOT NULL, taken INT NOT NULL,
    per_person_limit INT NULL, coupon_template_id BIGINT NULL, is_listed TINYINT NOT NULL, position INT NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY points_good_list (brand_id, is_listed, position, id)) ${TABLE}`,
  `CREATE TABLE points_good_taker (
    brand_id BIGINT NOT NULL, good_id BIGINT NOT NULL, member_id BIGINT NOT NULL, qty INT NOT NULL,
    PRIMARY KEY (brand_id, good_id, member_id), KEY points_good_taker_member (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE points_exchange (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, exchange_no VARCHAR(32) NOT NULL, member_id BIGINT NOT NULL, good_id BIGINT NOT NULL, kind VARCHAR(8) NOT NULL, name VARCHAR(60) NOT NULL, image_url VARCHAR(300) NOT NULL, qty INT NOT NULL,
    points BIGINT NOT NULL, store_id BIGINT NULL, state VARCHAR(10) NOT NULL, pickup_code VARCHAR(12) NULL, pickup_until DATETIME(3) NULL, handed_by BIGINT NULL, created_at DATETIME(3) NOT NULL, done_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY points_exchange_no (brand_id, exchange_no), UNIQUE KEY points_exchange_code (brand_id, pickup_code), KEY points_exchange_member (brand_id, member_id, id),
    KEY points_exchange_store (brand_id, store_id, id), KEY points_exchange_due (state, pickup_until)) ${TABLE}`,
  `CREATE TABLE member_level (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, level INT NOT NULL, since DATETIME(3) NOT NULL, period_ends_at DATETIME(3) NOT NULL, granted_level INT NULL, granted_until DATETIME(3) NULL, scheme_version INT NOT NULL,
    warned_for DATETIME(3) NULL,
    PRIMARY KEY (brand_id, member_id), KEY member_level_period (brand_id, period_ends_at), KEY member_level_grant (brand_id, granted_until)) ${TABLE}`,
  `CREATE TABLE member_level_event (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, kind VARCHAR(12) NOT NULL, from_level INT NOT NULL, to_level INT NOT NULL, growth BIGINT NOT NULL, reason VARCHAR(100) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY member_level_event_member (brand_id, member_id, id)) ${TABLE}`,
]);
