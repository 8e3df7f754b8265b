import { sqlMigration, TABLE } from './sql-migration.js';

// Identifiers that a vendor gives are compared byte by byte: with the tables' collation two people whose openids differ
// only in case would be one.
/** One ID: members, their identifiers, guide bindings, addresses; contacts in WeCom; tags and computed value. */
export const Members1790000000004 = sqlMigration('Members1790000000004', [
  `CREATE TABLE member (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_no VARCHAR(20) NOT NULL, nickname VARCHAR(60) NOT NULL, avatar_url VARCHAR(300) NOT NULL,
    phone_masked VARCHAR(20) NULL, level INT NOT NULL, growth INT NOT NULL, origin VARCHAR(20) NOT NULL, status VARCHAR(10) NOT NULL,
    last_store_id BIGINT NULL, last_store_at DATETIME(3) NULL, joined_at DATETIME(3) NOT NULL, version INT NOT NULL DEFAULT 0,
    merged_into BIGINT NULL, real_name VARCHAR(30) NULL, birthday CHAR(10) NULL, is_personalised TINYINT NOT NULL DEFAULT 1, cancelled_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY member_number (brand_id, member_no)) ${TABLE}`,
  `CREATE TABLE member_identifier (
    brand_id BIGINT NOT NULL, kind VARCHAR(16) NOT NULL, value VARCHAR(120) COLLATE utf8mb4_bin NOT NULL, member_id BIGINT NOT NULL, source VARCHAR(30) NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, kind, value), KEY member_identifier_member (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE binding (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, store_id BIGINT NOT NULL, way VARCHAR(16) NOT NULL,
    bound_at DATETIME(3) NOT NULL, protected_until DATETIME(3) NOT NULL, evidence VARCHAR(120) NOT NULL,
    PRIMARY KEY (brand_id, member_id), KEY binding_guide (brand_id, guide_id)) ${TABLE}`,
  `CREATE TABLE binding_event (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, result VARCHAR(16) NOT NULL, way VARCHAR(16) NOT NULL,
    reason VARCHAR(200) NOT NULL, evidence VARCHAR(120) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY binding_event_evidence (brand_id, member_id, guide_id, evidence), KEY binding_event_member (brand_id, member_id, id)) ${TABLE}`,
  `CREATE TABLE address (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, name VARCHAR(30) NOT NULL, phone VARCHAR(20) NOT NULL, province VARCHAR(30) NOT NULL,
    city VARCHAR(30) NOT NULL, district VARCHAR(30) NOT NULL, detail VARCHAR(120) NOT NULL, is_default TINYINT NOT NULL, deleted_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), KEY address_member (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE contact (
    brand_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, name VARCHAR(60) NOT NULL, avatar_url VARCHAR(300) NOT NULL, gender INT NOT NULL,
    unionid VARCHAR(64) COLLATE utf8mb4_bin NULL, member_id BIGINT NULL, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, external_userid), KEY contact_unionid (brand_id, unionid), KEY contact_member (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE contact_relation (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, state VARCHAR(20) NOT NULL, remark VARCHAR(60) NOT NULL,
    add_way INT NOT NULL, state_param VARCHAR(64) NULL, welcome_state VARCHAR(12) NOT NULL, added_at DATETIME(3) NOT NULL, closed_at DATETIME(3) NULL, checked_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, guide_id, external_userid), KEY contact_relation_contact (brand_id, external_userid)) ${TABLE}`,
  `CREATE TABLE wecom_event (
    id BIGINT NOT NULL, brand_id BIGINT NOT NULL, content_hash CHAR(64) NOT NULL, kind VARCHAR(60) NOT NULL, serial_key VARCHAR(160) COLLATE utf8mb4_bin NOT NULL, content JSON NOT NULL,
    state VARCHAR(10) NOT NULL, attempts INT NOT NULL DEFAULT 0, next_at DATETIME(3) NOT NULL, problem VARCHAR(300) NULL, received_at DATETIME(3) NOT NULL, handled_at DATETIME(3) NULL,
    welcome_state VARCHAR(12) NOT NULL DEFAULT 'NONE',
    PRIMARY KEY (id), UNIQUE KEY wecom_event_hash (brand_id, content_hash), KEY wecom_event_open (state, next_at, id),
    KEY wecom_event_serial (brand_id, serial_key, state, id), KEY wecom_event_welcome (welcome_state, id)) ${TABLE}`,
  `CREATE TABLE tag (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, group_name VARCHAR(30) NOT NULL, name VARCHAR(30) NOT NULL, kind VARCHAR(10) NOT NULL, position INT NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY tag_name (brand_id, group_name, name)) ${TABLE}`,
  `CREATE TABLE member_tag (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, tag_id BIGINT NOT NULL, source VARCHAR(10) NOT NULL, reason VARCHAR(200) NOT NULL, guide_id BIGINT NULL,
    at DATETIME(3) NOT NULL, expires_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, member_id, tag_id), KEY member_tag_tag (brand_id, tag_id, member_id)) ${TABLE}`,
  `CREATE TABLE tag_refusal (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, tag_id BIGINT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id, tag_id)) ${TABLE}`,
  `CREATE TABLE member_value (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, order_count INT NOT NULL, total_fen BIGINT NOT NULL, first_at DATETIME(3) NOT NULL, last_at DATETIME(3) NOT NULL,
    r INT NOT NULL, f INT NOT NULL, m INT NOT NULL, median_gap_days INT NULL, expected_next_at DATETIME(3) NULL, computed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE browse_event (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NULL, anonymous_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, event_key VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, type VARCHAR(12) NOT NULL,
    product_id BIGINT NULL, store_id BIGINT NULL, guide_id BIGINT NULL, send_id BIGINT NULL, text VARCHAR(60) NULL, dwell_ms INT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY browse_event_key (brand_id, anonymous_id, event_key), KEY browse_event_member (brand_id, member_id, at),
    KEY browse_event_product (brand_id, product_id, at)) ${TABLE}`,
]);
