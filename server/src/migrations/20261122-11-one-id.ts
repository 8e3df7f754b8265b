import { sqlMigration, TABLE } from './sql-migration.js';

/** One ID: hints, candidates, merges with what they moved, consents, memberships, and a consumer's rights over data. */
export const OneId1790000000011 = sqlMigration('OneId1790000000011', [
  // What many people may share and proves nothing alone: phones that were typed, names with birthdays, devices.
  `CREATE TABLE member_hint (
    brand_id BIGINT NOT NULL, kind VARCHAR(16) NOT NULL, value VARCHAR(120) COLLATE utf8mb4_bin NOT NULL, member_id BIGINT NOT NULL, source VARCHAR(30) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, kind, value, member_id), KEY member_hint_member (brand_id, member_id)) ${TABLE}`,
  `CREATE TABLE merge_candidate (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, a_id BIGINT NOT NULL, b_id BIGINT NOT NULL, score INT NOT NULL, signals JSON NOT NULL, blockers JSON NOT NULL, state VARCHAR(10) NOT NULL,
    created_at DATETIME(3) NOT NULL, decided_at DATETIME(3) NULL, decided_by VARCHAR(60) NULL, reason VARCHAR(200) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY merge_candidate_pair (brand_id, a_id, b_id), KEY merge_candidate_b (brand_id, b_id), KEY merge_candidate_queue (brand_id, state, score, id)) ${TABLE}`,
  `CREATE TABLE member_merge (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, from_id BIGINT NOT NULL, into_id BIGINT NOT NULL, from_status VARCHAR(10) NOT NULL, cause VARCHAR(8) NOT NULL, evidence JSON NOT NULL, reason VARCHAR(200) NOT NULL,
    done_by VARCHAR(60) NOT NULL, merged_at DATETIME(3) NOT NULL, follow_until DATETIME(3) NOT NULL, live_from BIGINT NULL, unmerged_at DATETIME(3) NULL, unmerged_by VARCHAR(60) NULL, unmerge_reason VARCHAR(200) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY member_merge_live (brand_id, live_from), KEY member_merge_from (brand_id, from_id, id), KEY member_merge_into (brand_id, into_id, id),
    KEY member_merge_follow (follow_until)) ${TABLE}`,
  // What a merge moved, row by row, so that taking it back returns exactly that; a row that had no place keeps its content here.
  `CREATE TABLE member_merge_row (
    brand_id BIGINT NOT NULL, merge_id BIGINT NOT NULL, subject VARCHAR(40) NOT NULL, row_key VARCHAR(200) COLLATE utf8mb4_bin NOT NULL, kept JSON NULL,
    PRIMARY KEY (brand_id, merge_id, subject, row_key)) ${TABLE}`,
  `CREATE TABLE member_event (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, kind VARCHAR(24) NOT NULL, text VARCHAR(300) NOT NULL, done_by VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), KEY member_event_member (brand_id, member_id, id)) ${TABLE}`,
  `CREATE TABLE member_policy (
    brand_id BIGINT NOT NULL, policy JSON NOT NULL, phone_salt CHAR(64) NOT NULL, address_seen BIGINT NOT NULL DEFAULT 0, browse_seen BIGINT NOT NULL DEFAULT 0, anomaly_day CHAR(10) NULL,
    updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id)) ${TABLE}`,
  `CREATE TABLE membership (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, sub_brand VARCHAR(12) NOT NULL, via VARCHAR(10) NOT NULL, joined_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id, sub_brand)) ${TABLE}`,
  `CREATE TABLE consent (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, sub_brand VARCHAR(12) NOT NULL, purpose VARCHAR(20) NOT NULL, version VARCHAR(20) NOT NULL, is_given TINYINT NOT NULL, source VARCHAR(20) NOT NULL,
    at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, member_id, sub_brand, purpose)) ${TABLE}`,
  `CREATE TABLE shared_phone (
    brand_id BIGINT NOT NULL, phone VARCHAR(20) COLLATE utf8mb4_bin NOT NULL, id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, note VARCHAR(60) NOT NULL, added_by VARCHAR(60) NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, phone), UNIQUE KEY shared_phone_id (brand_id, id)) ${TABLE}`,
  `CREATE TABLE identity_anomaly (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, day CHAR(10) NOT NULL, kind VARCHAR(20) NOT NULL, subject VARCHAR(120) COLLATE utf8mb4_bin NOT NULL, member_id BIGINT NULL, found INT NOT NULL, settled_at DATETIME(3) NULL,
    note VARCHAR(100) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY identity_anomaly_once (brand_id, day, kind, subject), KEY identity_anomaly_day (brand_id, day, id)) ${TABLE}`,
  `CREATE TABLE member_backfill (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, source VARCHAR(120) NOT NULL, source_hash CHAR(64) NOT NULL, state VARCHAR(10) NOT NULL, next_byte BIGINT NOT NULL, read_rows BIGINT NOT NULL, created BIGINT NOT NULL,
    matched BIGINT NOT NULL, dormant BIGINT NOT NULL, candidates BIGINT NOT NULL, error_rows BIGINT NOT NULL, busy_ms BIGINT NOT NULL, started_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY member_backfill_source (brand_id, source_hash)) ${TABLE}`,
  `CREATE TABLE member_backfill_error (
    brand_id BIGINT NOT NULL, backfill_id BIGINT NOT NULL, row_no BIGINT NOT NULL, problem VARCHAR(200) NOT NULL,
    PRIMARY KEY (brand_id, backfill_id, row_no)) ${TABLE}`,
  `CREATE TABLE guide_change (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, from_guide_id BIGINT NULL, to_guide_id BIGINT NULL, store_id BIGINT NULL, reason VARCHAR(100) NOT NULL, state VARCHAR(10) NOT NULL, open_of BIGINT NULL,
    at DATETIME(3) NOT NULL, decided_at DATETIME(3) NULL, decided_by VARCHAR(60) NULL, note VARCHAR(100) NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY guide_change_open (brand_id, open_of), KEY guide_change_member (brand_id, member_id, id), KEY guide_change_state (brand_id, state, id)) ${TABLE}`,
  // Who looked at whose data, one row a day and kind of look.
  `CREATE TABLE data_access (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, viewer VARCHAR(60) NOT NULL, who VARCHAR(100) NOT NULL, what VARCHAR(20) NOT NULL, day CHAR(10) NOT NULL, times INT NOT NULL, at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY data_access_day (brand_id, member_id, viewer, what, day), KEY data_access_member (brand_id, member_id, id)) ${TABLE}`,
  `CREATE TABLE data_export (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, member_id BIGINT NOT NULL, key_hash CHAR(64) NOT NULL, at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY data_export_key (key_hash), KEY data_export_member (brand_id, member_id, id)) ${TABLE}`,
]);
