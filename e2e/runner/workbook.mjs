// Makes a small Excel workbook the way spreadsheets write one: packed parts, shared texts, plain numbers, days as serials.
import { crc32, deflateRawSync } from 'node:zlib';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const DAY_ZERO = Date.UTC(1899, 11, 30);
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Texts stand once in a table; numbers stand as they are; a Date is a serial with the style of a day. */
function sheetOf(rows) {
  const texts = [];
  const cell = (value, row, column) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (value === null) return '';
    if (value instanceof Date) return `<c r="${place}" s="1"><v>${(value.getTime() - DAY_ZERO) / 86_400_000}</v></c>`;
    if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
    if (!texts.includes(value)) texts.push(value);
    return `<c r="${place}" t="s"><v>${texts.indexOf(value)}</v></c>`;
  };
  const body = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((value, to) => cell(value, at, to)).join('')}</row>`,
  );
  return {
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet ${MAIN}><sheetData>${body.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst ${MAIN}>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
  };
}

const FRAME = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  'xl/workbook.xml': `${HEAD}<workbook ${MAIN}><sheets><sheet name="Sheet1" sheetId="1"/></sheets></workbook>`,
  'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
};

/** @returns the bytes of an .xlsx file with one sheet */
export function workbook(rows) {
  const locals = [];
  const entries = [];
  let offset = 0;
  const files = Object.entries({ ...FRAME, ...sheetOf(rows) });
  for (const [name, text] of files) {
    const [path, plain] = [Buffer.from(name), Buffer.from(text)];
    const packed = deflateRawSync(plain);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(plain.length, 18);
    facts.writeUInt16LE(path.length, 22);
    locals.push(Buffer.from('PK\x03\x04'), facts, path, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, tail, path]));
    offset += 4 + facts.length + path.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
