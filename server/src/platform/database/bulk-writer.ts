import { Readable } from 'node:stream';
import type { Connection, Pool, ResultSetHeader } from 'mysql2';
import type { Database, Queryable, SqlValue, Written } from './database.js';
import { errorNumber } from './database.js';
import { insideTransaction, openTransaction } from './transaction-context.js';
import { tsvLine } from './tsv.js';

/** One value of a bulk row; lists are for `IN` and have no place in a row. */
export type BulkValue = string | number | boolean | Date | null;
export type BulkRow = readonly BulkValue[];
export type BulkRows = Iterable<BulkRow> | AsyncIterable<BulkRow>;
export interface BulkOptions {
  /** Rows that a unique key refuses are left out instead of failing everything. */
  ignoreDuplicates?: boolean;
}

/** An open transaction on a connection of its own that may also load rows in bulk. */
export interface BulkTransaction extends Queryable {
  /** @returns how many rows were written; rows left out as duplicates are not counted. */
  insert(table: string, columns: readonly string[], rows: BulkRows, options?: BulkOptions): Promise<Written>;
}

/** Statements stay far below 5,000 rows, the bound that every distributed engine behind this protocol is happy with. */
const ROWS_PER_LOAD = 4000;
const ROWS_PER_INSERT = 1000;
/** MySQL 3948 and 1148, MariaDB 4166: the server or a proxy refuses LOAD DATA LOCAL. */
const REFUSED = new Set([3948, 1148, 4166]);
const DUPLICATE = 1062;

/**
 * Writes many rows: LOAD DATA LOCAL from a stream where the server allows it, multi-row INSERT where it does not
 * (reference/scale.md 3). Never inside a unit of work: it uses a connection of its own.
 */
export class BulkWriter {
  private isLoadRefused: boolean;

  constructor(
    private readonly database: Database,
    options: { useLoadData?: boolean } = {},
  ) {
    this.isLoadRefused = options.useLoadData === false;
  }

  /** Which way rows take at present. */
  get way(): 'LOAD' | 'INSERT' {
    return this.isLoadRefused ? 'INSERT' : 'LOAD';
  }

  /**
   * Writes rows in transactions of at most 4,000 each, so a failure leaves whole chunks behind: give the rows
   * deterministic keys and `ignoreDuplicates` to be able to repeat the call.
   *
   * @returns how many rows were written
   * @throws Error when a row does not fit its column or, without `ignoreDuplicates`, exists already
   */
  async insert(table: string, columns: readonly string[], rows: BulkRows, options: BulkOptions = {}): Promise<Written> {
    let affectedRows = 0;
    for await (const chunk of chunksOf(rows, ROWS_PER_LOAD)) {
      const written = await this.transaction(`bulk ${table}`, (bulk) => bulk.insert(table, columns, chunk, options));
      affectedRows += written.affectedRows;
    }
    return { affectedRows };
  }

  /**
   * Runs statements and bulk inserts as one transaction. The work is not repeated after a deadlock: callers keep a
   * cursor and are run again by their sweep.
   *
   * @throws Error inside a unit of work or another bulk transaction
   */
  async transaction<T>(label: string, work: (bulk: BulkTransaction) => Promise<T>): Promise<T> {
    const open = openTransaction();
    if (open !== null) throw new Error(`${label} would nest in the transaction of ${open}`);
    const connection = await this.connection();
    try {
      await send(connection, 'START TRANSACTION');
      const result = await insideTransaction(label, () => work(this.on(connection)));
      await send(connection, 'COMMIT');
      connection.release();
      return result;
    } catch (error) {
      await send(connection, 'ROLLBACK').then(
        () => connection.release(),
        () => connection.destroy(),
      );
      throw error;
    }
  }

  private on(connection: Connection): BulkTransaction {
    return {
      query: <Row>(sql: string, values: readonly SqlValue[] = []) => send<Row[]>(connection, sql, values),
      execute: (sql, values = []) => send<ResultSetHeader>(connection, sql, values),
      insert: async (table, columns, rows, options = {}) => {
        const target = targetOf(table, columns);
        let affectedRows = 0;
        for await (const chunk of chunksOf(rows, ROWS_PER_LOAD))
          affectedRows += await this.insertChunk(connection, target, chunk, options.ignoreDuplicates === true);
        return { affectedRows };
      },
    };
  }

  private async insertChunk(connection: Connection, target: Target, rows: BulkRow[], ignore: boolean): Promise<number> {
    if (!this.isLoadRefused) {
      try {
        return await load(connection, target, rows, ignore);
      } catch (error) {
        if (!REFUSED.has(errorNumber(error) ?? 0)) throw error;
        this.isLoadRefused = true;
      }
    }
    let affectedRows = 0;
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
      affectedRows += await multiRow(connection, target, rows.slice(from, from + ROWS_PER_INSERT), ignore);
    return affectedRows;
  }

  private connection(): Promise<PoolConnection> {
    const pool = (this.database.source.driver as unknown as { pool: Pool }).pool;
    return new Promise((resolve, reject) =>
      pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
    );
  }
}

type PoolConnection = Connection & { release(): void };
interface Target {
  table: string;
  columns: string;
  width: number;
}

/** Names come from our code, never from a user; the check keeps it so. */
function targetOf(table: string, columns: readonly string[]): Target {
  for (const name of [table, ...columns])
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) throw new Error(`not a name: ${name}`);
  return { table, columns: columns.map((name) => `\`${name}\``).join(','), width: columns.length };
}

async function* chunksOf(rows: BulkRows, size: number): AsyncGenerator<BulkRow[]> {
  let chunk: BulkRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * LOCAL makes the server skip bad rows with a warning instead of stopping. So the warnings are read, and anything but a
 * duplicate that the caller allows becomes an error that rolls back.
 */
async function load(
  connection: Connection,
  target: Target,
  rows: readonly BulkRow[],
  ignore: boolean,
): Promise<number> {
  const result = await send<ResultSetHeader>(
    connection,
    `LOAD DATA LOCAL INFILE 'rows' ${ignore ? 'IGNORE ' : ''}INTO TABLE \`${target.table}\` CHARACTER SET utf8mb4 ` +
      `FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${target.columns})`,
    [],
    () => Readable.from(textOf(rows, target.width), { objectMode: false }),
  );
  if (result.affectedRows === rows.length && result.warningStatus === 0) return result.affectedRows;
  await refuseWarnings(connection, target, ignore);
  if (!ignore && result.affectedRows !== rows.length)
    throw new Error(`${rows.length - result.affectedRows} rows of ${target.table} were refused`);
  return result.affectedRows;
}

async function multiRow(
  connection: Connection,
  target: Target,
  rows: readonly BulkRow[],
  ignore: boolean,
): Promise<number> {
  const one = `(${Array.from({ length: target.width }, () => '?').join(',')})`;
  const result = await send<ResultSetHeader>(
    connection,
    `INSERT ${ignore ? 'IGNORE ' : ''}INTO \`${target.table}\` (${target.columns}) VALUES ${rows.map(() => one).join(',')}`,
    rows.flatMap((row) => widthChecked(row, target.width)),
  );
  if (result.warningStatus > 0) await refuseWarnings(connection, target, ignore);
  return result.affectedRows;
}

async function refuseWarnings(connection: Connection, target: Target, ignore: boolean): Promise<void> {
  const warnings = await send<{ Code: number; Message: string; Level: string }[]>(connection, 'SHOW WARNINGS');
  const bad = warnings.find(({ Code, Level }) => Level !== 'Note' && !(ignore && Number(Code) === DUPLICATE));
  if (bad) throw Object.assign(new Error(`${target.table}: ${bad.Message}`), { errno: Number(bad.Code) });
}

function widthChecked(row: BulkRow, width: number): BulkRow {
  if (row.length !== width) throw new Error(`a row of ${row.length} values for ${width} columns`);
  return row;
}

function* textOf(rows: readonly BulkRow[], width: number): Generator<Buffer> {
  for (let from = 0; from < rows.length; from += 500)
    yield Buffer.from(
      rows
        .slice(from, from + 500)
        .map((row) => tsvLine(widthChecked(row, width)))
        .join(''),
    );
}

function send<T>(
  connection: Connection,
  sql: string,
  values: readonly SqlValue[] = [],
  infileStreamFactory?: () => Readable,
): Promise<T> {
  return new Promise((resolve, reject) =>
    connection.query(
      { sql, values: values as unknown[], ...(infileStreamFactory ? { infileStreamFactory } : {}) },
      (error, result) => (error ? reject(error) : resolve(result as T)),
    ),
  );
}
