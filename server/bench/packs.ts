import { Readable } from 'node:stream';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { createGuides } from '../src/modules/organization/index.js';
import { type Result, rounded } from './measure.js';
import { batch } from './settle.js';
import type { Stack } from './stack.js';

const CUSTOMERS = 50;
const GUIDES_PER_INSERT = 500;
const ROWS_PER_LOAD = 4000;

/** Guides with fifty friends each, and a task that is for all friends. */
async function fillBooks(stack: Stack, guides: number): Promise<void> {
  const { bench, brandId, storeId } = stack.shop;
  for (let from = 0; from < guides; from += GUIDES_PER_INSERT)
    await bench.unitOfWork.run('hire', (tx) =>
      createGuides(
        tx,
        Array.from({ length: Math.min(GUIDES_PER_INSERT, guides - from) }, (_, n) => ({
          brandId,
          id: bench.ids.next<'guide'>(),
          storeId,
          code: `B${String(from + n).padStart(6, '0')}`,
          wecomUserid: `B-${from + n}`,
          name: '林静',
          avatarUrl: '/files/pictures/guide.svg',
        })),
      ),
    );
  const run = (sql: string, values: unknown[]) => stack.probe.query(sql, values);
  await run(
    `INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at)
     SELECT ?, CONCAT('wm', seq), CONCAT('顾客', seq), '', 0, NULL, NULL, NOW(3) FROM seq_1_to_${guides * CUSTOMERS}`,
    [brandId],
  );
  await run(
    `INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, state_param, welcome_state, added_at, closed_at, checked_at)
     SELECT ?, g.id, CONCAT('wm', (g.place - 1) * ${CUSTOMERS} + s.seq), 'FRIEND', '', 1, NULL, 'NONE', '2026-01-01', NULL, NOW(3)
     FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM guide WHERE brand_id = ? AND wecom_userid LIKE 'B-%') g JOIN seq_1_to_${CUSTOMERS} s`,
    [brandId, brandId],
  );
  await run(
    `INSERT INTO task (brand_id, id, title, words, reason, product_id, audience, state, start_day, end_day, store_ids, created_by, created_at, published_at)
     VALUES (?, ?, '新款到店', '新款到了，来试试吧', '新品上架', ?, '{"kind":"ALL_CONTACTS"}', 'PUBLISHED', '2020-01-01', '2099-12-31', NULL, '总部', NOW(3), NOW(3))`,
    [brandId, bench.ids.next(), stack.shop.productId],
  );
  await run('ANALYZE TABLE contact, contact_relation, guide', []);
}

const textOf = (value: unknown): string =>
  value === null
    ? '\\N'
    : String(value).replace(/[\\\t\n]/g, (found) => `\\${found === '\t' ? 't' : found === '\n' ? 'n' : found}`);

/** Seconds that loading the very same rows takes when nothing else is done, in the same sizes of transactions. */
async function bareLoad(stack: Stack, table: string): Promise<number> {
  const uri = stack.settings.databaseUrl;
  const connection = await mysql.createConnection({
    uri,
    flags: ['+LOCAL_FILES'],
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  await connection.query(`CREATE TABLE bare_${table} LIKE ${table}`);
  let seconds = 0;
  for (let offset = 0; ; offset += ROWS_PER_LOAD) {
    // In the order of the guides, as the packs are written.
    const [rows] = await connection.query<RowDataPacket[]>({
      sql: `SELECT * FROM ${table} WHERE brand_id = ? ORDER BY guide_id, day LIMIT ${ROWS_PER_LOAD} OFFSET ${offset}`,
      values: [stack.shop.brandId],
      rowsAsArray: true,
    });
    if (rows.length === 0) break;
    const text = rows.map((row) => (row as unknown as unknown[]).map(textOf).join('\t')).join('\n');
    const startedAt = performance.now();
    await connection.query({
      sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE bare_${table} CHARACTER SET utf8mb4`,
      infileStreamFactory: () => Readable.from([Buffer.from(text)]),
    });
    seconds += (performance.now() - startedAt) / 1000;
  }
  await connection.query(`DROP TABLE bare_${table}`);
  await connection.end();
  return seconds;
}

/** Morning packs per second: candidates found, weighed, worded and written, beside only writing the same rows. */
export async function benchPacks(stack: Stack): Promise<Result> {
  await fillBooks(stack, stack.settings.isQuick ? 600 : 12_000);
  const result = await batch(stack, 'morning-packs', ['packs', stack.shop.brandId]);
  const [rows] = await stack.probe.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM morning_pack WHERE brand_id = ?', [
    stack.shop.brandId,
  ]);
  const seconds = (await bareLoad(stack, 'morning_pack')) + (await bareLoad(stack, 'task_item'));
  const bareRate = Number(rows[0]?.['n'] ?? 0) / seconds;
  return { ...result, bareRate: rounded(bareRate), ratio: rounded(result.rate / bareRate, 3) };
}
