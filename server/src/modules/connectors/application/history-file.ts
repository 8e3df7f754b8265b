import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { HISTORY_COLUMNS, type HistoryRecord } from '../domain/history-row.js';

/** The SHA-256 of a file's bytes: what makes an import of the same file the same import. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Streams the rows of a .csv or .csv.gz file, leaving out the first `skip`.
 * @throws Error when a column is missing or the file is damaged
 */
export async function* historyRows(path: string, skip: number): AsyncGenerator<HistoryRecord> {
  const source = createReadStream(path);
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  pipeline(source, path.endsWith('.gz') ? createGunzip() : new Transform({ transform: pass }), parser, () => undefined);
  let places: number[] | null = null;
  let seen = 0;
  for await (const cells of parser as AsyncIterable<string[]>) {
    if (places === null) {
      places = HISTORY_COLUMNS.map((name) => cells.indexOf(name));
      const missing = HISTORY_COLUMNS.filter((_, index) => (places?.[index] ?? -1) < 0);
      if (missing.length > 0) throw new Error(`文件缺少列：${missing.join('、')}`);
      continue;
    }
    seen += 1;
    if (seen > skip) yield recordOf(cells, places);
  }
}

const pass = (chunk: Buffer, _: BufferEncoding, done: (error: null, data: Buffer) => void): void => done(null, chunk);

const recordOf = (cells: readonly string[], places: readonly number[]): HistoryRecord =>
  Object.fromEntries(HISTORY_COLUMNS.map((name, index) => [name, (cells[places[index] ?? -1] ?? '').trim()])) as Record<
    (typeof HISTORY_COLUMNS)[number],
    string
  >;
