import { sqlMigration, TABLE } from './sql-migration.js';

/** What guides wish to be marked in WeCom: the latest wish of each guide, contact and tag, and what WeCom said to it. */
export const TagWrites1790000000024 = sqlMigration('TagWrites1790000000024', [
  `CREATE TABLE tag_write (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, tag_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    is_wanted TINYINT NOT NULL, version INT NOT NULL, state VARCHAR(8) NOT NULL, attempts INT NOT NULL, next_at DATETIME(3) NOT NULL, problem VARCHAR(100) NOT NULL,
    asked_at DATETIME(3) NOT NULL, done_at DATETIME(3) NULL,
    PRIMARY KEY (brand_id, guide_id, external_userid, tag_id), KEY tag_write_due (state, next_at),
    KEY tag_write_contact (brand_id, external_userid, tag_id)) ${TABLE}`,
]);
