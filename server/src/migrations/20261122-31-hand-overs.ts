import { sqlMigration, TABLE } from './sql-migration.js';

/** Who gave what to a customer at the counter, and who took it back into waiting. It holds nothing of the customer. */
export const HandOvers1790000000031 = sqlMigration('HandOvers1790000000031', [
  `CREATE TABLE hand_over (
    brand_id BIGINT NOT NULL, id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, subject_id BIGINT NOT NULL, subject_no VARCHAR(32) NOT NULL, title VARCHAR(120) NOT NULL,
    store_id BIGINT NOT NULL, guide_id BIGINT NOT NULL, at DATETIME(3) NOT NULL, undone_at DATETIME(3) NULL, undone_by BIGINT NULL, undo_reason VARCHAR(60) NULL,
    PRIMARY KEY (brand_id, id), KEY hand_over_subject (brand_id, kind, subject_id), KEY hand_over_store (brand_id, store_id, id)) ${TABLE}`,
]);
