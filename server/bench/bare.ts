import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mysql, { type PoolConnection, type RowDataPacket } from 'mysql2/promise';

/**
 * What the framework-free minimum does with the same SQL: Fastify, mysql2, and the very statements that our server was
 * seen to run. It knows nothing of rights, contracts or money; its rate is the ceiling on this machine.
 */
const [statementsFile = '', databaseUrl = ''] = process.argv.slice(2);
const recorded = JSON.parse(readFileSync(statementsFile, 'utf8')) as Record<string, string[][]>;
const pool = mysql.createPool({
  uri: databaseUrl,
  connectionLimit: 20,
  maxIdle: 20,
  timezone: 'Z',
  supportBigNumbers: true,
  bigNumberStrings: true,
});
const app = Fastify();

/** Runs statements in their order, those between START TRANSACTION and COMMIT on one connection. */
async function replay(statements: readonly string[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  let open: PoolConnection | null = null;
  for (const statement of statements) {
    if (/^START TRANSACTION/i.test(statement)) open = await pool.getConnection();
    // Kept prepared, as our server keeps them.
    const on = open ?? pool;
    const isPrepared = /^(SELECT|INSERT|UPDATE|DELETE)\b/i.test(statement);
    const [rows] = await (isPrepared ? on.execute<RowDataPacket[]>(statement) : on.query<RowDataPacket[]>(statement));
    if (Array.isArray(rows)) answers.push(rows);
    if (open && /^COMMIT/i.test(statement)) {
      open.release();
      open = null;
    }
  }
  return answers;
}

app.all<{ Params: { id: string }; Querystring: { n?: string } }>('/:id', async ({ params, query }) => {
  const variants = recorded[params.id] ?? [];
  return replay(variants[Number(query.n ?? 0) % variants.length] ?? []);
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ ready: true, url });
