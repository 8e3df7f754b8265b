import type { Database } from '../../src/platform/database/database.js';

/** The same database with its reading statements written down, for tests of statement budgets. */
export function countingStatements(database: Database): { database: Database; statements: string[] } {
  const statements: string[] = [];
  const counting = Object.assign(Object.create(database) as Database, {
    query: (sql: string, values: readonly never[] = []) => {
      statements.push(sql);
      return database.query(sql, values);
    },
  });
  return { database: counting, statements };
}
