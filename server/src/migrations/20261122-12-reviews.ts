import { sqlMigration, TABLE } from './sql-migration.js';

/** Reviews of goods and service, their checks, tickets, scores and codes; pictures that consumers send. */
export const Reviews1790000000012 = sqlMigration('Reviews1790000000012', [
  `CREATE TABLE consumer_picture (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, openid VARCHAR(64) NOT NULL, purpose VARCHAR(12) NOT NULL, url VARCHAR(200) NOT NULL, bytes INT NOT NULL, sha256 CHAR(64) NOT NULL,
    check_state VARCHAR(10) NOT NULL, check_label INT NULL, trace_id VARCHAR(64) NULL, next_at DATETIME(3) NULL, tries INT NOT NULL DEFAULT 0, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY consumer_picture_trace (trace_id), KEY consumer_picture_check (check_state, next_at), KEY consumer_picture_member (brand_id, member_id, created_at)) ${TABLE}`,
  `CREATE TABLE review (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(8) NOT NULL, order_id BIGINT NOT NULL, order_no VARCHAR(32) NOT NULL, line_id BIGINT NOT NULL, product_id BIGINT NULL, product_name VARCHAR(100) NOT NULL, spec VARCHAR(60) NOT NULL, image_url VARCHAR(300) NULL,
    store_id BIGINT NOT NULL, guide_id BIGINT NULL, member_id BIGINT NOT NULL, openid VARCHAR(64) NOT NULL, author_name VARCHAR(60) NOT NULL, author_avatar VARCHAR(300) NOT NULL, is_anonymous TINYINT NOT NULL, is_offline TINYINT NOT NULL,
    stars INT NOT NULL, attitude INT NULL, expertise INT NULL, speed INT NULL, text VARCHAR(500) NOT NULL, picture_ids JSON NOT NULL, pictures JSON NOT NULL,
    state VARCHAR(8) NOT NULL, text_check VARCHAR(10) NOT NULL, check_note VARCHAR(200) NOT NULL, next_at DATETIME(3) NULL, check_until DATETIME(3) NULL,
    follow_text VARCHAR(500) NULL, follow_picture_ids JSON NULL, follow_pictures JSON NULL, follow_state VARCHAR(8) NULL, follow_check VARCHAR(10) NULL, follow_next_at DATETIME(3) NULL, follow_until DATETIME(3) NULL, follow_at DATETIME(3) NULL,
    reward_text VARCHAR(60) NULL, is_counted TINYINT NOT NULL DEFAULT 0, is_follow_counted TINYINT NOT NULL DEFAULT 0, created_at DATETIME(3) NOT NULL, shown_at DATETIME(3) NULL, version INT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, id), UNIQUE KEY review_once (brand_id, order_id, line_id, kind), KEY review_product (brand_id, product_id, state, id), KEY review_member (brand_id, member_id, id), KEY review_store (brand_id, store_id, id),
    KEY review_guide (brand_id, guide_id, id), KEY review_check (state, next_at), KEY review_follow_check (follow_state, follow_next_at)) ${TABLE}`,
  `CREATE TABLE review_reply (
    brand_id BIGINT NOT NULL, review_id BIGINT NOT NULL, side VARCHAR(8) NOT NULL, by_label VARCHAR(60) NOT NULL, by_name VARCHAR(40) NOT NULL, text VARCHAR(300) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, review_id, side)) ${TABLE}`,
  `CREATE TABLE review_log (
    brand_id BIGINT NOT NULL, review_id BIGINT NOT NULL, id BIGINT NOT NULL, act VARCHAR(12) NOT NULL, by_label VARCHAR(60) NOT NULL, by_name VARCHAR(40) NOT NULL, reason VARCHAR(16) NULL, text VARCHAR(300) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, review_id, id)) ${TABLE}`,
  `CREATE TABLE review_ticket (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, review_id BIGINT NOT NULL, store_id BIGINT NOT NULL, guide_id BIGINT NULL, member_id BIGINT NOT NULL, state VARCHAR(12) NOT NULL, opened_at DATETIME(3) NOT NULL, due_at DATETIME(3) NOT NULL,
    called_back_at DATETIME(3) NULL, called_back_by VARCHAR(60) NULL, note VARCHAR(300) NOT NULL, closed_at DATETIME(3) NULL, is_satisfied TINYINT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY review_ticket_once (brand_id, review_id), KEY review_ticket_store (brand_id, store_id, id), KEY review_ticket_due (brand_id, state, due_at)) ${TABLE}`,
  `CREATE TABLE review_invite (
    brand_id BIGINT NOT NULL, token_hash CHAR(64) NOT NULL, order_id BIGINT NOT NULL, made_by VARCHAR(60) NOT NULL, made_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL, used_at DATETIME(3) NULL, used_by BIGINT NULL,
    PRIMARY KEY (brand_id, token_hash), KEY review_invite_order (brand_id, order_id)) ${TABLE}`,
  `CREATE TABLE product_score (
    brand_id BIGINT NOT NULL, product_id BIGINT NOT NULL, s1 INT NOT NULL, s2 INT NOT NULL, s3 INT NOT NULL, s4 INT NOT NULL, s5 INT NOT NULL, with_pictures INT NOT NULL, follow_ups INT NOT NULL,
    PRIMARY KEY (brand_id, product_id)) ${TABLE}`,
  `CREATE TABLE guide_score (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, sample INT NOT NULL, attitude INT NOT NULL, expertise INT NOT NULL, speed INT NOT NULL,
    PRIMARY KEY (brand_id, guide_id)) ${TABLE}`,
  `CREATE TABLE review_rules (
    brand_id BIGINT NOT NULL, rules JSON NOT NULL, updated_by VARCHAR(60) NOT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id)) ${TABLE}`,
]);
