import { configOrExit } from './app.js';
import { openDataSource } from './platform/database/database.js';

// Brings the schema up to date and ends.
const config = configOrExit(process.env);
const source = await openDataSource(config.DATABASE_URL, 2);
const done = await source.runMigrations({ transaction: 'each' });
for (const migration of done) process.stdout.write(`migrated ${migration.name}\n`);
await source.destroy();
