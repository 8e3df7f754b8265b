import { sqlMigration, TABLE } from './sql-migration.js';

/** The corporation's tag library of WeCom, and who is marked with what, as last seen there. */
export const CorpTags1790000000016 = sqlMigration('CorpTags1790000000016', [
  `CREATE TABLE corp_tag (
    brand_id BIGINT NOT NULL, id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, group_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, group_name VARCHAR(60) NOT NULL, name VARCHAR(60) NOT NULL,
    state VARCHAR(8) NOT NULL, seen_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, id)) ${TABLE}`,
  `CREATE TABLE contact_tag (
    brand_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, external_userid VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, tag_id VARCHAR(64) COLLATE utf8mb4_bin NOT NULL, seen_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, guide_id, external_userid, tag_id), KEY contact_tag_tag (brand_id, tag_id)) ${TABLE}`,
]);
