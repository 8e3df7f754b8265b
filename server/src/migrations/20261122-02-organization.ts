import { sqlMigration, TABLE } from './sql-migration.js';

/** Brand, people with a desk, regions, franchisees, stores and guides. */
export const Organization1790000000002 = sqlMigration('Organization1790000000002', [
  `CREATE TABLE brand (
    id BIGINT NOT NULL, code VARCHAR(40) NOT NULL, name VARCHAR(60) NOT NULL, appid VARCHAR(40) NOT NULL, corp_id VARCHAR(40) NOT NULL,
    logo_url VARCHAR(300) NOT NULL, theme JSON NOT NULL, settings JSON NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id), UNIQUE KEY brand_code (code), UNIQUE KEY brand_appid (appid), KEY brand_corp (corp_id)) ${TABLE}`,
  `CREATE TABLE console_user (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, login VARCHAR(60) NOT NULL, name VARCHAR(60) NOT NULL, role VARCHAR(12) NOT NULL,
    franchisee_id BIGINT NULL, password_hash VARCHAR(200) NOT NULL, last_login_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY console_user_login (login)) ${TABLE}`,
  // Wrong passwords by login and address together, and by address alone; keys are digests, since they outlive the try.
  `CREATE TABLE login_try (
    try_key CHAR(64) NOT NULL, failed_count INT NOT NULL, until_at DATETIME(3) NOT NULL,
    PRIMARY KEY (try_key), KEY login_try_until (until_at)) ${TABLE}`,
  `CREATE TABLE pos_connector (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, name VARCHAR(60) NOT NULL, key_hash CHAR(64) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY pos_connector_key (key_hash)) ${TABLE}`,
  `CREATE TABLE region (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, name VARCHAR(40) NOT NULL,
    PRIMARY KEY (brand_id, id)) ${TABLE}`,
  `CREATE TABLE franchisee (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, name VARCHAR(60) NOT NULL, company_name VARCHAR(100) NOT NULL, contact_name VARCHAR(40) NOT NULL,
    PRIMARY KEY (brand_id, id)) ${TABLE}`,
  `CREATE TABLE store (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, code VARCHAR(20) NOT NULL, name VARCHAR(60) NOT NULL, kind VARCHAR(12) NOT NULL,
    status VARCHAR(12) NOT NULL, region_id BIGINT NOT NULL, franchisee_id BIGINT NULL, province VARCHAR(30) NOT NULL, city VARCHAR(30) NOT NULL,
    district VARCHAR(30) NOT NULL, address VARCHAR(120) NOT NULL, phone VARCHAR(20) NOT NULL, latitude DECIMAL(9,6) NOT NULL, longitude DECIMAL(9,6) NOT NULL,
    service_radius_m INT NOT NULL, open_at CHAR(5) NOT NULL, close_at CHAR(5) NOT NULL, collect_mode VARCHAR(8) NOT NULL, sub_mchid VARCHAR(12) NULL,
    delivery_fee_fen BIGINT NOT NULL, can_ship TINYINT NOT NULL, can_pickup TINYINT NOT NULL, version INT NOT NULL DEFAULT 0, updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY store_code (brand_id, code), KEY store_franchisee (brand_id, franchisee_id)) ${TABLE}`,
  `CREATE TABLE guide (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, store_id BIGINT NOT NULL, code VARCHAR(16) NOT NULL, wecom_userid VARCHAR(64) NOT NULL, name VARCHAR(40) NOT NULL,
    avatar_url VARCHAR(300) NOT NULL, role VARCHAR(10) NOT NULL, status VARCHAR(10) NOT NULL, receiver_openid VARCHAR(64) NULL, receiver_state VARCHAR(10) NOT NULL,
    config_id VARCHAR(64) NULL, qr_url VARCHAR(300) NULL, seconds_per_item INT NOT NULL, pace_samples INT NOT NULL DEFAULT 0, joined_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY guide_code (brand_id, code), UNIQUE KEY guide_userid (brand_id, wecom_userid), KEY guide_store (brand_id, store_id)) ${TABLE}`,
  // Which rule brought whom into which store (product.md M2); positions are not kept.
  `CREATE TABLE store_entry (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NULL, store_id BIGINT NULL, rule VARCHAR(16) NOT NULL, tie_break VARCHAR(10) NULL, is_uncertain TINYINT NOT NULL,
    wanted_store_id BIGINT NULL, distance_m INT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY store_entry_member (brand_id, member_id, id), KEY store_entry_store (brand_id, store_id, id)) ${TABLE}`,
]);
