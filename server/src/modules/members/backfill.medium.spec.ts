import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { SystemClock } from '../../platform/clock/clock.js';
import type { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BackfillMembers } from './application/backfill-members.js';
import { MemberPolicies } from './application/member-policies.js';
import { Members } from './application/members.js';
import { OldMembers } from './application/old-members.js';
import { memberInvariants } from './members.invariants.js';

let bench: TestBench;
let dir: string;
const backfill = () => {
  return new BackfillMembers(bench.unitOfWork, bench.ids, new SystemClock(), oldMembers());
};
const oldMembers = () => new OldMembers(bench.ids, new MemberPolicies(bench.database, bench.unitOfWork, bench.clock));
beforeAll(async () => {
  bench = await openTestBench();
  dir = mkdtempSync(join(tmpdir(), 'shuke-backfill-'));
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await bench.close();
});

const fileOf = (name: string, lines: readonly string[]) => {
  const path = join(dir, name);
  writeFileSync(path, `phone\tname\tcard\tjoined\n${lines.join('\n')}\n`);
  return path;
};
const person = (n: number) => `139${String(n).padStart(8, '0')}\t会员${n}\tC${n}\t2006-03-0${(n % 9) + 1}`;
const counted = async () => {
  const [row] = await bench.database.query<{ n: string }>('SELECT COUNT(*) AS n FROM member WHERE brand_id = ?', [
    bench.brandId,
  ]);
  return Number(row?.n);
};

describe('a file of old members', () => {
  it('is read in batches, goes on after a stop where it stopped, and changes nothing when read again', async () => {
    const path = fileOf('old.tsv', [
      ...Array.from({ length: 5000 }, (_, n) => person(n)),
      'not a phone\t坏行\tX1\t',
      '\t无名\t\t',
      person(7),
    ]);
    const stopped = await backfill().run(bench.brandId, path, 1);
    expect(stopped).toMatchObject({ state: 'RUNNING', readRows: 2000, created: 2000 });
    const done = await backfill().run(bench.brandId, path);
    expect(done).toMatchObject({
      state: 'DONE',
      readRows: 5003,
      created: 5000,
      matched: 1,
      dormant: 5000,
      errorRows: 2,
    });
    expect(await backfill().run(bench.brandId, path)).toMatchObject({ state: 'DONE', readRows: 5003 });
    expect(await counted()).toBe(5000);
    for (const one of memberInvariants)
      expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
  }, 60_000);

  it('keeps no phone number in plain text', async () => {
    const rows = await bench.database.query(
      "SELECT value FROM member_identifier WHERE brand_id = ? AND value REGEXP '^139[0-9]{8}$'",
      [bench.brandId],
    );
    expect(rows).toEqual([]);
  });

  it('names whoever has verified the phone already, and gives nobody what different people’s numbers stand beside', async () => {
    const members = new Members(bench.database, bench.ids, testLevels(bench));
    const [ann, bob] = [bench.ids.next<'member'>(), bench.ids.next<'member'>()];
    await bench.unitOfWork.run('people of today', (tx) =>
      members.createMembers(tx, bench.brandId, [
        { id: ann, nickname: '小满', origin: 'MINIAPP', identifiers: [{ kind: 'phone', value: '13700000001' }] },
        { id: bob, nickname: '阿白', origin: 'MINIAPP', identifiers: [{ kind: 'card', value: 'BOB' }] },
      ]),
    );
    // Spreadsheets begin a file with a mark.
    const path = join(dir, 'met.tsv');
    writeFileSync(path, '\uFEFFphone\tname\tcard\n13700000001\t小满\tANN\n13700000001\t小满\tBOB\n');
    const before = await counted();
    expect(await backfill().run(bench.brandId, path)).toMatchObject({ created: 0, matched: 2, candidates: 1 });
    expect(await counted()).toBe(before);
    const cards = await members.byIdentifiers(bench.database, bench.brandId, 'card', ['ANN', 'BOB']);
    expect([cards.get('ANN'), cards.get('BOB')]).toEqual([ann, bob]);
    const doubts = await bench.database.query<{ payload: unknown }>(
      "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'member.merge-candidate'",
      [bench.brandId],
    );
    expect(doubts.map((one) => JSON.stringify(one.payload))).toEqual([expect.stringContaining(ann)]);
  });

  it('that names nobody is refused before anything is written', async () => {
    const path = join(dir, 'names.tsv');
    writeFileSync(path, 'name\tbirthday\n雪\t1990-01-01\n');
    await expect(backfill().run(bench.brandId, path)).rejects.toThrow('no column identifies anybody');
  });

  it('costs a handful of statements for a batch of two thousand rows', async () => {
    const path = fileOf(
      'batch.tsv',
      Array.from({ length: 4000 }, (_, n) => person(100_000 + n)),
    );
    let statements = 0;
    const counting = new UnitOfWork(
      Object.assign(Object.create(bench.database) as Database, {
        begin: async () => {
          const open = await bench.database.begin();
          const counted =
            <T extends unknown[], R>(run: (...args: T) => R) =>
            (...args: T) => {
              statements += 1;
              return run(...args);
            };
          open.query = counted(open.query.bind(open)) as typeof open.query;
          open.execute = counted(open.execute.bind(open)) as typeof open.execute;
          return open;
        },
      }),
      bench.clock,
      bench.ids,
    );
    const { created } = await new BackfillMembers(counting, bench.ids, new SystemClock(), oldMembers()).run(
      bench.brandId,
      path,
    );
    expect(created).toBe(4000);
    expect(statements).toBeLessThan(60);
  });
});
