import { sqlMigration, TABLE } from './sql-migration.js';

/** Carts, orders of all channels, payments, refunds and the raw notifications of WeChat Pay. */
export const Sales1790000000005 = sqlMigration('Sales1790000000005', [
  `CREATE TABLE cart_line (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, product_id BIGINT NOT NULL, store_id BIGINT NOT NULL, qty INT NOT NULL,
    is_selected TINYINT NOT NULL, added_price_fen BIGINT NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id, sku_id)) ${TABLE}`,
  `CREATE TABLE sales_order (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, order_no VARCHAR(32) NOT NULL, channel VARCHAR(10) NOT NULL, kind VARCHAR(8) NOT NULL, external_no VARCHAR(40) COLLATE utf8mb4_bin NULL, member_id BIGINT NULL, store_id BIGINT NOT NULL,
    guide_id BIGINT NULL, attribution JSON NULL, state VARCHAR(12) NOT NULL, fulfil VARCHAR(12) NOT NULL, goods_fen BIGINT NOT NULL, freight_fen BIGINT NOT NULL,
    promotion_fen BIGINT NOT NULL DEFAULT 0, coupon_fen BIGINT NOT NULL DEFAULT 0, points_fen BIGINT NOT NULL DEFAULT 0, points_used BIGINT NOT NULL DEFAULT 0,
    total_fen BIGINT NOT NULL, wallet_fen BIGINT NOT NULL DEFAULT 0, cash_fen BIGINT NOT NULL DEFAULT 0, has_holds TINYINT NOT NULL DEFAULT 0, refunded_fen BIGINT NOT NULL, collect_mode VARCHAR(8) NULL, address JSON NULL, shipping JSON NULL, pickup_code VARCHAR(12) NULL,
    price_steps JSON NULL, remark VARCHAR(100) NOT NULL, send_id BIGINT NULL, created_at DATETIME(3) NOT NULL, due_at DATETIME(3) NULL, paid_at DATETIME(3) NULL,
    shipped_at DATETIME(3) NULL, received_at DATETIME(3) NULL, finished_at DATETIME(3) NULL, closed_at DATETIME(3) NULL, close_reason VARCHAR(20) NULL, version INT NOT NULL DEFAULT 0,
    request_key VARCHAR(80) COLLATE utf8mb4_bin NULL, request_hash CHAR(64) NULL, pay_plan TEXT NULL, presale JSON NULL, deposit_paid_at DATETIME(3) NULL, delivery JSON NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY sales_order_request (brand_id, member_id, request_key), UNIQUE KEY sales_order_no (brand_id, order_no), UNIQUE KEY sales_order_external (brand_id, channel, external_no),
    UNIQUE KEY sales_order_pickup (brand_id, pickup_code), KEY sales_order_member (brand_id, member_id, created_at, id), KEY sales_order_store (brand_id, store_id, id),
    KEY sales_order_due (state, due_at), KEY sales_order_guide (brand_id, guide_id, id)) ${TABLE}`,
  `CREATE TABLE order_line (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, id BIGINT NOT NULL, sku_id BIGINT NULL, product_id BIGINT NULL, category_id BIGINT NULL, code VARCHAR(40) NOT NULL, name VARCHAR(100) NOT NULL,
    spec VARCHAR(60) NOT NULL, image_url VARCHAR(300) NULL, qty INT NOT NULL, unit_price_fen BIGINT NOT NULL, amount_fen BIGINT NOT NULL, payable_fen BIGINT NOT NULL,
    wallet_fen BIGINT NOT NULL DEFAULT 0, applied JSON NULL, refunded_qty INT NOT NULL, refunded_fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, order_id, id)) ${TABLE}`,
  `CREATE TABLE payment (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, subject VARCHAR(16) NOT NULL, subject_id BIGINT NOT NULL, purpose VARCHAR(12) NOT NULL, order_id BIGINT NULL, channel VARCHAR(8) NOT NULL, account_id VARCHAR(40) NOT NULL, mchid VARCHAR(12) NOT NULL, sub_mchid VARCHAR(12) NULL,
    out_trade_no VARCHAR(32) NOT NULL, openid VARCHAR(64) NOT NULL, amount_fen BIGINT NOT NULL, state VARCHAR(10) NOT NULL, profit_sharing TINYINT NOT NULL,
    notification_id VARCHAR(64) NULL, request_body TEXT NULL, prepay_id VARCHAR(80) NULL, prepay_at DATETIME(3) NULL, transaction_id VARCHAR(40) NULL, paid_at DATETIME(3) NULL, is_late TINYINT NOT NULL DEFAULT 0,
    fee_fen BIGINT NOT NULL DEFAULT 0, settle_state VARCHAR(10) NOT NULL DEFAULT 'NONE', next_check_at DATETIME(3) NULL, checks INT NOT NULL DEFAULT 0, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY payment_out_trade_no (out_trade_no), UNIQUE KEY payment_subject (brand_id, subject, subject_id, purpose), KEY payment_order (brand_id, order_id), KEY payment_check (state, next_check_at), KEY payment_settle (settle_state, paid_at)) ${TABLE}`,
  `CREATE TABLE pay_notification (
    id BIGINT NOT NULL, account_id VARCHAR(40) NOT NULL, notification_id VARCHAR(64) NOT NULL, original_type VARCHAR(40) NOT NULL, event_type VARCHAR(60) NOT NULL, resource JSON NOT NULL,
    state VARCHAR(10) NOT NULL, attempts INT NOT NULL DEFAULT 0, next_at DATETIME(3) NOT NULL, problem VARCHAR(300) NULL, received_at DATETIME(3) NOT NULL, handled_at DATETIME(3) NULL,
    PRIMARY KEY (id), UNIQUE KEY pay_notification_once (account_id, notification_id), KEY pay_notification_open (state, next_at, id)) ${TABLE}`,
  `CREATE TABLE pay_nonce (
    serial VARCHAR(64) NOT NULL, nonce VARCHAR(64) NOT NULL, signed_at BIGINT NOT NULL, seen_at DATETIME(3) NOT NULL,
    PRIMARY KEY (serial, nonce, signed_at), KEY pay_nonce_seen (seen_at)) ${TABLE}`,
  `CREATE TABLE refund (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, order_id BIGINT NOT NULL, payment_id BIGINT NOT NULL, amount_fen BIGINT NOT NULL, wallet_fen BIGINT NOT NULL, freight_fen BIGINT NOT NULL, freight_wallet_fen BIGINT NOT NULL,
    points_back BIGINT NOT NULL, withheld_fen BIGINT NOT NULL, deposit_fen BIGINT NOT NULL DEFAULT 0, goods VARCHAR(8) NOT NULL, case_id BIGINT NULL, reason VARCHAR(80) NOT NULL, cause VARCHAR(16) NOT NULL,
    out_refund_no VARCHAR(40) NOT NULL, attempt INT NOT NULL, state VARCHAR(12) NOT NULL, step VARCHAR(16) NOT NULL, fee_back_fen BIGINT NOT NULL DEFAULT 0, refund_id VARCHAR(64) NULL, plan JSON NULL, requested_by VARCHAR(60) NOT NULL,
    problem VARCHAR(300) NULL, next_check_at DATETIME(3) NULL, checks INT NOT NULL DEFAULT 0, created_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY refund_out_no (out_refund_no), KEY refund_order (brand_id, order_id), KEY refund_check (state, next_check_at), KEY refund_open (brand_id, state, id)) ${TABLE}`,
  `CREATE TABLE refund_line (
    brand_id BIGINT NOT NULL, refund_id BIGINT NOT NULL, line_id BIGINT NOT NULL, qty INT NOT NULL, amount_fen BIGINT NOT NULL, wallet_fen BIGINT NOT NULL,
    PRIMARY KEY (brand_id, refund_id, line_id)) ${TABLE}`,
  `CREATE TABLE shipping_upload (
    brand_id BIGINT NOT NULL, order_id BIGINT NOT NULL, state VARCHAR(10) NOT NULL, attempts INT NOT NULL, next_at DATETIME(3) NOT NULL, problem VARCHAR(300) NULL,
    PRIMARY KEY (brand_id, order_id), KEY shipping_upload_open (state, next_at)) ${TABLE}`,
]);
