import { sqlMigration, TABLE } from './sql-migration.js';

/** Split rules, the entitlement chain, the double-entry ledger, and what the channel was asked to move. */
export const Settlement1790000000006 = sqlMigration('Settlement1790000000006', [
  `CREATE TABLE split_rule (
    brand_id BIGINT NOT NULL, version INT NOT NULL, name VARCHAR(40) NOT NULL, legs JSON NOT NULL, state VARCHAR(10) NOT NULL, rule_hash CHAR(64) NOT NULL,
    created_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL, published_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, version)) ${TABLE}`,
  `CREATE TABLE chain_head (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, seq BIGINT NOT NULL, hash CHAR(64) NOT NULL,
    PRIMARY KEY (brand_id, store_id)) ${TABLE}`,
  `CREATE TABLE entitlement (
    brand_id BIGINT NOT NULL, store_id BIGINT NOT NULL, seq BIGINT NOT NULL, order_id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, ref_id BIGINT NOT NULL, rule_version INT NOT NULL,
    amount_fen BIGINT NOT NULL, body LONGTEXT NOT NULL, prev_hash CHAR(64) NOT NULL, hash CHAR(64) NOT NULL, business_day CHAR(10) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, store_id, seq), UNIQUE KEY entitlement_once (brand_id, order_id, kind, ref_id), KEY entitlement_day (brand_id, business_day, store_id)) ${TABLE}`,
  `CREATE TABLE entitlement_leg (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, seq BIGINT NOT NULL, party VARCHAR(12) NOT NULL, party_id VARCHAR(24) NOT NULL, store_id BIGINT NOT NULL, fen BIGINT NOT NULL,
    business_day CHAR(10) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, order_id, seq, party, party_id), KEY entitlement_leg_party (brand_id, party, party_id, order_id), KEY entitlement_leg_day (brand_id, business_day, store_id)) ${TABLE}`,
  `CREATE TABLE ledger_account (
    brand_id BIGINT NOT NULL, book VARCHAR(12) NOT NULL, code VARCHAR(80) NOT NULL, balance_fen BIGINT NOT NULL, posting_count BIGINT NOT NULL,
    PRIMARY KEY (brand_id, book, code)) ${TABLE}`,
  `CREATE TABLE transfer (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, book VARCHAR(12) NOT NULL, ref VARCHAR(100) NOT NULL, kind VARCHAR(24) NOT NULL, order_id BIGINT NOT NULL, content_hash CHAR(64) NOT NULL,
    business_day CHAR(10) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY transfer_ref (brand_id, book, ref), KEY transfer_order (brand_id, order_id), KEY transfer_day (brand_id, business_day, id)) ${TABLE}`,
  `CREATE TABLE posting (
    brand_id BIGINT NOT NULL, transfer_id BIGINT NOT NULL, line_no INT NOT NULL, book VARCHAR(12) NOT NULL, account VARCHAR(80) NOT NULL, fen BIGINT NOT NULL,
    account_seq BIGINT NOT NULL, order_id BIGINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, transfer_id, line_no), UNIQUE KEY posting_account (brand_id, book, account, account_seq), KEY posting_order (brand_id, order_id)) ${TABLE}`,
  `CREATE TABLE split (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, order_id BIGINT NOT NULL, payment_id BIGINT NOT NULL, store_id BIGINT NOT NULL, account_id VARCHAR(40) NOT NULL, mchid VARCHAR(12) NOT NULL, sub_mchid VARCHAR(12) NULL,
    collect_mode VARCHAR(8) NOT NULL, transaction_id VARCHAR(40) NOT NULL, paid_fen BIGINT NOT NULL, fee_fen BIGINT NOT NULL, state VARCHAR(12) NOT NULL, step VARCHAR(16) NOT NULL, problem VARCHAR(300) NULL,
    paid_at DATETIME(3) NOT NULL, due_at DATETIME(3) NULL, deadline_at DATETIME(3) NOT NULL, next_at DATETIME(3) NULL, owner VARCHAR(60) NULL, lease_until DATETIME(3) NULL, fence BIGINT NOT NULL DEFAULT 0,
    finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY split_order (brand_id, order_id), KEY split_next (state, next_at), KEY split_store (brand_id, store_id, id)) ${TABLE}`,
  `CREATE TABLE split_request (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, split_id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, out_order_no VARCHAR(64) NOT NULL, channel_order_id VARCHAR(64) NULL, state VARCHAR(12) NOT NULL,
    amount_fen BIGINT NOT NULL, problem VARCHAR(300) NULL, created_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY split_request_no (out_order_no), KEY split_request_split (brand_id, split_id)) ${TABLE}`,
  `CREATE TABLE split_receiver (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, split_id BIGINT NOT NULL, request_id BIGINT NOT NULL, party VARCHAR(12) NOT NULL, party_id VARCHAR(24) NOT NULL, receiver_type VARCHAR(24) NOT NULL, account VARCHAR(64) NOT NULL,
    amount_fen BIGINT NOT NULL, returned_fen BIGINT NOT NULL DEFAULT 0, state VARCHAR(10) NOT NULL, fail_reason VARCHAR(60) NULL, detail_id VARCHAR(64) NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), KEY split_receiver_split (brand_id, split_id)) ${TABLE}`,
  `CREATE TABLE split_return (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, split_id BIGINT NOT NULL, receiver_id BIGINT NOT NULL, refund_id BIGINT NOT NULL, out_return_no VARCHAR(64) NOT NULL, amount_fen BIGINT NOT NULL,
    state VARCHAR(12) NOT NULL, fail_reason VARCHAR(60) NULL, created_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY split_return_no (out_return_no), KEY split_return_refund (brand_id, refund_id, receiver_id), KEY split_return_split (brand_id, split_id)) ${TABLE}`,
  `CREATE TABLE channel_receiver (
    brand_id BIGINT NOT NULL, mchid VARCHAR(12) NOT NULL, receiver_type VARCHAR(24) NOT NULL, account VARCHAR(64) NOT NULL, added_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, mchid, receiver_type, account)) ${TABLE}`,
  `CREATE TABLE channel_ratio (
    brand_id BIGINT NOT NULL, mchid VARCHAR(12) NOT NULL, max_ratio_bp INT NOT NULL, read_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, mchid)) ${TABLE}`,
  `CREATE TABLE statement (
    brand_id BIGINT NOT NULL, franchisee_id BIGINT NOT NULL, business_day CHAR(10) NOT NULL, state VARCHAR(10) NOT NULL, totals JSON NOT NULL, heads JSON NOT NULL, statement_hash CHAR(64) NOT NULL, published_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, franchisee_id, business_day)) ${TABLE}`,
]);
