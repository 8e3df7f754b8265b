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

/** Opens the shared test database for one spec file. */
export async function openTestBench(): Promise<TestBench> {
  const url = process.env['SHUKE_TEST_DATABASE_URL'];
  if (!url) throw new Error('run by jest: the global setup starts the database');
  const clock = new ManualClock(TEST_START_MS);
  // Real ids differ between spec files because each takes a node number of its own.
  const ids = new IdSource(clock, Number(process.hrtime.bigint() % 1024n));
  const database = new Database(await openDataSource(url, 10));
  const unitOfWork = new UnitOfWork(database, clock, ids);
  return { database, unitOfWork, ids, clock, brandId: ids.next<'brand'>(), close: () => database.source.destroy() };
}
