import { sqlMigration, TABLE } from './sql-migration.js';

/** Outbox, inbox, idempotency keys, leases and the runs of the invariant monitor. */
export const Platform1790000000001 = sqlMigration('Platform1790000000001', [
  `CREATE TABLE outbox (
    id BIGINT NOT NULL, brand_id BIGINT NOT NULL, type VARCHAR(60) NOT NULL, payload JSON NOT NULL,
    pending INT NOT NULL, created_at DATETIME(3) NOT NULL, published_at DATETIME(3) NULL,
    PRIMARY KEY (id), KEY outbox_open (pending, published_at, id)) ${TABLE}`,
  `CREATE TABLE inbox (
    handler VARCHAR(80) NOT NULL, event_id BIGINT NOT NULL, handled_at DATETIME(3) NOT NULL,
    PRIMARY KEY (event_id, handler)) ${TABLE}`,
  `CREATE TABLE idempotency_key (
    brand_id BIGINT NOT NULL, scope VARCHAR(80) NOT NULL, request_key VARCHAR(80) COLLATE utf8mb4_bin NOT NULL, input_hash CHAR(64) NOT NULL,
    result_id BIGINT NOT NULL, created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, scope, request_key)) ${TABLE}`,
  `CREATE TABLE lease (
    name VARCHAR(80) NOT NULL, owner VARCHAR(60) NOT NULL, fence BIGINT NOT NULL, until_at DATETIME(3) NOT NULL,
    PRIMARY KEY (name)) ${TABLE}`,
  // Sessions that end before their time: a session with a lower number than the row's, of the row's subject, is over.
  `CREATE TABLE session_end (
    id BIGINT NOT NULL, subject VARCHAR(80) NOT NULL, until_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id), KEY session_end_until (until_at)) ${TABLE}`,
  `CREATE TABLE invariant_run (
    invariant_id VARCHAR(60) NOT NULL, brand_id BIGINT NOT NULL, state VARCHAR(10) NOT NULL, checked_at DATETIME(3) NOT NULL,
    duration_ms INT NOT NULL, broken_rows JSON NOT NULL,
    PRIMARY KEY (brand_id, invariant_id)) ${TABLE}`,
]);
