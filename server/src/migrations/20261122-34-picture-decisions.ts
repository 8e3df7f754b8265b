import { sqlMigration } from './sql-migration.js';

/** Who has decided about a picture that the platform could not decide about, and why. */
export const PictureDecisions1790000000034 = sqlMigration('PictureDecisions1790000000034', [
  `ALTER TABLE consumer_picture
    ADD COLUMN decided_by VARCHAR(60) NULL, ADD COLUMN decided_name VARCHAR(60) NULL,
    ADD COLUMN decided_note VARCHAR(200) NULL, ADD COLUMN decided_at DATETIME(3) NULL,
    ADD KEY consumer_picture_decided (brand_id, decided_at)`,
]);
