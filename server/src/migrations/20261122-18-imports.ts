import { sqlMigration, TABLE } from './sql-migration.js';

/** Files that headquarters brings in, what each row became, and tills with every act that they reported. */
export const Imports1790000000018 = sqlMigration('Imports1790000000018', [
  `CREATE TABLE import_job (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, root_id BIGINT NOT NULL, parent_id BIGINT NULL, kind VARCHAR(10) NOT NULL, file_name VARCHAR(120) NOT NULL, bytes BIGINT NOT NULL, sha256 CHAR(64) NOT NULL,
    state VARCHAR(10) NOT NULL, next_part INT NOT NULL, received_bytes BIGINT NOT NULL, mapping JSON NULL, options JSON NOT NULL, head_hash CHAR(64) NULL, next_row BIGINT NOT NULL, total_rows BIGINT NULL,
    new_rows BIGINT NOT NULL, update_rows BIGINT NOT NULL, repeated_rows BIGINT NOT NULL, conflict_rows BIGINT NOT NULL, error_rows BIGINT NOT NULL, settle_after BIGINT NOT NULL, problem VARCHAR(300) NULL,
    lease_owner VARCHAR(40) NULL, lease_until DATETIME(3) NULL, created_by VARCHAR(60) NOT NULL, created_at DATETIME(3) NOT NULL, finished_at DATETIME(3) NULL, undo_until DATETIME(3) NULL, undo_kept BIGINT NOT NULL,
    PRIMARY KEY (brand_id, id), KEY import_job_work (state, lease_until), KEY import_job_file (brand_id, sha256)) ${TABLE}`,
  `CREATE TABLE import_part (
    brand_id BIGINT NOT NULL, job_id BIGINT NOT NULL, part_no INT NOT NULL, data MEDIUMBLOB NOT NULL,
    PRIMARY KEY (brand_id, job_id, part_no)) ${TABLE}`,
  `CREATE TABLE import_issue (
    brand_id BIGINT NOT NULL, job_id BIGINT NOT NULL, row_no BIGINT NOT NULL, verdict VARCHAR(8) NOT NULL, problem VARCHAR(300) NOT NULL, cells MEDIUMTEXT NOT NULL,
    PRIMARY KEY (brand_id, job_id, row_no), KEY import_issue_verdict (brand_id, job_id, verdict, row_no)) ${TABLE}`,
  // What an import made or changed, so that it can be taken back: one row per thing, with what was there before.
  `CREATE TABLE import_effect (
    brand_id BIGINT NOT NULL, job_id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, subject_id BIGINT NOT NULL, root_id BIGINT NOT NULL, row_no BIGINT NOT NULL, owner_id BIGINT NULL, before_value JSON NULL, undone_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, job_id, kind, subject_id), KEY import_effect_root (brand_id, root_id, kind, subject_id), KEY import_effect_owner (brand_id, job_id, owner_id)) ${TABLE}`,
  `CREATE TABLE import_mapping (
    brand_id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, head_hash CHAR(64) NOT NULL, mapping JSON NOT NULL, options JSON NOT NULL, saved_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, kind, head_hash)) ${TABLE}`,
  `CREATE TABLE pos_device (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, connector_id BIGINT NOT NULL, store_id BIGINT NOT NULL, device_no VARCHAR(32) COLLATE utf8mb4_bin NOT NULL, name VARCHAR(40) NOT NULL, public_key CHAR(43) COLLATE utf8mb4_bin NOT NULL,
    status VARCHAR(10) NOT NULL, last_sequence BIGINT NOT NULL, rows_total BIGINT NOT NULL, conflicts BIGINT NOT NULL, lag_ms BIGINT NOT NULL, last_seen_at DATETIME(3) NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id), UNIQUE KEY pos_device_no (brand_id, device_no)) ${TABLE}`,
  // Every act of a till under its number: the key is what makes a repeated act the same act.
  `CREATE TABLE pos_act (
    brand_id BIGINT NOT NULL, device_id BIGINT NOT NULL, sequence BIGINT NOT NULL, kind VARCHAR(8) NOT NULL, hash CHAR(64) NOT NULL, state VARCHAR(10) NOT NULL, external_no VARCHAR(40) COLLATE utf8mb4_bin NULL, of_external_no VARCHAR(40) COLLATE utf8mb4_bin NULL,
    member_id BIGINT NULL, subject_id BIGINT NULL, fen BIGINT NOT NULL, points BIGINT NOT NULL, order_id BIGINT NULL, body JSON NULL, text VARCHAR(200) NOT NULL, happened_at DATETIME(3) NOT NULL, received_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, device_id, sequence), KEY pos_act_waiting (brand_id, of_external_no, state), KEY pos_act_open (state, received_at), KEY pos_act_order (brand_id, order_id), KEY pos_act_received (brand_id, device_id, received_at)) ${TABLE}`,
]);
