import { inflateRawSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
/** Unpacked; half a million rows of ten columns take about two hundred megabytes. */
const SHEET_MAX = 320 * 1024 * 1024;
const STYLES_MAX = 16 * 1024 * 1024;
/** Number formats of the standard that show a day or a time (ECMA-376, part 1, 18.8.30). */
const DAY_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 36, 45, 46, 47, 50, 57, 58]);
const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets is the last day of 1899, seen from days after February 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

type Text = string | number | { '#text'?: string | number };
interface Si {
  t?: Text;
  r?: { t?: Text } | { t?: Text }[];
}
interface Cell {
  '@r'?: string;
  '@t'?: string;
  '@s'?: string;
  v?: Text;
  is?: Si;
}
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: true,
});
const textOf = (value: Text | undefined): string =>
  value === undefined ? '' : String(typeof value === 'object' ? (value['#text'] ?? '') : value);
const siText = (si: Si | undefined): string =>
  si === undefined
    ? ''
    : textOf(si.t) +
      asList(si.r)
        .map((run) => textOf(run.t))
        .join('');

/** An archive that holds no sheet, or that is damaged. */
export class BadWorkbook extends Error {}
/** An archive that would unpack to more than anybody's list. */
export class WorkbookTooLarge extends Error {}

/**
 * The rows of a workbook's first sheet as texts; days come out as `YYYY-MM-DD` or with their time.
 * @throws BadWorkbook, WorkbookTooLarge
 */
export function* readWorkbook(bytes: Buffer): Generator<string[]> {
  try {
    yield* rowsOf(unzip(bytes));
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new WorkbookTooLarge();
    if (error instanceof BadWorkbook) throw error;
    // Only our reading of the bytes runs in here: whatever fails is the file's doing.
    throw new BadWorkbook('文件已损坏，请在 Excel 里打开并另存一次');
  }
}

function* rowsOf(files: ReadonlyMap<string, (most?: number) => string>): Generator<string[]> {
  const sheet = [...files.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort(byNumber)[0];
  if (!sheet) throw new BadWorkbook('里面没有工作表');
  const shared = partsOf(files.get('xl/sharedStrings.xml')?.() ?? '', 'si').map((xml) =>
    siText((parser.parse(xml) as { si: Si }).si),
  );
  const dayStyles = stylesOfDays(files.get('xl/styles.xml')?.(STYLES_MAX) ?? '');
  for (const xml of eachPart(files.get(sheet)?.() ?? '', 'row')) {
    const { row } = parser.parse(xml) as { row: { c?: Cell | Cell[] } | string };
    if (typeof row !== 'object') continue;
    const cells: string[] = [];
    for (const cell of asList(row.c)) {
      const at = columnOf(cell['@r'] ?? '') ?? cells.length;
      while (cells.length < at) cells.push('');
      cells[at] = cellText(cell, shared, dayStyles).trim();
    }
    if (cells.some((cell) => cell !== '')) yield cells;
  }
}

function cellText(cell: Cell, shared: readonly string[], dayStyles: ReadonlySet<number>): string {
  const value = textOf(cell.v);
  if (cell['@t'] === 's') return shared[Number(value)] ?? '';
  if (cell['@t'] === 'inlineStr') return siText(cell.is);
  if (cell['@t'] === 'b') return value === '1' ? '是' : '否';
  if (cell['@t'] === 'str' || cell['@t'] === 'e' || value === '') return value;
  if (dayStyles.has(Number(cell['@s'] ?? -1))) return dayText(Number(value));
  return plainNumber(value);
}

/** Spreadsheets keep 19.9 as 19.899999999999999; fifteen digits are all that they promise. */
const plainNumber = (value: string): string =>
  /^-?\d+$/.test(value) || !Number.isFinite(Number(value)) ? value : String(Number(Number(value).toPrecision(15)));

function dayText(serial: number): string {
  const seconds = Number((serial * 86_400).toFixed(0));
  const iso = new Date(DAY_ZERO + Math.floor(seconds / 86_400) * DAY_MS + (seconds % 86_400) * 1000).toISOString();
  return seconds % 86_400 === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

function stylesOfDays(xml: string): Set<number> {
  if (xml === '') return new Set();
  interface Styles {
    styleSheet?: {
      numFmts?: { numFmt?: { '@numFmtId': string; '@formatCode': string }[] };
      cellXfs?: { xf?: { '@numFmtId'?: string }[] };
    };
  }
  const { styleSheet } = parser.parse(xml) as Styles;
  const own = new Map(asList(styleSheet?.numFmts?.numFmt).map((one) => [Number(one['@numFmtId']), one['@formatCode']]));
  const isDay = (id: number): boolean =>
    DAY_FORMATS.has(id) || /[ymdhs年月日]/i.test((own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]/g, ''));
  return new Set(
    asList(styleSheet?.cellXfs?.xf).flatMap((xf, index) => (isDay(Number(xf['@numFmtId'] ?? 0)) ? [index] : [])),
  );
}

/** 0 for A, 26 for AA; null when the cell does not say where it is. */
function columnOf(place: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place)?.[0];
  if (!letters) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
const partsOf = (xml: string, tag: string): string[] => [...eachPart(xml, tag)];

/** Elements of one name, one at a time, so that a large sheet is never a tree in memory. */
function* eachPart(xml: string, tag: string): Generator<string> {
  const open = new RegExp(`<(?:\\w+:)?${tag}(?=[\\s/>])[^>]*>`, 'g');
  for (let found = open.exec(xml); found !== null; found = open.exec(xml)) {
    if (found[0].endsWith('/>')) continue;
    const name = /^<([\w:]+)/.exec(found[0])?.[1] ?? tag;
    const end = xml.indexOf(`</${name}>`, open.lastIndex);
    if (end < 0) return;
    yield xml.slice(found.index, end + name.length + 3);
    open.lastIndex = end;
  }
}

/** The files of a ZIP archive by name, unpacked when asked for. */
function unzip(bytes: Buffer): Map<string, (most?: number) => string> {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new BadWorkbook('文件不完整，请重新上传');
  const files = new Map<string, (most?: number) => string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0 && bytes.readUInt32LE(at) === ENTRY; left -= 1) {
    const [method, packed, nameLength] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
    ];
    const local = bytes.readUInt32LE(at + 42);
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), (most = SHEET_MAX) => {
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(from, from + packed);
      return (method === 0 ? data : inflateRawSync(data, { maxOutputLength: most })).toString('utf8');
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
