import { sqlMigration, TABLE } from './sql-migration.js';

/** Files of old purchases that are being read: while one is, more lines of its sales may come. */
export const ArrivingFiles1790000000029 = sqlMigration('ArrivingFiles1790000000029', [
  `CREATE TABLE pos_arriving_file (
    brand_id BIGINT NOT NULL, file_id BIGINT NOT NULL, quiet_at DATETIME(3) NOT NULL,
    PRIMARY KEY (brand_id, file_id)) ${TABLE}`,
]);
