import { Readable } from 'node:stream';
import type { Id } from '@shuke/shared/kernel';
import mysql2 from 'mysql2';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { bound, PREPARED_MAX, PreparedTexts } from './prepared.js';
import type { SqlValue } from './sql-value.js';
import { openTransaction } from './transaction-context.js';

export type { SqlValue } from './sql-value.js';

export interface Written {
  affectedRows: number;
}

/** Anything that can run a statement: the pool outside a transaction, or an open transaction. */
export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  execute(sql: string, values?: readonly SqlValue[]): Promise<Written>;
}

const SESSION_MODE =
  'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

const SESSION = `time_zone='+00:00', innodb_lock_wait_timeout=5, sql_mode='${SESSION_MODE}'`;

/** The pool for transactions that belongs to a pool for single statements. */
const forTransactions = new WeakMap<object, mysql2.Pool>();

function openPool(options: mysql2.PoolOptions, session: string): mysql2.Pool {
  const pool = mysql2.createPool(options);
  pool.on('connection', (connection) => {
    connection.query(`SET ${session}`);
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  });
  return pool;
}

/**
 * mysql2 whose every new connection is set up once: UTC, strict, READ COMMITTED, short lock waits. Transactions have
 * connections of their own on which nothing commits by itself, so that none needs a statement to begin.
 */
const driver = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions) {
    const safe: mysql2.PoolOptions = {
      ...options,
      flags: ['+LOCAL_FILES'],
      // Only a file that the caller hands over as a stream may be read; a server cannot ask for a path of this machine.
      infileStreamFactory: () => Readable.from([]),
    };
    const pool = openPool(safe, SESSION);
    const transactions = openPool(safe, `autocommit=0, ${SESSION}`);
    forTransactions.set(pool, transactions);
    const end = pool.end.bind(pool);
    pool.end = ((done?: (error: NodeJS.ErrnoException | null) => void) =>
      transactions.end(() => (done ? end(done) : end()))) as typeof pool.end;
    return pool;
  },
};

/**
 * Opens the data source; the flavour comes from the server itself, since MariaDB and MySQL need different TypeORM types.
 * @param url `mysql://…/database`, with `?socketPath=` for a server that is reached by a socket of this machine
 */
export async function openDataSource(url: string, poolSize: number): Promise<DataSource> {
  const probe = await mysql2.createConnection({ uri: url }).promise();
  const [rows] = await probe.query('SELECT VERSION() AS version');
  await probe.end();
  const version = (rows as { version: string }[])[0]?.version ?? '';
  return new DataSource({
    type: /mariadb/i.test(version) ? 'mariadb' : 'mysql',
    url,
    socketPath: new URL(url).searchParams.get('socketPath') ?? undefined,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    synchronize: false,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    migrations: [...migrations],
    poolSize,
    driver,
    extra: { connectionLimit: poolSize, maxIdle: poolSize, maxPreparedStatements: PREPARED_MAX },
  }).initialize();
}

/** Reads and single-statement writes outside transactions. */
export class Database implements Queryable {
  constructor(readonly source: DataSource) {}

  query<Row = Record<string, unknown>>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return send(this.pool, sql, values);
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<Written> {
    const open = openTransaction();
    if (open !== null) throw new Error(`a write outside the open transaction of ${open}: ${sql.slice(0, 60)}`);
    return send(this.pool, sql, values);
  }

  /** Opens a transaction; it begins with its first statement. Commit or roll back exactly once. */
  async begin(): Promise<OpenTransaction> {
    const pool = forTransactions.get(this.pool);
    if (!pool) throw new Error('this data source has no connections for transactions');
    const connection = await new Promise<mysql2.PoolConnection>((resolve, reject) => {
      pool.getConnection((error, found) => (error ? reject(error) : resolve(found)));
    });
    return new OpenTransaction(connection);
  }

  /** TypeORM's own pool, without its query runner in between: that would cost more than the driver itself. */
  private get pool(): mysql2.Pool {
    return (this.source.driver as unknown as { pool: mysql2.Pool }).pool;
  }
}

/** A pool or a connection of mysql2. */
type Sender = Pick<mysql2.Connection, 'query' | 'execute'>;

const prepared = new PreparedTexts();
/** The database keeps no more prepared statements; this one was not run. */
const TOO_MANY_PREPARED = 1461;

const send = <T>(on: Sender, sql: string, values: readonly SqlValue[]): Promise<T> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result as T));
    const asText = () => on.query(sql, values as SqlValue[], done);
    if (!prepared.takes(sql, values)) return asText();
    on.execute(sql, values.map(bound) as never[], (error, result) =>
      errorNumber(error) === TOO_MANY_PREPARED ? asText() : done(error, result),
    );
  });

/** One transaction's connection, which is somebody else's as soon as the transaction has ended. */
export class OpenTransaction implements Queryable {
  private isOver = false;
  private isUsed = false;

  constructor(private readonly connection: mysql2.PoolConnection) {}

  query<Row = Record<string, unknown>>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.run(sql, values);
  }

  execute(sql: string, values: readonly SqlValue[] = []): Promise<Written> {
    return this.run(sql, values);
  }

  /** @throws the database's error; whether it was committed is then unknown, and the connection is thrown away */
  async commit(): Promise<void> {
    this.isOver = true;
    if (!this.isUsed) return this.connection.release();
    try {
      await send(this.connection, 'COMMIT', []);
    } catch (error) {
      this.connection.destroy();
      throw error;
    }
    this.connection.release();
  }

  /** Undoes everything; never throws. */
  async rollback(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    try {
      if (this.isUsed) await send(this.connection, 'ROLLBACK', []);
      this.connection.release();
    } catch {
      this.connection.destroy();
    }
  }

  private async run<T>(sql: string, values: readonly SqlValue[]): Promise<T> {
    if (this.isOver) throw new Error(`a statement after its transaction: ${sql.slice(0, 60)}`);
    this.isUsed = true;
    return send<T>(this.connection, sql, values);
  }
}

/** MySQL's error number, or null for another kind of error. */
export function errorNumber(error: unknown): number | null {
  const found = error as { errno?: number; driverError?: { errno?: number } } | null;
  return found?.driverError?.errno ?? found?.errno ?? null;
}

/** True when a unique key refused the row. */
export const isDuplicate = (error: unknown): boolean => errorNumber(error) === 1062;

/** A fragment of one key for each id, `(?, ?, ?)`; never empty, because `IN ()` is a syntax error. */
export const marks = (ids: readonly (Id | string | number)[]): string =>
  `(${ids.length === 0 ? 'NULL' : ids.map(() => '?').join(',')})`;
