import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BadWorkbook, readWorkbook } from './read-workbook.js';

/** A packed archive as spreadsheets write it; checksums are not looked at. */
function archive(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, packed] = [Buffer.from(name), deflateRawSync(Buffer.from(text))];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\u0003\u0004'), facts, path, packed);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, tail, path);
    offset += 30 + path.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}
const STYLES = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
const read = (rows: string, shared = '') => [
  ...readWorkbook(
    archive({
      'xl/styles.xml': STYLES,
      'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    }),
  ),
];

describe('a workbook', () => {
  it('gives shared and rich texts, telephone numbers whole, days as days, and keeps empty places', () => {
    const shared = '<si><t>手机</t></si><si><r><t>沈</t></r><r><t>知微</t></r></si><si><t>a &lt; b</t></si>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"/>' +
      '<row r="3"><c r="A3"><v>13900000001</v></c><c r="B3" s="1"><v>33013</v></c><c r="C3" t="s"><v>2</v></c><c r="D3"><v>19.899999999999999</v></c></row>';
    expect(read(rows, shared)).toEqual([
      ['手机', '', '沈知微'],
      ['13900000001', '1990-05-20', 'a < b', '19.9'],
    ]);
  });

  it('is refused in words when it is damaged or holds no sheet', () => {
    expect(() => [...readWorkbook(Buffer.from('PK\u0003\u0004 cut off'))]).toThrow(BadWorkbook);
    expect(() => [...readWorkbook(archive({ 'xl/styles.xml': STYLES }))]).toThrow('里面没有工作表');
  });
});
