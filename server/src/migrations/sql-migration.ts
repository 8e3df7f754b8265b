import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Appended to every table: the same on MariaDB 10.11 and MySQL 8, and spelled out because TiDB's default differs. */
export const TABLE = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci';

/** A migration that is a list of statements up; going down drops the tables it made, newest first. */
export function sqlMigration(name: string, statements: readonly string[]): new () => MigrationInterface {
  const tables = statements
    .map((sql) => /CREATE TABLE (\w+)/.exec(sql)?.[1])
    .filter((table): table is string => table !== undefined);
  return class {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const sql of statements) await runner.query(sql);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const table of [...tables].reverse()) await runner.query(`DROP TABLE ${table}`);
    }
  };
}
