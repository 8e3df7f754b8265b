import { sqlMigration, TABLE } from './sql-migration.js';

/** Every answer that anybody ever gave about their data, so that what held at any past instant can be shown. */
export const ConsentEvents1790000000036 = sqlMigration('ConsentEvents1790000000036', [
  // Null: from here on there is no answer, as before a merge that was taken back.
  `CREATE TABLE consent_event (
    brand_id BIGINT NOT NULL, member_id BIGINT NOT NULL, sub_brand VARCHAR(12) NOT NULL, purpose VARCHAR(20) NOT NULL, at DATETIME(3) NOT NULL,
    version VARCHAR(20) NOT NULL, is_given TINYINT NULL, source VARCHAR(20) NOT NULL,
    PRIMARY KEY (brand_id, member_id, sub_brand, purpose, at)) ${TABLE}`,
  // Of answers given before, the last one of each is known.
  `INSERT INTO consent_event (brand_id, member_id, sub_brand, purpose, at, version, is_given, source)
   SELECT brand_id, member_id, sub_brand, purpose, at, version, is_given, source FROM consent`,
]);
