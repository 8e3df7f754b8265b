import { type BrandId } from '@shuke/shared/kernel';
import { ManualClock } from '../../src/platform/clock/clock.js';
import { Database, openDataSource } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { IdSource } from '../../src/platform/ids/id-source.js';

/** The start of every test's time: a Sunday morning, 2026-11-22 10:00 in Shanghai. */
export const TEST_START_MS = Date.parse('2026-11-22T02:00:00.000Z');

export interface TestBench {
  database: Database;
  unitOfWork: UnitOfWork;
  ids: IdSource;
  clock: ManualClock;
  /** A brand of this test's own: tests share the database and never each other's rows. */
  brandId: BrandId;
  close(): Promise<void>;
}

/**
 * A node number of this spec file's own: all benches start at the same instant, so without it two files would make the
 * same ids.
 */
async function nextNode(database: Database): Promise<number> {
  await database.execute('CREATE TABLE IF NOT EXISTS test_node (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY)');
  const made = (await database.execute('INSERT INTO test_node VALUES ()')) as unknown as { insertId: number };
  return Number(made.insertId) % 1000;
}

/** Opens the shared test database for one spec file. */
export async function openTestBench(): Promise<TestBench> {
  const url = process.env['SHUKE_TEST_DATABASE_URL'];
  if (!url) throw new Error('run by jest: the global setup starts the database');
  const clock = new ManualClock(TEST_START_MS);
  const database = new Database(await openDataSource(url, 10));
  const ids = new IdSource(clock, await nextNode(database));
  const unitOfWork = new UnitOfWork(database, clock, ids);
  return { database, unitOfWork, ids, clock, brandId: ids.next<'brand'>(), close: () => database.source.destroy() };
}
