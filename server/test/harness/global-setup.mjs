// Starts one database and one Redis for a whole jest run and builds the schema by migrations, once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import mysql from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { startDatabase, startRedis } from '../../../scripts/engines.mjs';
import { freePort } from '../../../scripts/free-port.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export default async function globalSetup() {
  if (process.env.SHUKE_TEST_DATABASE_URL) return;
  const memory = '/dev/shm';
  const dir = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'shuke-'));
  const database = await startDatabase({ dir: join(dir, 'db'), port: await freePort(), durable: false });
  const redis = await startRedis({ dir: join(dir, 'redis'), port: await freePort(), persistent: false });
  database.child.unref();
  redis.child.unref();
  const stop = () => {
    database.child.kill('SIGKILL');
    redis.child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const admin = await mysql.createConnection({ uri: database.url('mysql') });
  await admin.query('CREATE DATABASE shuke_test CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await admin.end();
  const bundle = join(dir, 'migrations.mjs');
  execFileSync(
    join(root, 'node_modules/.bin/esbuild'),
    [
      'server/src/migrations/index.ts',
      '--bundle',
      '--format=esm',
      '--platform=node',
      '--log-level=error',
      `--outfile=${bundle}`,
    ],
    { cwd: root },
  );
  const { migrations } = await import(pathToFileURL(bundle).href);
  const source = await new DataSource({
    type: 'mariadb',
    url: database.url('shuke_test'),
    migrations,
    migrationsTableName: 'migration',
  }).initialize();
  await source.runMigrations({ transaction: 'each' });
  await source.destroy();
  process.env.SHUKE_TEST_DATABASE_URL = database.url('shuke_test');
  process.env.SHUKE_TEST_REDIS_URL = redis.url;
}
