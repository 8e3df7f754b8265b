import { sqlMigration, TABLE } from './sql-migration.js';

/** Tasks for guides, the morning pack, tracked sends, and imports of point-of-sale history. */
export const Tasks1790000000007 = sqlMigration('Tasks1790000000007', [
  `CREATE TABLE task (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, title VARCHAR(40) NOT NULL, words VARCHAR(500) NOT NULL, reason VARCHAR(80) NOT NULL, product_id BIGINT NULL, audience JSON NOT NULL, state VARCHAR(10) NOT NULL,
    start_day CHAR(10) NOT NULL, end_day CHAR(10) NOT NULL, store_ids JSON NULL, created_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL, published_at DATETIME(3) NULL, version INT NOT NULL DEFAULT 0,
    PRIMARY KEY (brand_id, id), KEY task_open (brand_id, state, start_day)) ${TABLE}`,
  `CREATE TABLE morning_pack (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, day CHAR(10) NOT NULL, budget_minutes INT NOT NULL, seconds INT NOT NULL, item_count INT NOT NULL, left_out INT NOT NULL, left_out_text VARCHAR(120) NULL, built_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, guide_id, day)) ${TABLE}`,
  `CREATE TABLE task_item (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, day CHAR(10) NOT NULL, position INT NOT NULL, id BIGINT NOT NULL, task_id BIGINT NULL, kind VARCHAR(20) NOT NULL, member_id BIGINT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    title VARCHAR(60) NOT NULL, reason VARCHAR(200) NOT NULL, words VARCHAR(1000) NOT NULL, product_id BIGINT NULL, seconds INT NOT NULL, score INT NOT NULL, may_earn_fen BIGINT NOT NULL, state VARCHAR(10) NOT NULL,
    seen_at DATETIME(3) NULL, sent_at DATETIME(3) NULL, opened_at DATETIME(3) NULL, ordered_at DATETIME(3) NULL, order_id BIGINT NULL, order_fen BIGINT NOT NULL DEFAULT 0, skip_reason VARCHAR(20) NULL, skip_note VARCHAR(60) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY task_item_customer (brand_id, guide_id, day, external_userid), KEY task_item_task (brand_id, task_id, guide_id)) ${TABLE}`,
  `CREATE TABLE chat_send (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, guide_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, member_id BIGINT NULL, task_item_id BIGINT NULL, product_id BIGINT NULL, words VARCHAR(1000) NOT NULL, state VARCHAR(10) NOT NULL,
    created_at DATETIME(3) NOT NULL, reported_at DATETIME(3) NULL, opened_at DATETIME(3) NULL, ordered_at DATETIME(3) NULL, order_id BIGINT NULL,
    PRIMARY KEY (brand_id, id), KEY chat_send_contact (brand_id, external_userid, id), KEY chat_send_guide (brand_id, guide_id, id), KEY chat_send_member (brand_id, member_id, id)) ${TABLE}`,
  `CREATE TABLE pos_import (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, source VARCHAR(60) NOT NULL, source_hash CHAR(64) NOT NULL, state VARCHAR(10) NOT NULL, next_row BIGINT NOT NULL, total_rows BIGINT NULL, imported_orders BIGINT NOT NULL, imported_lines BIGINT NOT NULL,
    error_rows BIGINT NOT NULL, shift_days INT NOT NULL, note VARCHAR(200) NOT NULL, started_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY pos_import_source (brand_id, source_hash)) ${TABLE}`,
  `CREATE TABLE pos_import_error (
    brand_id BIGINT NOT NULL, import_id BIGINT NOT NULL, row_no BIGINT NOT NULL, text VARCHAR(500) NOT NULL, problem VARCHAR(200) NOT NULL,
    PRIMARY KEY (brand_id, import_id, row_no)) ${TABLE}`,
]);
