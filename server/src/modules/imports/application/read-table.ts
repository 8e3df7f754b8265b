import { PassThrough, Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { refusals } from '../../../platform/errors/app-error.js';
import { BadWorkbook, readWorkbook, WorkbookTooLarge } from './read-workbook.js';

export const refuseImport = refusals({
  IMPORT_FILE: [400, '这个文件读不懂，请用 CSV 或 Excel（.xlsx）文件'],
  IMPORT_FILE_SIZE: [413, 'Excel 文件太大了，请另存为 CSV 再上传'],
  IMPORT_STATE: [409, '这次导入现在不能这样操作，请刷新看看进度'],
  IMPORT_KNOWN: [409, '这个文件已经导入过了'],
  IMPORT_PART: [409, '文件的这一段不是下一段，请重新上传'],
  IMPORT_HASH: [400, '上传的内容和所选文件不一致，请重新上传'],
  IMPORT_MAPPING: [400, '列的对应还不完整'],
  IMPORT_UNDO_LATE: [409, '导入已超过 7 天，不能再撤销'],
} as const);

const SNIFF_BYTES = 64 * 1024;
const WORKBOOK_MAX = 64 * 1024 * 1024;
/** A quote that is never closed, or a packed file made to fill the memory, ends here and not in memory. */
const RECORD_MAX = 1_000_000;
/** How files of Office before 2007 begin, workbooks and documents alike. */
const OLD_OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const SEPARATORS = [',', '\t', ';', '|'];

/**
 * The rows of a file of any size as lists of cells, the head first. Compressed files, UTF-8, UTF-16 and GBK, commas, tabs
 * and semicolons are told apart by the first bytes; a workbook is read whole and gives its first sheet.
 *
 * @throws AppError IMPORT_FILE, IMPORT_FILE_SIZE
 */
export async function* readTable(parts: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const { first, rest } = await peek(parts);
  try {
    if (first[0] === 0x1f && first[1] === 0x8b) yield* readText(unpacked(rest));
    else if (first[0] === 0x50 && first[1] === 0x4b) yield* readWorkbook(await whole(rest));
    else yield* readText(rest);
  } catch (error) {
    throw asImportRefusal(error as Error);
  }
}

/** The parts of a packed file; what fails before or while unpacking reaches the reader. */
function unpacked(parts: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const source = Readable.from(parts);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** What is wrong with the file, in words; anything that is not the file's fault is passed on. */
function asImportRefusal(error: Error & { code?: string; lines?: number }): Error {
  const code = error.code ?? '';
  if (error instanceof WorkbookTooLarge) return refuseImport('IMPORT_FILE_SIZE');
  if (error instanceof BadWorkbook)
    return refuseImport('IMPORT_FILE', undefined, `这个 Excel 文件读不懂：${error.message}`);
  if (code.startsWith('Z_'))
    return refuseImport('IMPORT_FILE', undefined, '压缩文件不完整或已损坏，请重新压缩后再上传');
  if (code === 'CSV_MAX_RECORD_SIZE')
    return refuseImport('IMPORT_FILE', undefined, '文件里有一行长得不正常，请检查引号是否成对');
  if (code.startsWith('CSV_'))
    return refuseImport('IMPORT_FILE', undefined, `第 ${error.lines ?? 1} 行附近读不懂，请检查引号和分隔符`);
  return error;
}

async function peek(parts: AsyncIterable<Buffer>): Promise<{ first: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = parts[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  while (size < SNIFF_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield* held;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { first: Buffer.concat(held), rest: rest() };
}

async function whole(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const held: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > WORKBOOK_MAX) throw refuseImport('IMPORT_FILE_SIZE');
    held.push(part);
  }
  return Buffer.concat(held);
}

async function* readText(parts: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const { first, rest } = await peek(parts);
  const encoding = encodingOf(first);
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    decodeStrings: false,
    transform: (part: Buffer, _, done) => done(null, decoder.decode(part, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
  const delimiter = separatorOf(new TextDecoder(encoding).decode(first));
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_MAX,
  });
  const source = Readable.from(rest);
  const text = new PassThrough();
  const fail = (error: Error) => parser.destroy(error);
  source.on('error', fail);
  decode.on('error', fail);
  source.pipe(decode).pipe(text).pipe(parser);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const row = cells.map((cell) => cell.trim());
      // Spreadsheets leave lines of separators behind what was deleted.
      if (row.some((cell) => cell !== '')) yield row;
    }
  } finally {
    source.destroy();
  }
}

/** @throws AppError IMPORT_FILE for what is no text: an old workbook, a picture, a document */
function encodingOf(first: Buffer): string {
  // What Excel writes as “Unicode text”.
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first.subarray(0, OLD_OFFICE.length).equals(OLD_OFFICE))
    throw refuseImport('IMPORT_FILE', undefined, '旧版 Excel（.xls）读不懂，请在 Excel 里另存为 .xlsx 或 CSV');
  if (first.includes(0) || first.subarray(0, 5).toString('latin1') === '%PDF-') throw refuseImport('IMPORT_FILE');
  return isUtf8(first) ? 'utf-8' : 'gb18030';
}

/** A cut-off last character is no error: the decoder is told that more follows. */
function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function separatorOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? '';
  const counts = SEPARATORS.map((separator) => head.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}
