import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { BulkWriter } from './bulk-writer.js';

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const COLUMNS = ['brand_id', 'import_id', 'row_no', 'text', 'problem'];
const nasty = ['羽绒服「岭上」😀', 'a\tb', 'line\nline\r\nline', 'back\\slash \\N \\', 'nul\0byte', 'quote \' " %', ''];
const rowsOf = (importId: string, count: number) =>
  Array.from(
    { length: count },
    (_, n) => [bench.brandId, importId, n, nasty[n % nasty.length] as string, '测试'] as const,
  );
const textsOf = (importId: string) =>
  bench.database.query<{ text: string }>(
    'SELECT text FROM pos_import_error WHERE brand_id = ? AND import_id = ? ORDER BY row_no',
    [bench.brandId, importId],
  );

describe.each([
  ['LOAD', true],
  ['INSERT', false],
] as const)('the bulk writer by %s', (way, useLoadData) => {
  const writer = () => new BulkWriter(bench.database, { useLoadData });

  it('brings every character, null, flag and instant through unchanged', async () => {
    const [importId, memberId] = [bench.ids.next(), bench.ids.next()];
    const bulk = writer();
    const written = await bulk.insert('pos_import_error', COLUMNS, rowsOf(importId, nasty.length));
    expect(bulk.way).toBe(way);
    expect(written.affectedRows).toBe(nasty.length);
    expect((await textsOf(importId)).map((row) => row.text)).toEqual(nasty);
    const at = new Date('2026-03-01T23:59:59.007Z');
    await bulk.insert(
      'address',
      [
        'brand_id',
        'id',
        'member_id',
        'name',
        'phone',
        'province',
        'city',
        'district',
        'detail',
        'is_default',
        'deleted_at',
      ],
      [
        [bench.brandId, memberId, memberId, '张\t三', '1', '', '', '', '', true, at],
        [bench.brandId, importId, memberId, '李四', '2', '', '', '', '', false, null],
      ],
    );
    const rows = await bench.database.query(
      'SELECT name, is_default, deleted_at FROM address WHERE brand_id = ? AND member_id = ? ORDER BY phone',
      [bench.brandId, memberId],
    );
    expect(rows).toEqual([
      { name: '张\t三', is_default: 1, deleted_at: at },
      { name: '李四', is_default: 0, deleted_at: null },
    ]);
  });

  it('takes more rows than one statement holds from a stream and leaves duplicates out when asked', async () => {
    const importId = bench.ids.next();
    async function* stream() {
      yield* rowsOf(importId, 9001);
    }
    expect((await writer().insert('pos_import_error', COLUMNS, stream())).affectedRows).toBe(9001);
    const again = await writer().insert('pos_import_error', COLUMNS, rowsOf(importId, 9005), {
      ignoreDuplicates: true,
    });
    expect(again.affectedRows).toBe(4);
  });

  it('fails and writes nothing of the chunk for a duplicate or a value that does not fit', async () => {
    const importId = bench.ids.next();
    const twice = [...rowsOf(importId, 3), ...rowsOf(importId, 1)];
    await expect(writer().insert('pos_import_error', COLUMNS, twice)).rejects.toThrow();
    const tooLong = [[bench.brandId, importId, 1, 'x', '长'.repeat(201)]] as const;
    for (const ignoreDuplicates of [true, false])
      await expect(writer().insert('pos_import_error', COLUMNS, tooLong, { ignoreDuplicates })).rejects.toThrow(
        'problem',
      );
    expect(await textsOf(importId)).toEqual([]);
  });

  it('rolls rows and statements of one transaction back together', async () => {
    const importId = bench.ids.next();
    const work = writer().transaction('test', async (bulk) => {
      await bulk.insert('pos_import_error', COLUMNS, rowsOf(importId, 3));
      expect(await bulk.query('SELECT row_no FROM pos_import_error WHERE import_id = ?', [importId])).toHaveLength(3);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await textsOf(importId)).toEqual([]);
  });
});

describe('the bulk writer', () => {
  it('falls back to INSERT when the server refuses local files, and goes on that way', async () => {
    const importId = bench.ids.next();
    await bench.database.execute('SET GLOBAL local_infile = 0');
    try {
      const bulk = new BulkWriter(bench.database);
      const written = await bulk.insert('pos_import_error', COLUMNS, rowsOf(importId, 1500));
      expect([written.affectedRows, bulk.way]).toEqual([1500, 'INSERT']);
    } finally {
      await bench.database.execute('SET GLOBAL local_infile = 1');
    }
  });

  it('refuses to run inside a unit of work, whose connection it does not share', async () => {
    const nested = bench.unitOfWork.run('outer', () =>
      new BulkWriter(bench.database).insert('pos_import_error', COLUMNS, rowsOf('1', 1)),
    );
    await expect(nested).rejects.toThrow('would nest in the transaction of outer');
  });

  it('refuses names that are not plain column names', async () => {
    await expect(new BulkWriter(bench.database).insert('a b', ['x'], [[1]])).rejects.toThrow('not a name');
  });
});
