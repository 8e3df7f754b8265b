import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readTable } from './read-table.js';

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
  }
  const rows: string[][] = [];
  for await (const cells of readTable(parts())) rows.push(cells);
  return rows;
}
const TABLE = [
  ['手机号', '姓名'],
  ['13800000001', '许安之'],
];

describe('a file of rows', () => {
  it('is read in whatever encoding a spreadsheet has written it', async () => {
    const text = '手机号,姓名\r\n13800000001,许安之\r\n';
    expect(await rowsOf(Buffer.from(`\uFEFF${text}`))).toEqual(TABLE);
    expect(await rowsOf(gzipSync(text))).toEqual(TABLE);
    const unicode = Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le');
    expect(await rowsOf(unicode)).toEqual(TABLE);
    const gbk = Buffer.from('cad6bbfabac52cd0d5c3fb0d0a31333830303030303030312cd0edb0b2d6ae0d0a', 'hex');
    expect(await rowsOf(gbk)).toEqual(TABLE);
  });

  it('has no rows where a spreadsheet left only separators', async () => {
    expect(await rowsOf(Buffer.from('手机号,姓名\r\n,\r\n13800000001,许安之\r\n , \r\n'))).toEqual(TABLE);
  });

  it('is refused in words when it is no table', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)]);
    await expect(rowsOf(old)).rejects.toMatchObject({ code: 'IMPORT_FILE', message: expect.stringContaining('.xls') });
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    await expect(rowsOf(picture)).rejects.toMatchObject({ code: 'IMPORT_FILE' });
    const cut = gzipSync('手机号,姓名\n').subarray(0, 20);
    await expect(rowsOf(cut)).rejects.toMatchObject({
      code: 'IMPORT_FILE',
      message: expect.stringContaining('压缩文件'),
    });
  });
});
