import { sqlMigration } from './sql-migration.js';

/** Levels that end are looked for over all brands at once, so their keys begin with the time. */
export const EndingLevels1790000000032 = sqlMigration('EndingLevels1790000000032', [
  `ALTER TABLE member_level
    DROP KEY member_level_period, DROP KEY member_level_grant,
    ADD KEY member_level_period (period_ends_at), ADD KEY member_level_grant (granted_until)`,
]);
